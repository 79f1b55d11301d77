using Mentoring.Messaging;
using Mentoring.Participants.Programmes;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Units;

/// <summary>An administrator takes a role back. Somebody must always be left who can.</summary>
public static class RemoveRole
{
    public static async Task<IResult> Handle(Guid id, string role, string? programme, Precondition precondition, ParticipantsDb db, Outbox outbox, CancellationToken ct)
    {
        if (await db.Memberships.SingleOrDefaultAsync(m => m.UnitId == db.Unit.UnitId && m.Id == id && !m.Ended, ct) is not { } membership)
            return Problems.NotFound();
        if (precondition.Refusal(membership.Version) is { } stale)
            return stale;

        Guid? programmeId = null;
        if (programme is not null)
        {
            programmeId = await db.Set<Programme>().Where(p => p.Slug == programme).Select(p => (Guid?)p.Id).SingleOrDefaultAsync(ct);
            if (programmeId is null)
                return Problems.NotFound();
        }
        await using var change = await Atomically.Begin(db, ct);
        if (role == Roles.UnitAdmin)
        {
            // Two administrators removing each other at once: the second waits here and then sees that it is the last.
            await db.Database.ExecuteSqlAsync($"select from platform.units where id = {db.Unit.UnitId} for update", ct);
            if (!await db.Memberships.AnyAsync(m => m.UnitId == db.Unit.UnitId && m.Id != id && !m.Ended && m.GivenRoles.Contains(Roles.UnitAdmin), ct))
                return Problems.Of(422, "last-administrator", "This is the unit's last administrator. Give the role to somebody else first.");
        }
        if (!membership.Take(role, programmeId))
            return Problems.NotFound();
        outbox.Publish(membership.ToFact());
        await db.SaveChangesAsync(ct);
        await change.Commit(ct);
        return Results.NoContent();
    }
}
