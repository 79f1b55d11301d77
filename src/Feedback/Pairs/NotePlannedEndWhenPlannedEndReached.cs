using MassTransit;
using Mentoring.Contracts.Scheduling;

namespace Mentoring.Feedback.Pairs;

public sealed class NotePlannedEndWhenPlannedEndReached(FeedbackDb db) : IConsumer<PlannedEndReached>
{
    public async Task Consume(ConsumeContext<PlannedEndReached> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        var pair = await PairCopy.Find(fact.PartnershipId, fact.ProgrammeId, fact.MentorId, fact.MenteeId, db, ct);
        // Whether a pair has ever gone on is settled at its first planned end: every fact says the same, and their order does not matter.
        pair.Continued = fact.Continued;
        await db.SaveChangesAsync(ct);
    }
}
