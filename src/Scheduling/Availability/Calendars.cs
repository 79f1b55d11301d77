using Mentoring.Scheduling.Sessions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Mentoring.Scheduling.Availability;

/// <summary>Reads what finding a time needs to know of people.</summary>
public sealed class Calendars(SchedulingDb db)
{
    /// <param name="mentorId">The one who mentors.</param>
    /// <param name="menteeId">The one who is mentored.</param>
    /// <param name="from">What was over before does not matter.</param>
    /// <param name="ct">Cancels the reading.</param>
    public async Task<(Attendee Mentor, Attendee Mentee)> Of(Guid mentorId, Guid menteeId, DateTimeOffset from, CancellationToken ct)
    {
        var both = await Of([mentorId, menteeId], from, ct);
        return (both[mentorId], both[menteeId]);
    }

    /// <summary>Of all of them at once, in as many queries as of one.</summary>
    public async Task<Dictionary<Guid, Attendee>> Of(IReadOnlyCollection<Guid> people, DateTimeOffset from, CancellationToken ct)
    {
        Guid[] each = [.. people.Distinct()];
        var hours = await Hours(each, ct);
        var busy = (await db.BookedTimes.AsNoTracking()
            .Where(time => each.Contains(time.PersonId) && time.EndsAt > from)
            .Select(time => new { time.PersonId, time.StartsAt, time.EndsAt })
            .ToListAsync(ct))
            .ToLookup(time => time.PersonId, time => new Interval(Instant.FromDateTimeOffset(time.StartsAt), Instant.FromDateTimeOffset(time.EndsAt)));
        return each.ToDictionary(person => person, person => new Attendee(hours[person], [.. busy[person]]));
    }

    public async Task<WorkingHours> HoursOf(Guid personId, CancellationToken ct) => (await Hours([personId], ct))[personId];

    private async Task<Dictionary<Guid, WorkingHours>> Hours(Guid[] people, CancellationToken ct)
    {
        var offered = await db.Hours.AsNoTracking().Where(hours => people.Contains(hours.PersonId)).ToDictionaryAsync(hours => hours.PersonId, ct);
        var zones = await db.People.Where(person => people.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person.TimeZone, ct);
        return people.ToDictionary(
            person => person,
            person => offered.TryGetValue(person, out var hours)
                ? hours.ToWorkingHours()
                : WorkingHours.Default(OfferedHours.ZoneOf(zones.GetValueOrDefault(person))));
    }
}
