using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>
/// Tries again to plan the series of a pair that had no common time: once a week, since other bookings come and go, and at once when either
/// changes hours.
/// </summary>
public sealed class LookForCommonTime(SchedulingDb db, SeriesProposal proposal) : ITimer
{
    public static string Name => "partnership-common-time";

    public async Task Fire(TimerFired timer, CancellationToken ct)
    {
        var id = Guid.Parse(timer.Key);
        var pair = await db.Partnerships.SingleOrDefaultAsync(pair => pair.Id == id, ct);
        if (pair is not { LacksCommonTime: true })
            return;
        await proposal.Propose(pair, await db.Programmes.SingleAsync(terms => terms.Id == pair.ProgrammeId, ct), ct);
        await db.SaveChangesAsync(ct);
    }
}
