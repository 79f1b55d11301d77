using Mentoring.Scheduling.Availability;
using Mentoring.Scheduling.Sessions;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>
/// A whole series for everybody of several pairs together: as often as the pair of them that meets least, until the first of them ends. It is
/// shown with what it costs each, and booked by nobody: a session belongs to one pair.
/// </summary>
public static class ReadSeriesOfSeveral
{
    /// <param name="Slots">In order; empty where they have no common time.</param>
    /// <param name="People">What the whole series costs each of them.</param>
    public sealed record View(IReadOnlyList<ReadSlotsOfSeveral.View> Slots, IReadOnlyList<Total> People);

    /// <param name="PersonId">One of those who meet.</param>
    /// <param name="Inconvenience">Minutes, over the whole series.</param>
    public sealed record Total(Guid PersonId, int Inconvenience);

    public static async Task<IResult> Handle(
        [FromQuery] Guid[] pair, Caller caller, SchedulingDb db, Attendees attendees, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (several, refusal) = await Several.Find(pair, caller, db, attendees, now, ct);
        if (several is null)
            return refusal!;
        var begins = Instant.FromDateTimeOffset(now);
        var zone = several.Calendars[^1].Hours.Zone;
        var programmes = several.Pairs.Select(pair => pair.ProgrammeId).ToArray();
        var terms = await db.Programmes.AsNoTracking().Where(terms => programmes.Contains(terms.Id)).ToDictionaryAsync(terms => terms.Id, ct);
        var slots = SeriesPlan.Plan(
            several.Calendars,
            Duration.FromMinutes(several.Minutes),
            several.Pairs.Max(pair => Rhythm.Of(pair.Charter?.Text.Cadence ?? terms[pair.ProgrammeId].Charter.Cadence).Days),
            _ => new Occasion(Channels.Video),
            begins,
            several.Pairs.Min(pair => pair.EndsAt is { } ends ? Instant.FromDateTimeOffset(ends) : terms[pair.ProgrammeId].EndOf(begins, zone)));
        return Results.Ok(new View(
            [.. slots.Select(one => new ReadSlotsOfSeveral.View(one.Slot.Time.Start.ToDateTimeOffset(), one.Slot.Time.End.ToDateTimeOffset(), several.Seen(one.Slot)))],
            [.. several.People.Select((person, i) => new Total(person, slots.Sum(one => one.Slot.Inconveniences[i])))]));
    }
}
