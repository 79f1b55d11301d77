using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>
/// An hour after one of the two has changed the charter, the other is told; whatever more was changed meanwhile is told with it. Whoever signs
/// or changes it in that hour has read it, and is told nothing.
/// </summary>
public sealed class TellOfRevision(SchedulingDb db, Outbox outbox) : ITimer
{
    private static readonly TimeSpan Together = TimeSpan.FromHours(1);

    public static string Name => "charter-revision";

    /// <param name="Known">The version that the other had before.</param>
    public sealed record Untold(int Known);

    /// <summary>Which timer waits to tell that side.</summary>
    public static string KeyFor(Partnership pair, Side side) => $"{pair.Id}/{side}";

    /// <summary>One side has replaced a version; part of the next save.</summary>
    public static async Task Expect(Timers timers, Partnership pair, Side by, Charter before, DateTimeOffset now, CancellationToken ct)
    {
        await timers.Clear(Name, KeyFor(pair, by), ct);
        await timers.SetUnlessSet(Name, KeyFor(pair, by.Other()), now + Together, new Untold(before.Version), ct);
    }

    public async Task Fire(TimerFired timer, CancellationToken ct)
    {
        var (id, since) = (Guid.Parse(timer.Key.Split('/')[0]), timer.Payload<Untold>().Known);
        var pair = await db.Partnerships.AsNoTracking().SingleOrDefaultAsync(pair => pair.Id == id, ct);
        if (pair is not { Ended: false, Charter: { } current })
            return;
        var earlier = await db.EarlierCharters.AsNoTracking()
            .Where(version => version.PartnershipId == id && version.Version >= since)
            .OrderBy(version => version.Version)
            .Select(version => version.Charter)
            .ToListAsync(ct);
        if (Revision.Of([.. earlier, current]) is not { } revision)
            return;
        outbox.Publish(pair.ToCharterRevised(revision));
        await db.SaveChangesAsync(ct);
    }
}
