using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Enrolment;

/// <summary>Somebody is not matched anew for a while, and then is again. A pair there is goes on.</summary>
public static class PauseEnrolment
{
    public static Task<IResult> Pause(Guid id, Caller caller, ParticipantsDb db, Outbox outbox, CancellationToken ct) =>
        Turn(id, participant => participant.Pause(), caller, db, outbox, ct);

    public static Task<IResult> Resume(Guid id, Caller caller, ParticipantsDb db, Outbox outbox, CancellationToken ct) =>
        Turn(id, participant => participant.Resume(), caller, db, outbox, ct);

    private static async Task<IResult> Turn(
        Guid id, Func<Participant, ParticipantRefusal?> turn, Caller caller, ParticipantsDb db, Outbox outbox, CancellationToken ct)
    {
        if (await db.Participants.SingleOrDefaultAsync(known => known.Id == id && known.PersonId == caller.PersonId, ct) is not { } participant)
            return Problems.NotFound();
        if (turn(participant) is { } refusal)
            return Problem(refusal);
        var programme = await db.Programmes.SingleAsync(known => known.Id == participant.ProgrammeId, ct);
        outbox.Publish(participant.ToFact());
        if (participant.Ready)
            outbox.Publish(new ParticipantReady(participant.Id, participant.Version, participant.ProgrammeId, participant.PersonId, participant.Side));
        await db.SaveChangesAsync(ct);
        return Results.Ok(EnrolmentView.Of(participant, programme, waiting: null));
    }

    internal static IResult Problem(ParticipantRefusal refusal) => refusal switch
    {
        ParticipantRefusal.Withdrawn => Problems.Of(409, "already-withdrawn", "You have left this programme. To come back, enrol again."),
        ParticipantRefusal.Waits => Problems.Of(409, "waiting", "You wait for a place and are not matched. Withdraw if you no longer want one."),
        ParticipantRefusal.AlreadyPaused => Problems.Of(409, "already-paused", "You pause already."),
        ParticipantRefusal.NotPaused => Problems.Of(409, "not-paused", "You do not pause."),
    };
}
