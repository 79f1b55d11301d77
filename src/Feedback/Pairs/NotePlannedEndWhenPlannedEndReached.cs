using MassTransit;
using Mentoring.Contracts.Scheduling;

namespace Mentoring.Feedback.Pairs;

public sealed class NotePlannedEndWhenPlannedEndReached(FeedbackDb db) : IConsumer<PlannedEndReached>
{
    public async Task Consume(ConsumeContext<PlannedEndReached> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        var pair = await PairCopy.Find(fact.PartnershipId, fact.ProgrammeId, fact.MentorId, fact.MenteeId, db, ct);
        // Having gone on cannot be undone by what comes later, so the order does not matter.
        pair.Continued = fact.Continued || pair.Continued is true;
        await db.SaveChangesAsync(ct);
    }
}
