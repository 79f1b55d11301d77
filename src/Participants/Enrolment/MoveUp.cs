using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Participants.People;
using Microsoft.EntityFrameworkCore;
using Programme = Mentoring.Participants.Programmes.Programme;

namespace Mentoring.Participants.Enrolment;

/// <summary>
/// A place has become free, or there are more of them: whoever has waited longest takes it. Called, in the same save, by whatever frees places;
/// the caller holds the programme's row (<see cref="Lock"/>), so that one place is given once.
/// </summary>
internal static class MoveUp
{
    /// <summary>Whoever gives or frees places of one programme does so one after the other.</summary>
    public static Task Lock(Guid programmeId, ParticipantsDb db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select from programmes where id = {programmeId} for update", ct);

    /// <summary>How many more the side takes; null where any number may take part.</summary>
    public static async Task<int?> Free(Programme programme, Side side, ParticipantsDb db, CancellationToken ct)
    {
        if ((side == Side.Mentor ? programme.Settings.Mentors : programme.Settings.Mentees).Places is not { } places)
            return null;
        // Those who leave in this save still stand in the database as they were.
        var leaving = db.Participants.Local.Where(one => one.State == ParticipantState.Withdrawn).Select(one => one.Id).ToArray();
        return places - await db.Participants.CountAsync(
            one => one.ProgrammeId == programme.Id && one.Side == side && !leaving.Contains(one.Id)
                && (one.State == ParticipantState.Active || one.State == ParticipantState.Paused),
            ct);
    }

    public static async Task Of(Programme programme, ParticipantsDb db, Outbox outbox, CancellationToken ct)
    {
        foreach (var side in Enum.GetValues<Side>())
        {
            var free = await Free(programme, side, db, ct) ?? int.MaxValue;
            if (free <= 0)
                continue;
            var leaving = db.Participants.Local.Where(one => one.State == ParticipantState.Withdrawn).Select(one => one.Id).ToArray();
            var next = await db.Participants
                .Where(one => one.ProgrammeId == programme.Id && one.Side == side && one.State == ParticipantState.Waiting && !leaving.Contains(one.Id)
                    && db.People.Any(person => person.Id == one.PersonId && !person.Gone))
                .OrderBy(one => one.Id).Take(free).ToListAsync(ct);
            foreach (var participant in next)
            {
                participant.TakePlace();
                Tell(participant, outbox);
                if (participant.PreparedAt is not null)
                    outbox.Publish(new PreparationDone(participant.Id, participant.Version, programme.Id, participant.PersonId, side));
                await Brief(participant, programme, db, outbox, ct);
            }
            if (next.Count > 0)
                await PublishPeople.For(db, outbox, [.. next.Select(one => one.PersonId)], ct);
        }
    }

    /// <summary>Others learn of somebody who takes part, and never of somebody who waits.</summary>
    public static void Tell(Participant participant, Outbox outbox)
    {
        outbox.Publish(participant.ToFact());
        if (participant.Ready)
            outbox.Publish(new ParticipantReady(participant.Id, participant.Version, participant.ProgrammeId, participant.PersonId, participant.Side));
    }

    /// <summary>Whoever agreed to it when enrolling has their line manager told now, and not while they waited.</summary>
    private static async Task Brief(Participant participant, Programme programme, ParticipantsDb db, Outbox outbox, CancellationToken ct)
    {
        var consent = await db.Consents.AsNoTracking().FirstOrDefaultAsync(given => given.ParticipantId == participant.Id && given.Given, ct);
        if (consent?.ShownTo?.Any(shown => shown.Whom == Disclosure.LineManager) == true
            && await db.People.AsNoTracking().SingleOrDefaultAsync(known => known.Id == participant.PersonId, ct) is { } person)
            BriefManager.Once(participant, person, programme, outbox);
    }
}
