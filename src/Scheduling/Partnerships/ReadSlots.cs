using Mentoring.Scheduling.Availability;
using Mentoring.Scheduling.Sessions;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>The next three common times, ready to book.</summary>
public static class ReadSlots
{
    private const int Offered = 3;

    public static async Task<IResult> Handle(Guid id, Caller caller, SchedulingDb db, Calendars calendars, TimeProvider clock, CancellationToken ct)
    {
        var pair = await db.Partnerships.AsNoTracking().SingleOrDefaultAsync(pair => pair.Id == id, ct);
        if (pair is null || Acting.For(caller, pair) is null)
            return Problems.NotFound();
        var minutes = await db.Programmes.Where(terms => terms.Id == pair.ProgrammeId).Select(terms => terms.SessionMinutes).SingleAsync(ct);
        var (mentor, mentee) = await calendars.Of(pair.MentorId, pair.MenteeId, clock.GetUtcNow(), ct);
        return Results.Ok(Page.Of<ReadSeries.SlotView>(
            [.. Next(mentor, mentee, minutes, Instant.FromDateTimeOffset(clock.GetUtcNow())).Select(slot => Show(slot, mentor.Hours.Zone, mentee.Hours.Zone))],
            next: null));
    }

    /// <summary>With the longer notice of the two, so that whoever books can take any of them; a few minutes more to choose in.</summary>
    internal static IReadOnlyList<Slot> Next(Attendee mentor, Attendee mentee, int minutes, Instant now) => SlotFinder.Next(
        mentor,
        mentee,
        Duration.FromMinutes(minutes),
        now + Duration.Max(mentor.Hours.MinimumNotice, mentee.Hours.MinimumNotice) + Duration.FromMinutes(15),
        Offered);

    private static ReadSeries.SlotView Show(Slot slot, DateTimeZone mentorZone, DateTimeZone menteeZone)
    {
        var startsAt = slot.Time.Start.ToDateTimeOffset();
        return new ReadSeries.SlotView(
            startsAt,
            slot.Time.End.ToDateTimeOffset(),
            ReadSeries.Local(startsAt, mentorZone),
            ReadSeries.Local(startsAt, menteeZone),
            Channel: null,
            Place: null,
            new Inconvenience(slot.MentorInconvenience, slot.MenteeInconvenience));
    }
}
