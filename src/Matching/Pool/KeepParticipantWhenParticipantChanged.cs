using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;

namespace Mentoring.Matching.Pool;

internal sealed class KeepParticipantWhenParticipantChanged(MatchingDb db, Inbox inbox) : IConsumer<ParticipantChanged>
{
    public async Task Consume(ConsumeContext<ParticipantChanged> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        if (!await inbox.IsNewest(Participant.Copy, fact.ParticipantId, fact.Version, ct)) return;
        if (await db.Participants.FindAsync([db.Unit.UnitId, fact.ParticipantId], ct) is not { } participant)
        {
            participant = new Participant
            {
                Id = fact.ParticipantId,
                ProgrammeId = fact.ProgrammeId,
                PersonId = fact.PersonId,
                Side = fact.Side,
                Snapshot = fact.Snapshot,
            };
            db.Participants.Add(participant);
        }
        participant.Prepared = fact.Prepared;
        participant.Ready = fact.Ready;
        participant.Wave = fact.Wave;
        participant.Snapshot = fact.Snapshot;
        await db.SaveChangesAsync(ct);
    }
}
