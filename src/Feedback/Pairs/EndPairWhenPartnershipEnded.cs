using MassTransit;
using Mentoring.Contracts.Scheduling;

namespace Mentoring.Feedback.Pairs;

public sealed class EndPairWhenPartnershipEnded(FeedbackDb db) : IConsumer<PartnershipEnded>
{
    public async Task Consume(ConsumeContext<PartnershipEnded> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        var pair = await PairCopy.Find(fact.PartnershipId, fact.ProgrammeId, fact.MentorId, fact.MenteeId, db, ct);
        pair.Ended = true;
        await db.SaveChangesAsync(ct);
    }
}
