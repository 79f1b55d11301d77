using System.Text.Json.Serialization;
using Mentoring.Scheduling.Availability;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace Mentoring.Scheduling.Partnerships;

public enum SeriesState
{
    None,
    Proposed,
    Booked,
}

/// <summary>Minutes inside the first or last hour of each side's day, over the whole series.</summary>
public sealed record Inconvenience(int Mentor, int Mentee);

/// <summary>The whole series of a pair, with what it costs each of the two.</summary>
public static class ReadSeries
{
    /// <param name="State">None until the partnership is active, or where the two have no common time.</param>
    /// <param name="AsProposed">Null unless just booked; false where a proposed time was no longer free and the series was planned anew.</param>
    public sealed record View(
        SeriesState State,
        IReadOnlyList<SlotView> Slots,
        Inconvenience Inconvenience,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? AsProposed = null);

    /// <param name="MentorLocal">Wall clock and IANA zone.</param>
    /// <param name="MenteeLocal">Wall clock and IANA zone.</param>
    public sealed record SlotView(
        DateTimeOffset StartsAt, DateTimeOffset EndsAt, string MentorLocal, string MenteeLocal, string? Channel, string? Place, Inconvenience Inconvenience);

    public static async Task<IResult> Handle(Guid id, Caller caller, SchedulingDb db, Attendees attendees, CancellationToken ct)
    {
        var pair = await db.Partnerships.AsNoTracking().SingleOrDefaultAsync(pair => pair.Id == id, ct);
        if (pair is null || await Acting.For(caller, pair, db, ct) is null)
            return Problems.NotFound();
        return Results.Ok(Show(pair, (await attendees.HoursOf(pair.MentorId, ct)).Zone, (await attendees.HoursOf(pair.MenteeId, ct)).Zone));
    }

    internal static View Show(Partnership pair, DateTimeZone mentorZone, DateTimeZone menteeZone, bool? asProposed = null)
    {
        if (pair.Series is not { Slots.Count: > 0 } series)
            return new View(SeriesState.None, [], new Inconvenience(0, 0));
        return new View(
            series.Booked ? SeriesState.Booked : SeriesState.Proposed,
            [
                .. series.Slots.Select(proposed => new SlotView(
                    proposed.Slot.StartsAt,
                    proposed.Slot.EndsAt,
                    Local(proposed.Slot.StartsAt, mentorZone),
                    Local(proposed.Slot.StartsAt, menteeZone),
                    proposed.Slot.Channel,
                    proposed.Slot.Place,
                    new Inconvenience(proposed.MentorInconvenience, proposed.MenteeInconvenience))),
            ],
            new Inconvenience(series.Slots.Sum(slot => slot.MentorInconvenience), series.Slots.Sum(slot => slot.MenteeInconvenience)),
            asProposed);
    }

    internal static string Local(DateTimeOffset time, DateTimeZone zone) =>
        $"{LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Format(Instant.FromDateTimeOffset(time).InZone(zone).LocalDateTime)} {zone.Id}";
}
