using FsCheck;
using FsCheck.Fluent;
using Mentoring.Scheduling.Availability;
using Mentoring.Scheduling.Sessions;
using NodaTime;
using Interval = NodaTime.Interval;

namespace Mentoring.Scheduling.Tests.Sessions;

public sealed class FindingSlots
{
    private static readonly Duration AnHour = Duration.FromHours(1);

    // Half-hour, quarter-hour and half-hour-saving zones among them.
    private static readonly string[] Zones =
        ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "America/Sao_Paulo", "Pacific/Auckland", "Etc/UTC"];

    [Fact]
    public void A_slot_is_inside_the_hours_of_both_on_their_own_clocks() => ForAnyTwo(two =>
        Found(two).All(slot => OnTheClock(two.Mentor.Hours, slot.Time) && OnTheClock(two.Mentee.Hours, slot.Time)));

    [Fact]
    public void A_slot_touches_nothing_that_is_busy_and_no_other_slot() => ForAnyTwo(two =>
        new[] { Next(two), Series(two) }.All(slots =>
            slots.All(slot => !two.Mentor.Busy.Concat(two.Mentee.Busy).Any(busy => Overlap(busy, slot.Time)))
            && slots.Zip(slots.Skip(1)).All(pair => pair.First.Time.End <= pair.Second.Time.Start)));

    [Fact]
    public void A_slot_is_never_before_the_time_it_was_asked_from() => ForAnyTwo(two => Found(two).All(slot => slot.Time.Start >= two.From));

    [Fact]
    public void Where_a_common_time_exists_one_is_found() => ForAnyTwo(two => !CommonTimeExists(two) || Next(two).Length > 0);

    [Fact]
    public void The_first_is_on_the_first_day_that_has_one()
    {
        var slots = SlotFinder.Next(Nine("Europe/Berlin"), Nine("Europe/Berlin"), AnHour, Instant.FromUtc(2026, 1, 16, 15, 30), 3);

        // Friday 16:30: nothing is left of that day, and the weekend has none; the first hour of the day is spared.
        Assert.Equal([Instant.FromUtc(2026, 1, 19, 9, 0), Instant.FromUtc(2026, 1, 20, 9, 0), Instant.FromUtc(2026, 1, 21, 9, 0)], slots.Select(slot => slot.Time.Start));
    }

    [Fact]
    public void A_series_keeps_its_local_hour_over_the_change_to_summer_time()
    {
        Instant[] wanted = [Instant.FromUtc(2026, 3, 23, 9, 0), Instant.FromUtc(2026, 3, 30, 8, 0)];

        var series = Series(Nine("Europe/Berlin"), Nine("Europe/Berlin"), AnHour, wanted, Duration.FromDays(2), wanted[0]);

        Assert.Equal([Instant.FromUtc(2026, 3, 23, 9, 0), Instant.FromUtc(2026, 3, 30, 8, 0)], series.Select(slot => slot!.Time.Start));
    }

    [Fact]
    public void Inconvenience_between_distant_zones_falls_on_both_in_turn()
    {
        // Berlin and New York share 15:00–17:00 on one clock, 09:00–11:00 on the other: each slot is somebody's edge of the day.
        var wanted = Enumerable.Range(0, 12).Select(week => Instant.FromUtc(2026, 1, 13, 14, 0) + Duration.FromDays(14 * week)).ToArray();

        var series = Series(Nine("Europe/Berlin"), Nine("America/New_York"), AnHour, wanted, Duration.FromDays(3), wanted[0]);

        var (mentor, mentee) = (series.Sum(slot => slot!.MentorInconvenience), series.Sum(slot => slot!.MenteeInconvenience));
        Assert.True(mentor > 0 && mentee > 0, $"All on one side: {mentor} and {mentee}.");
        Assert.True(Math.Abs(mentor - mentee) <= 60, $"Unevenly shared: {mentor} and {mentee}.");
    }

    [Fact]
    public void A_time_around_which_nothing_is_common_gets_no_slot()
    {
        var away = new WorkingHours(
            DateTimeZoneProviders.Tzdb["Europe/Berlin"], WorkingHours.Default(DateTimeZone.Utc).Weekly,
            Enumerable.Range(0, 14).Select(day => new LocalDate(2026, 2, 2).PlusDays(day)), Duration.Zero);
        Instant[] wanted = [Instant.FromUtc(2026, 1, 26, 9, 0), Instant.FromUtc(2026, 2, 9, 9, 0), Instant.FromUtc(2026, 2, 23, 9, 0)];

        var series = Series(Nine("Europe/Berlin"), new Attendee(away, []), AnHour, wanted, Duration.FromDays(3), wanted[0]);

        Assert.Equal([true, false, true], series.Select(slot => slot is not null));
    }

    private static Attendee Nine(string zone) => new(WorkingHours.Default(DateTimeZoneProviders.Tzdb[zone]), []);

    private static void ForAnyTwo(Func<Two, bool> holds) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(AnyTwo.ToArbitrary(), holds));

    private sealed record Two(Attendee Mentor, Attendee Mentee, Instant From, Duration Length);

    private static Slot[] Next(Two two) => [.. SlotFinder.Next(two.Mentor, two.Mentee, two.Length, two.From, 5)];

    private static IReadOnlyList<Slot?> Series(Attendee mentor, Attendee mentee, Duration length, IReadOnlyList<Instant> wanted, Duration leeway, Instant earliest) =>
        SlotFinder.Series([mentor, mentee], length, [.. wanted.Select(at => (at, new Occasion()))], leeway, earliest);

    private static Slot[] Series(Two two)
    {
        var wanted = Enumerable.Range(1, 8).Select(week => two.From + Duration.FromDays(7 * week)).ToArray();
        return [.. Series(two.Mentor, two.Mentee, two.Length, wanted, Duration.FromDays(2), two.From).OfType<Slot>()];
    }

    private static IEnumerable<Slot> Found(Two two) => Next(two).Concat(Series(two));

    /// <summary>Reads the clock on the wall every five minutes, knowing nothing of intervals.</summary>
    private static bool OnTheClock(WorkingHours hours, Interval time)
    {
        for (var minute = time.Start; minute < time.End; minute += Duration.FromMinutes(5))
        {
            var local = minute.InZone(hours.Zone).LocalDateTime;
            if (!hours.Weekly.Any(block => block.Day == local.DayOfWeek && block.From <= local.TimeOfDay && (local.TimeOfDay < block.To || block.To == LocalTime.Midnight)))
                return false;
        }
        return true;
    }

    private static bool CommonTimeExists(Two two)
    {
        var halfHour = Duration.FromMinutes(30);
        var start = Instant.FromUnixTimeSeconds((two.From.ToUnixTimeSeconds() + 1_799) / 1_800 * 1_800);
        for (var i = 0; i < 14 * 48; i++, start += halfHour)
        {
            var time = new Interval(start, start + two.Length);
            if (OnTheClock(two.Mentor.Hours, time) && OnTheClock(two.Mentee.Hours, time) && !two.Mentor.Busy.Concat(two.Mentee.Busy).Any(busy => Overlap(busy, time)))
                return true;
        }
        return false;
    }

    private static bool Overlap(Interval one, Interval other) => one.Start < other.End && other.Start < one.End;

    private static readonly Gen<HoursBlock> AnyBlock =
        from day in Gen.Choose(1, 7)
        from starts in Gen.Choose(0, 44)
        from length in Gen.Choose(2, 24)
        let ends = Math.Min(48, starts + length)
        select new HoursBlock((IsoDayOfWeek)day, LocalTime.FromMinutesSinceMidnight(starts * 30), ends == 48 ? LocalTime.Midnight : LocalTime.FromMinutesSinceMidnight(ends * 30));

    private static readonly Gen<Instant> AnyTime =
        from minutes in Gen.Choose(0, 60 * 24 * 365 * 5)
        select Instant.FromUtc(2025, 1, 1, 0, 0) + Duration.FromMinutes(minutes);

    private static Gen<Attendee> AnyAttendee(Instant now) =>
        from zone in Gen.Elements(Zones)
        from blocks in Gen.ListOf(AnyBlock, 8)
        from busy in Gen.ListOf(from starts in Gen.Choose(0, 24 * 60 * 30) from minutes in Gen.Choose(10, 600) select (starts, minutes), 12)
        select new Attendee(
            new WorkingHours(DateTimeZoneProviders.Tzdb[zone], [.. blocks], [], Duration.Zero),
            [.. busy.Select(taken => new Interval(now + Duration.FromMinutes(taken.starts), now + Duration.FromMinutes(taken.starts + taken.minutes)))]);

    private static readonly Gen<Two> AnyTwo =
        from time in AnyTime
        from mentor in AnyAttendee(time)
        from mentee in AnyAttendee(time)
        from length in Gen.Elements(30, 45, 60, 90)
        select new Two(mentor, mentee, time, Duration.FromMinutes(length));
}
