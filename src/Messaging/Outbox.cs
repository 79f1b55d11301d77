using System.Diagnostics;
using System.Text.Json;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Messaging;

/// <summary>
/// Facts to publish. A row in the same save as the change: either both are there or neither. The relay publishes it, at least once
/// and in no promised order.
/// </summary>
public sealed class Outbox(DbContext db, UnitContext unit, TimeProvider clock)
{
    /// <summary>Adds the fact to the next save, under the unit of this scope or, where it concerns another, under that one.</summary>
    public void Publish<T>(T fact, Guid? concerning = null)
        where T : class
    {
        var activity = Activity.Current;
        db.Add(new OutboxRow
        {
            MessageId = Guid.CreateVersion7(),
            UnitId = concerning ?? unit.UnitId,
            Type = $"{typeof(T).FullName}, {typeof(T).Assembly.GetName().Name}",
            Body = JsonSerializer.Serialize(fact, Wire.Json),
            TraceParent = activity?.Id,
            TraceState = activity?.TraceStateString,
            CreatedAt = clock.GetUtcNow(),
        });
    }
}
