using MassTransit;
using Mentoring.Contracts.Participants;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Notifications.Programmes;

public sealed class ForgetParticipantWhenParticipantWithdrawn(NotificationsDb db, Messaging.Inbox inbox) : IConsumer<ParticipantWithdrawn>
{
    public async Task Consume(ConsumeContext<ParticipantWithdrawn> context)
    {
        var (id, ct) = (context.Message.ParticipantId, context.CancellationToken);
        await inbox.Bury("participant", id, ct);
        await db.Participants.Where(p => p.Id == id).ExecuteDeleteAsync(ct);
        await db.SaveChangesAsync(ct);
    }
}
