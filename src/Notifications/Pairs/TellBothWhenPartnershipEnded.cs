using MassTransit;
using Mentoring.Contracts.Scheduling;
using Mentoring.Notifications.Inbox;

namespace Mentoring.Notifications.Pairs;

public sealed class TellBothWhenPartnershipEnded(NotificationsDb db, Messaging.Inbox inbox, Postbox postbox) : IConsumer<PartnershipEnded>
{
    public async Task Consume(ConsumeContext<PartnershipEnded> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        // No late question whether to go on, and no late word about charter or series.
        await inbox.Bury(QuestionToGoOn.Kind, fact.PartnershipId, ct);
        await inbox.Bury(RevisedCharter.Kind, fact.PartnershipId, ct);
        await inbox.Bury(UnconfirmedSeries.Kind, fact.PartnershipId, ct);
        await inbox.Bury(SeriesToBook.Kind, fact.PartnershipId, ct);
        var notice = new PairOver(fact.ProgrammeId, fact.Early);
        await postbox.Put(fact.PartnershipId, PairOver.Once, [(fact.MentorId, notice), (fact.MenteeId, notice)], ct);
        await db.SaveChangesAsync(ct);
    }
}
