using MassTransit;
using Mentoring.Contracts.Scheduling;
using Mentoring.Matching.Proposals;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Pairs;

/// <summary>The pair's time is over: both may be matched again, though not with one another.</summary>
internal sealed class FreePlacesWhenPartnershipEnded(MatchingDb db, Asking asking, TimeProvider clock) : IConsumer<PartnershipEnded>
{
    public async Task Consume(ConsumeContext<PartnershipEnded> context)
    {
        var ct = context.CancellationToken;
        var id = context.Message.PartnershipId;
        if (await db.Pairs.SingleOrDefaultAsync(pair => pair.Id == id, ct) is not { } pair || !pair.End(clock.GetUtcNow())) return;
        await asking.FreePlaces(pair.Id, ct);
        await db.SaveChangesAsync(ct);
    }
}
