using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Enrolment;

/// <summary>
/// A person or what a person knows has changed: whoever changes it calls this in the same save, and each enrolment whose consented
/// snapshot now shows something else is told again. For those who are not enrolled it does nothing.
/// </summary>
public static class PublishParticipants
{
    /// <summary>Enqueues <see cref="Contracts.Participants.ParticipantChanged"/>; the caller saves.</summary>
    public static async Task For(ParticipantsDb db, Outbox outbox, IReadOnlyCollection<Guid> personIds, CancellationToken ct)
    {
        var enrolled = await (
            from participant in db.Participants
            join person in db.People on participant.PersonId equals person.Id
            join programme in db.Programmes on participant.ProgrammeId equals programme.Id
            where personIds.Contains(participant.PersonId) && participant.State != ParticipantState.Withdrawn
            select new { participant, person, programme }).ToListAsync(ct);
        foreach (var alike in enrolled.GroupBy(row => row.participant.Sharing))
        {
            var snapshots = await Snapshots.Of(db, [.. alike.Select(row => row.person).Distinct().Select(person => (person, alike.Key))], ct);
            foreach (var row in alike)
            {
                if (row.participant.Show(snapshots[row.person.Id], row.programme.WaveOf(row.person.Id, row.person.Stage, row.person.Location, row.person.UnitPath))
                    && row.participant.State != ParticipantState.Waiting)
                {
                    outbox.Publish(row.participant.ToFact());
                }
            }
        }
    }
}
