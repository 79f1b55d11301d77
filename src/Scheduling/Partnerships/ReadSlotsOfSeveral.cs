using Mentoring.Scheduling.Availability;
using Mentoring.Scheduling.Sessions;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>
/// The next three times that everybody of several pairs has in common: a mentee with two mentors, a mentor with all mentees. For whoever is in
/// each of these pairs, or acts for a mentee of it.
/// </summary>
public static class ReadSlotsOfSeveral
{
    private const int MostPairs = 10;

    /// <param name="StartsAt">Instant.</param>
    /// <param name="EndsAt">Instant; as long as the longest session of their programmes.</param>
    /// <param name="People">Everybody once.</param>
    public sealed record View(DateTimeOffset StartsAt, DateTimeOffset EndsAt, IReadOnlyList<PersonsView> People);

    /// <param name="PersonId">One of them.</param>
    /// <param name="Local">Wall clock and IANA zone.</param>
    /// <param name="Inconvenience">Minutes at times of day that do not suit this person.</param>
    public sealed record PersonsView(Guid PersonId, string Local, int Inconvenience);

    public static async Task<IResult> Handle(
        [FromQuery] Guid[] pair, Caller caller, SchedulingDb db, Attendees attendees, TimeProvider clock, CancellationToken ct)
    {
        Guid[] ids = [.. pair.Distinct()];
        if (ids.Length is 0 or > MostPairs)
            return Problems.Invalid("pair", $"names one to {MostPairs} partnerships: ?pair=…&pair=…");
        var pairs = await db.Partnerships.AsNoTracking().Where(pair => ids.Contains(pair.Id)).ToListAsync(ct);
        if (pairs.Count != ids.Length)
            return Problems.NotFound();
        foreach (var one in pairs)
        {
            if (await Acting.For(caller, one, db, ct) is null)
                return Problems.NotFound();
        }
        if (pairs.Exists(pair => pair.Ended))
            return EndPartnership.Ended();

        var programmes = pairs.ConvertAll(pair => pair.ProgrammeId);
        var minutes = await db.Programmes.Where(terms => programmes.Contains(terms.Id)).MaxAsync(terms => terms.SessionMinutes, ct);
        // Whoever is in all of them comes last: days are counted on that one's clock.
        Guid[] people = [.. pairs.SelectMany(pair => new[] { pair.MentorId, pair.MenteeId }).CountBy(person => person).OrderBy(person => person.Value).ThenBy(person => person.Key).Select(person => person.Key)];
        var known = await attendees.Of(people, clock.GetUtcNow(), ct);
        var slots = ReadSlots.Next([.. people.Select(person => known[person])], minutes, Instant.FromDateTimeOffset(clock.GetUtcNow()), new Occasion(Channels.Video));
        return Results.Ok(Page.Of<View>([.. slots.Select(slot => new View(
            slot.Time.Start.ToDateTimeOffset(),
            slot.Time.End.ToDateTimeOffset(),
            [.. people.Select((person, i) => new PersonsView(person, ReadSeries.Local(slot.Time.Start.ToDateTimeOffset(), known[person].Hours.Zone), slot.Inconveniences[i]))]))], next: null));
    }
}
