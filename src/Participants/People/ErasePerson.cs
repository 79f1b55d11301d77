using Mentoring.Contracts.Audit;
using Mentoring.Messaging;
using Mentoring.Participants.Guests;
using Mentoring.Participants.Imports;
using Mentoring.Participants.Programmes;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.People;

/// <param name="Successor">
/// Who takes over what somebody must answer for: programmes the person sponsors and guests the person vouches for. Somebody of this unit, by
/// work e-mail; needed only where there is such a thing.
/// </param>
public sealed record ErasePersonRequest(string? Successor = null);

/// <summary>
/// An administrator erases somebody, whether still here or long gone: everything of theirs goes at once here and, as the fact arrives, in
/// every other part. What stays is the id in the ledger. Whoever the human-resources system still tells of comes back with its next file,
/// as somebody new.
/// </summary>
public static class ErasePerson
{
    public enum Refusal
    {
        ImportRunning,
        LastAdministrator,
        SuccessorMissing,
        SuccessorUnknown,
    }

    public static async Task<IResult> Handle(
        Guid id,
        ErasePersonRequest? request,
        Caller caller,
        ParticipantsDb db,
        Outbox outbox,
        ErasePersonHere erase,
        TimeProvider clock,
        CancellationToken ct)
    {
        await using var change = await Atomically.Begin(db, ct);
        // Imports write people under the same lock: none brings the person back between the look and the deed.
        await ReportingLineLock.Take(db, ct);
        // Whoever enrols or is told of for the first time just now changes these rows too; in the order in which enrolling takes them, each waits for the other.
        var wanted = request?.Successor?.Trim().ToLowerInvariant();
        await db.Database.ExecuteSqlAsync($"select from programmes order by id for update", ct);
        await db.Database.ExecuteSqlAsync($"select from people where id = {id} or email = {wanted} order by id for update", ct);
        if (await db.People.SingleOrDefaultAsync(known => known.Id == id, ct) is not { } person)
            return Problems.NotFound();
        // Parts of a file that is not finished yet hold people's rows as well, and may be finished afterwards.
        if (await db.Imports.AnyAsync(import => import.State == ImportState.Queued || import.State == ImportState.Running, ct)
            || await db.ImportUploads.AnyAsync(ct))
            return Problem(Refusal.ImportRunning);
        if (await IsLastAdministrator(id, db, ct))
            return Problem(Refusal.LastAdministrator);

        Person? successor = null;
        if (wanted is not null)
        {
            successor = await db.People.SingleOrDefaultAsync(known => known.Email == wanted && known.Id != id && !known.Gone && !known.IsGuest, ct);
            if (successor is null)
                return Problem(Refusal.SuccessorUnknown);
        }
        else if (await AnswersForSomething(id, db, ct))
        {
            return Problem(Refusal.SuccessorMissing);
        }

        await erase.Now(person, successor, ct);
        // The chain is for good, so it says that somebody was erased and not who.
        var now = clock.GetUtcNow();
        outbox.Publish(new ActionAudited(Guid.CreateVersion7(now), caller.Kind == CallerKind.Person ? caller.PersonId : Guid.Empty, "person-erased", db.Unit.UnitId, now));
        await db.SaveChangesAsync(ct);
        await change.Commit(ct);
        return Results.NoContent();
    }

    private static async Task<bool> AnswersForSomething(Guid id, ParticipantsDb db, CancellationToken ct) =>
        await db.Programmes.AnyAsync(programme => programme.SponsorId == id && programme.State != ProgrammeState.Closed, ct)
        || await db.HostedGuests.AnyAsync(guest => guest.SponsorId == id && guest.State == GuestState.Admitted, ct);

    private static async Task<bool> IsLastAdministrator(Guid id, ParticipantsDb db, CancellationToken ct)
    {
        // The same lock as where a role is taken back.
        await db.Database.ExecuteSqlAsync($"select from platform.units where id = {db.Unit.UnitId} for update", ct);
        var administrators = await db.Memberships.AsNoTracking()
            .Where(m => m.UnitId == db.Unit.UnitId && !m.Ended && m.GivenRoles.Contains(Roles.UnitAdmin))
            .Select(m => m.PersonId)
            .ToListAsync(ct);
        return administrators is [var only] && only == id;
    }

    private static IResult Problem(Refusal refusal) => refusal switch
    {
        Refusal.ImportRunning => Problems.Of(409, "import-running", "A file is on its way in and may name this person. Wait until it is done, or cancel it; an upload in parts that nobody finishes is gone after a day."),
        Refusal.LastAdministrator => Problems.Of(422, "last-administrator", "This is the unit's last administrator. Give the role to somebody else first."),
        Refusal.SuccessorMissing => Problems.Of(422, "successor-missing", "This person sponsors a programme that is not over, or vouches for a guest. Name in `successor` who takes over."),
        Refusal.SuccessorUnknown => Problems.Of(422, "successor-unknown", "Nobody else of this unit's own people has that e-mail address."),
    };
}
