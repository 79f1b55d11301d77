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
            Type = NameOf<T>.Fact,
            Body = JsonSerializer.Serialize(fact, Wire.Json),
            TraceParent = activity?.Id,
            TraceState = activity?.TraceStateString,
            CreatedAt = clock.GetUtcNow(),
        });
    }

    /// <summary>Asked for by every row, and slow to come by.</summary>
    private static class NameOf<T>
    {
        public static readonly string Fact = $"{typeof(T).FullName}, {typeof(T).Assembly.GetName().Name}";
    }
}
