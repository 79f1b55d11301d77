using MassTransit;
using Mentoring.Contracts.Matching;
using Mentoring.Notifications.Inbox;

namespace Mentoring.Notifications.Pairs;

/// <summary>A partnership bears its pair's id, so whichever of the two ends is heard of first is told.</summary>
public sealed class TellBothWhenPairDissolved(NotificationsDb db, Postbox postbox) : IConsumer<PairDissolved>
{
    public async Task Consume(ConsumeContext<PairDissolved> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        var notice = new PairOver(fact.ProgrammeId, Early: true);
        await postbox.Put(fact.PairId, PairOver.Once, [(fact.MentorId, notice), (fact.MenteeId, notice)], ct);
        await db.SaveChangesAsync(ct);
    }
}
