using MassTransit;
using Mentoring.Contracts.Participants;

namespace Mentoring.Notifications.Programmes;

public sealed class CopyParticipantWhenParticipantChanged(NotificationsDb db, Messaging.Inbox inbox) : IConsumer<ParticipantChanged>
{
    public async Task Consume(ConsumeContext<ParticipantChanged> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        if (!await inbox.IsNewest("participant", fact.ParticipantId, fact.Version, ct))
            return;
        if (await db.Participants.FindAsync([db.Unit.UnitId, fact.ParticipantId], ct) is null)
            db.Add(new Participant { Id = fact.ParticipantId, ProgrammeId = fact.ProgrammeId, PersonId = fact.PersonId });
        await db.SaveChangesAsync(ct);
    }
}
