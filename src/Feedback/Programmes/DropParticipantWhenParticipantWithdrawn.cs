using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Programmes;

public sealed class DropParticipantWhenParticipantWithdrawn(FeedbackDb db, Inbox inbox) : IConsumer<ParticipantWithdrawn>
{
    public async Task Consume(ConsumeContext<ParticipantWithdrawn> context)
    {
        var (id, ct) = (context.Message.ParticipantId, context.CancellationToken);
        await inbox.Bury(KeepParticipantWhenParticipantChanged.Kind, id, ct);
        await db.Participants.Where(participant => participant.Id == id).ExecuteDeleteAsync(ct);
    }
}
