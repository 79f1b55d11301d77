using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Enrolment;

/// <summary>Tells again of everybody's part, those who have left by their tombstones.</summary>
public sealed class RepublishParticipants(ParticipantsDb db, Outbox outbox) : IRepublish
{
    public async Task Republish(CancellationToken ct)
    {
        await foreach (var participant in db.Participants.AsNoTracking().Where(one => one.State != ParticipantState.Waiting).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (participant.State == ParticipantState.Withdrawn)
                outbox.Publish(new ParticipantWithdrawn(participant.Id, participant.Version, participant.ProgrammeId, participant.PersonId, participant.Side));
            else
                outbox.Publish(participant.ToFact());
        }
        await db.SaveChangesAsync(ct);
    }
}
