using Mentoring.Scheduling.Calendars.Providers;
using Mentoring.Scheduling.Sessions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Mentoring.Scheduling.Availability;

/// <summary>Reads what finding a time needs to know of people.</summary>
public sealed class Attendees(SchedulingDb db, CalendarProviders providers)
{
    private sealed record Taken(Guid PersonId, DateTimeOffset StartsAt, DateTimeOffset EndsAt, bool Elsewhere);

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
        var offered = await Offered(each, ct);
        var taken = (await db.Database.SqlQuery<Taken>($"""
            select person_id as "PersonId", lower(taken) as "StartsAt", upper(taken) as "EndsAt", false as "Elsewhere"
            from booked_times cross join unnest(times) as taken where person_id = any({each}) and upper(taken) > {from}
            union all
            select person_id, starts_at, ends_at, true from busy_times where person_id = any({each}) and ends_at > {from}
            """).ToListAsync(ct))
            .ToLookup(time => time.PersonId, time => (Time: new Interval(Instant.FromDateTimeOffset(time.StartsAt), Instant.FromDateTimeOffset(time.EndsAt)), time.Elsewhere));
        var accounts = await Accounts(each, ct);
        return each.ToDictionary(person => person, person => new Attendee(offered[person].Hours, [.. taken[person].Select(time => time.Time)])
        {
            Preferences = offered[person].Preferences,
            Elsewhere = [.. taken[person].Where(time => time.Elsewhere).Select(time => time.Time)],
            Account = accounts.GetValueOrDefault(person),
        });
    }

    public async Task<WorkingHours> HoursOf(Guid personId, CancellationToken ct) => (await Offered([personId], ct))[personId].Hours;

    /// <summary>Those that a provider still serves, of people whose mail address is still the one they said yes with.</summary>
    private async Task<Dictionary<Guid, CalendarAccount>> Accounts(Guid[] people, CancellationToken ct)
    {
        if (providers.IsEmpty)
            return [];
        var connected = await (
            from feed in db.CalendarFeeds
            join person in db.People on feed.PersonId equals person.Id
            where people.Contains(feed.PersonId) && feed.Account != null && feed.Account == person.Email
            select new { feed.PersonId, feed.UnitSlug, feed.Account }).ToListAsync(ct);
        return connected.Where(account => providers.Of(account.UnitSlug, account.Account) is not null)
            .ToDictionary(account => account.PersonId, account => new CalendarAccount(account.UnitSlug!, account.Account!));
    }

    private async Task<Dictionary<Guid, (WorkingHours Hours, Preferences Preferences)>> Offered(Guid[] people, CancellationToken ct)
    {
        var offered = await db.Hours.AsNoTracking().Where(hours => people.Contains(hours.PersonId)).ToDictionaryAsync(hours => hours.PersonId, ct);
        var known = await db.People.Where(person => people.Contains(person.Id))
            .Select(person => new { person.Id, person.TimeZone, person.Location, Rotas = db.Rotas.Where(rota => rota.PersonId == person.Id).ToList() })
            .AsNoTracking().ToDictionaryAsync(person => person.Id, ct);
        var holidays = await Holidays(known.Values.Select(person => person.Location), ct);
        // Most have said nothing: those of one zone and place share what is worked out about it.
        var defaults = new Dictionary<(string?, string?), WorkingHours>();
        return people.ToDictionary(person => person, person =>
        {
            var (zone, key) = known.GetValueOrDefault(person) is { } at ? (at.TimeZone, at.Location is null ? null : LocationHolidays.KeyOf(at.Location)) : (null, null);
            var days = key is null ? [] : holidays.GetValueOrDefault(key, []);
            var own = offered.GetValueOrDefault(person);
            if (known.GetValueOrDefault(person)?.Rotas is { Count: > 0 } rotas)
            {
                var shifts = new ShiftPlan(OfferedHours.ZoneOf(own?.TimeZone ?? zone), rotas);
                // Whose rota has a shift on a holiday works on it.
                var free = days.Where(day => !shifts.HasShift(day));
                return (own?.ToWorkingHours(free, shifts) ?? WorkingHours.Default(OfferedHours.ZoneOf(zone), free, shifts), own?.Preferences ?? Preferences.None);
            }
            if (own is not null)
                return (own.ToWorkingHours(days), own.Preferences ?? Preferences.None);
            if (!defaults.TryGetValue((zone, key), out var usual))
                defaults[(zone, key)] = usual = WorkingHours.Default(OfferedHours.ZoneOf(zone), days);
            return (usual, Preferences.None);
        });
    }

    private async Task<Dictionary<string, LocalDate[]>> Holidays(IEnumerable<string?> locations, CancellationToken ct)
    {
        var keys = locations.OfType<string>().Select(LocationHolidays.KeyOf).Distinct().ToArray();
        return keys.Length == 0 ? [] : await db.Holidays.AsNoTracking().Where(known => keys.Contains(known.Location))
            .ToDictionaryAsync(known => known.Location, known => known.Days.Select(day => LocalDate.FromDateOnly(day.Date)).ToArray(), ct);
    }
}
