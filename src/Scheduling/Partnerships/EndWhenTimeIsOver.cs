using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>The planned end of a partnership.</summary>
public sealed class EndWhenTimeIsOver(SchedulingDb db, Endings endings) : ITimer
{
    public static string Name => "partnership-end";

    public async Task Fire(TimerFired timer, CancellationToken ct)
    {
        var id = Guid.Parse(timer.Key);
        var pair = await db.Partnerships.SingleOrDefaultAsync(pair => pair.Id == id, ct);
        if (pair is not null && await endings.End(pair, early: false, ct))
            await db.SaveChangesAsync(ct);
    }
}
