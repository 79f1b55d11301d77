using MassTransit;
using Mentoring.Contracts.Matching;

namespace Mentoring.Feedback.Pairs;

public sealed class EndPairWhenPairDissolved(FeedbackDb db) : IConsumer<PairDissolved>
{
    public async Task Consume(ConsumeContext<PairDissolved> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        var pair = await PairCopy.Find(fact.PairId, fact.ProgrammeId, fact.MentorId, fact.MenteeId, db, ct);
        pair.Ended = true;
        await db.SaveChangesAsync(ct);
    }
}
