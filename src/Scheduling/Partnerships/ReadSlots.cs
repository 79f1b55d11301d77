using Mentoring.Scheduling.Availability;
using Mentoring.Scheduling.Sessions;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>The next three common times, ready to book, each with how the two would meet.</summary>
public static class ReadSlots
{
    private const int Offered = 3;
    private static readonly Duration TimeToChoose = Duration.FromMinutes(15);

    public static async Task<IResult> Handle(Guid id, Caller caller, SchedulingDb db, Attendees attendees, TimeProvider clock, CancellationToken ct)
    {
        var pair = await db.Partnerships.AsNoTracking().SingleOrDefaultAsync(pair => pair.Id == id, ct);
        if (pair is null || await Acting.For(caller, pair, db, ct) is null)
            return Problems.NotFound();
        var minutes = await db.Programmes.Where(terms => terms.Id == pair.ProgrammeId).Select(terms => terms.SessionMinutes).SingleAsync(ct);
        var (mentor, mentee) = await attendees.Of(pair.MentorId, pair.MenteeId, clock.GetUtcNow(), ct);
        var how = HowFor(pair, mentor, mentee);
        return Results.Ok(Page.Of<ReadSeries.SlotView>(
            [.. Next(mentor, mentee, minutes, Instant.FromDateTimeOffset(clock.GetUtcNow()), how).Select(slot => Show(slot, how, mentor.Hours.Zone, mentee.Hours.Zone))],
            next: null));
    }

    /// <summary>With the longer notice of the two, so that whoever books can take any of them; a few minutes more to choose in.</summary>
    internal static IReadOnlyList<Slot> Next(Attendee mentor, Attendee mentee, int minutes, Instant now, Occasion how) => Next([mentor, mentee], minutes, now, how);

    internal static IReadOnlyList<Slot> Next(IReadOnlyList<Attendee> people, int minutes, Instant now, Occasion how) =>
        SlotFinder.Next(people, Duration.FromMinutes(minutes), now + people.Max(person => person.Hours.MinimumNotice) + TimeToChoose, Offered, how);

    /// <summary>Without a charter, which is there before anybody meets, nothing is known of how.</summary>
    internal static Occasion HowFor(Partnership pair, Attendee mentor, Attendee mentee) =>
        pair.Charter is { } charter ? SeriesPlan.Usual(charter.Text, mentor, mentee) : new Occasion();

    private static ReadSeries.SlotView Show(Slot slot, Occasion how, DateTimeZone mentorZone, DateTimeZone menteeZone)
    {
        var startsAt = slot.Time.Start.ToDateTimeOffset();
        return new ReadSeries.SlotView(
            startsAt,
            slot.Time.End.ToDateTimeOffset(),
            ReadSeries.Local(startsAt, mentorZone),
            ReadSeries.Local(startsAt, menteeZone),
            how.Channel,
            how.Place,
            new Inconvenience(slot.MentorInconvenience, slot.MenteeInconvenience));
    }
}
