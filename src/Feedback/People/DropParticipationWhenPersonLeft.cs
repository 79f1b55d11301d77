using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.People;

public sealed class DropParticipationWhenPersonLeft(FeedbackDb db, Inbox inbox) : IConsumer<PersonLeft>
{
    public async Task Consume(ConsumeContext<PersonLeft> context)
    {
        var (id, ct) = (context.Message.PersonId, context.CancellationToken);
        await inbox.Bury(KeepPersonWhenPersonChanged.Kind, id, ct);
        await db.Participants.Where(participant => participant.PersonId == id).ExecuteDeleteAsync(ct);
        if (await db.FindInUnit<KnownPerson>(id, ct) is { } known)
            known.Left = true;
        await db.SaveChangesAsync(ct);
    }
}
