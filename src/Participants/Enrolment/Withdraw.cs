using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Enrolment;

/// <summary>Somebody takes the consent back and leaves the programme. No reason is asked, nobody is told one, and no audit names it.</summary>
public static class Withdraw
{
    public static async Task<IResult> Handle(Guid id, Caller caller, ParticipantsDb db, Outbox outbox, TimeProvider clock, CancellationToken ct)
    {
        if (await db.Participants.SingleOrDefaultAsync(known => known.Id == id && known.PersonId == caller.PersonId, ct) is not { } participant)
            return Problems.NotFound();
        if (Now(participant, db, outbox, clock.GetUtcNow()) is { } refusal)
            return PauseEnrolment.Problem(refusal);
        await db.SaveChangesAsync(ct);
        return Results.NoContent();
    }

    /// <summary>Also when somebody leaves the unit. The caller saves.</summary>
    internal static ParticipantRefusal? Now(Participant participant, ParticipantsDb db, Outbox outbox, DateTimeOffset now)
    {
        if (participant.Withdraw(now) is { } refusal)
            return refusal;
        db.Consents.Add(Consent.TakenBack(participant, now));
        outbox.Publish(new ParticipantWithdrawn(participant.Id, participant.Version, participant.ProgrammeId, participant.PersonId, participant.Side));
        return null;
    }
}
