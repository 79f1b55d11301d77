using MassTransit;
using Mentoring.Contracts.Matching;
using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Partnerships;

public sealed class EndPartnershipWhenPairDissolved(SchedulingDb db, Inbox inbox, Endings endings) : IConsumer<PairDissolved>
{
    public async Task Consume(ConsumeContext<PairDissolved> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        await inbox.Bury("pair", fact.PairId, ct);
        var pair = await db.Partnerships.SingleOrDefaultAsync(pair => pair.Id == fact.PairId, ct);
        if (pair is not null && await endings.End(pair, early: true, ct))
            await db.SaveChangesAsync(ct);
    }
}
