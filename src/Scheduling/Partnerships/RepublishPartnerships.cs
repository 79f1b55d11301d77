using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>What others keep of partnerships: signed charters, ends, and how the open ones do.</summary>
public sealed class RepublishPartnerships(SchedulingDb db, Outbox outbox) : IRepublish
{
    public async Task Republish(CancellationToken ct)
    {
        var weighed = await db.Momentum.AsNoTracking().ToDictionaryAsync(momentum => momentum.PartnershipId, ct);
        await foreach (var pair in db.Partnerships.AsNoTracking().AsAsyncEnumerable().WithCancellation(ct))
        {
            if (pair.SignedAt is not null)
                outbox.Publish(pair.ToCharterSigned());
            if (pair.ReachedPlannedEnd)
                outbox.Publish(pair.ToPlannedEndReached());
            if (pair.Ended)
                outbox.Publish(pair.ToEnded());
            // Nobody is called twice: an alarm that stands has been told.
            else if (weighed.GetValueOrDefault(pair.Id) is { Version: > 0 } momentum)
                outbox.Publish(momentum.ToFact(pair, tell: null, []));
        }
        await db.SaveChangesAsync(ct);
    }
}
