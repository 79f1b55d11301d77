using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.People;

/// <summary>An administrator says that somebody has left, now.</summary>
public static class RemovePerson
{
    public static async Task<IResult> Handle(Guid id, Precondition precondition, ParticipantsDb db, Outbox outbox, TimeProvider clock, CancellationToken ct)
    {
        if (await db.People.SingleOrDefaultAsync(p => p.Id == id && !p.Gone, ct) is not { } person)
            return Problems.NotFound();
        if (precondition.Refusal(person.Version) is { } stale)
            return stale;
        var zone = await db.Units.Where(unit => unit.Id == db.Unit.UnitId).Select(unit => unit.TimeZone).SingleAsync(ct);
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime);
        await PersonLeaves.On(today, person, db, outbox, now, ct);
        return Results.NoContent();
    }
}
