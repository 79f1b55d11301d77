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
        await using var change = await Atomically.Begin(db, ct);
        if (await Now(participant, db, outbox, clock.GetUtcNow(), ct) is { } refusal)
            return PauseEnrolment.Problem(refusal);
        await db.SaveChangesAsync(ct);
        await change.Commit(ct);
        return Results.NoContent();
    }

    /// <summary>Also when somebody leaves the unit. Whoever has waited longest takes the place. In a transaction of the caller, who saves.</summary>
    internal static async Task<ParticipantRefusal?> Now(Participant participant, ParticipantsDb db, Outbox outbox, DateTimeOffset now, CancellationToken ct)
    {
        await MoveUp.Lock(participant.ProgrammeId, db, ct);
        // Meanwhile it may have got the place it waited for.
        await db.Entry(participant).ReloadAsync(ct);
        var waited = participant.State == ParticipantState.Waiting;
        if (participant.Withdraw(now) is { } refusal)
            return refusal;
        db.Consents.Add(Consent.TakenBack(participant, now));
        // Nobody outside has heard of somebody who only waited.
        if (!waited)
            outbox.Publish(new ParticipantWithdrawn(participant.Id, participant.Version, participant.ProgrammeId, participant.PersonId, participant.Side));
        var programme = await db.Programmes.SingleAsync(known => known.Id == participant.ProgrammeId, ct);
        if (programme.State == Programmes.ProgrammeState.Open)
            await MoveUp.Of(programme, db, outbox, ct);
        return null;
    }

    /// <summary>
    /// For people who leave the unit, in the same save: they wait for nothing any more. It frees no place and nobody is told, so no programme is
    /// held; whoever just gets the place is waited for, and withdraws when <see cref="PersonLeft"/> is heard. The caller saves.
    /// </summary>
    internal static async Task WhoeverWaits(Guid[] personIds, ParticipantsDb db, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var participant in await db.Participants.FromSql(
            $"select *, xmin from participants where person_id = any({personIds}) and state = 'waiting' order by id for no key update").ToListAsync(ct))
        {
            participant.Withdraw(now);
            db.Consents.Add(Consent.TakenBack(participant, now));
        }
    }
}
