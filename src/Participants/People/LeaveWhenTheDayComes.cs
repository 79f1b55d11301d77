using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.People;

/// <summary>Sees to a leaver whose last day was told ahead. Looks again: the day may have been moved or taken back.</summary>
public sealed class LeaveWhenTheDayComes(ParticipantsDb db, Outbox outbox, TimeProvider clock) : ITimer
{
    public static string Name => "leaving-day";

    /// <summary>When the day begins in the unit's zone.</summary>
    public static DateTimeOffset StartOf(DateOnly day, string zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        var place = TimeZoneInfo.FindSystemTimeZoneById(zone);
        // Where clocks jump at midnight the day begins after the gap.
        while (place.IsInvalidTime(midnight))
            midnight = midnight.AddMinutes(15);
        return new DateTimeOffset(midnight, place.GetUtcOffset(midnight)).ToUniversalTime();
    }

    public async Task Fire(TimerFired timer, CancellationToken ct)
    {
        var id = Guid.Parse(timer.Key);
        if (await db.People.SingleOrDefaultAsync(person => person.Id == id && !person.Gone, ct) is not { LeftOn: { } day } person)
            return;
        var zone = await db.Units.Where(unit => unit.Id == db.Unit.UnitId).Select(unit => unit.TimeZone).SingleAsync(ct);
        if (StartOf(day, zone) <= timer.DueAt)
            await PersonLeaves.On(day, person, db, outbox, clock.GetUtcNow(), ct);
    }
}
