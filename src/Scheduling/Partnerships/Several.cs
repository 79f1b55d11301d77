using Mentoring.Scheduling.Availability;
using Mentoring.Scheduling.Sessions;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>
/// Several pairs that somebody is in, or acts for the mentee of: a mentee with two mentors, a mentor with all mentees; and the calendars of all.
/// </summary>
/// <param name="Pairs">None is over.</param>
/// <param name="People">Everybody once; whoever is in all of them last: days are counted on that one's clock.</param>
/// <param name="Calendars">Of the people, in their order.</param>
/// <param name="Minutes">The longest session of their programmes.</param>
internal sealed record Several(IReadOnlyList<Partnership> Pairs, IReadOnlyList<Guid> People, IReadOnlyList<Attendee> Calendars, int Minutes)
{
    private const int MostPairs = 10;

    public static async Task<(Several? Several, IResult? Refusal)> Find(
        Guid[] pair, Caller caller, SchedulingDb db, Attendees attendees, DateTimeOffset now, CancellationToken ct)
    {
        Guid[] ids = [.. pair.Distinct()];
        if (ids.Length is 0 or > MostPairs)
            return (null, Problems.Invalid("pair", $"names one to {MostPairs} partnerships: ?pair=…&pair=…"));
        var pairs = await db.Partnerships.AsNoTracking().Where(pair => ids.Contains(pair.Id)).ToListAsync(ct);
        if (pairs.Count != ids.Length)
            return (null, Problems.NotFound());
        foreach (var one in pairs)
        {
            if (await Acting.For(caller, one, db, ct) is null)
                return (null, Problems.NotFound());
        }
        if (pairs.Exists(pair => pair.Ended))
            return (null, EndPartnership.Ended());

        var programmes = pairs.ConvertAll(pair => pair.ProgrammeId);
        var minutes = await db.Programmes.Where(terms => programmes.Contains(terms.Id)).MaxAsync(terms => terms.SessionMinutes, ct);
        Guid[] people = [.. pairs.SelectMany(pair => new[] { pair.MentorId, pair.MenteeId }).CountBy(person => person).OrderBy(person => person.Value).ThenBy(person => person.Key).Select(person => person.Key)];
        var known = await attendees.Of(people, now, ct);
        return (new Several(pairs, people, [.. people.Select(person => known[person])], minutes), null);
    }

    /// <summary>A time as each of them sees it.</summary>
    public IReadOnlyList<SeenBy> Seen(Slot slot) =>
        [.. People.Select((person, i) => new SeenBy(person, ReadSeries.Local(slot.Time.Start.ToDateTimeOffset(), Calendars[i].Hours.Zone), slot.Inconveniences[i]))];
}

/// <param name="PersonId">One of those who meet.</param>
/// <param name="Local">Wall clock and IANA zone.</param>
/// <param name="Inconvenience">Minutes at times of day that do not suit this person, and of the way there and back.</param>
public sealed record SeenBy(Guid PersonId, string Local, int Inconvenience);
