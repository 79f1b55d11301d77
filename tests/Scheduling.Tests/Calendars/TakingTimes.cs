using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Mentoring.ICalendar;
using Mentoring.Scheduling.Calendars;
using NodaTime;
using Interval = NodaTime.Interval;

namespace Mentoring.Scheduling.Tests.Calendars;

public sealed class TakingTimes
{
    private static readonly DateTimeZone s_berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
    private static readonly Instant s_now = Instant.FromUtc(2026, 3, 23, 9, 0);

    [Fact]
    public async Task Our_own_invitations_are_not_in_the_way_and_those_of_others_are()
    {
        var (mine, cancelled, strangers) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());

        var times = await Take(
            CalendarKind.Busy,
            [mine, cancelled],
            ACalendarServer.Event($"{mine}@mentoring", At(24, 9), At(24, 10)),
            ACalendarServer.Event($"{cancelled}@MENTORING".ToUpperInvariant(), At(24, 11), At(24, 12)),
            // Of another unit: nobody here knows whether it stands, so it is in the way.
            ACalendarServer.Event($"{strangers}@mentoring", At(24, 13), At(24, 14)),
            ACalendarServer.Event("somebody@mentoring", At(24, 15), At(24, 16)),
            ACalendarServer.Event($"{mine}", At(24, 17), At(24, 18)));

        Assert.Equal([Utc(24, 13), Utc(24, 15), Utc(24, 17)], times!.Times.Select(time => time.Start));
    }

    [Fact]
    public async Task Cancelled_and_transparent_events_are_not_in_the_way() => Assert.Equal(
        [Utc(24, 13)],
        (await Take(
            CalendarKind.Busy,
            [],
            ACalendarServer.Event("a", At(24, 9), At(24, 10), "TRANSP:TRANSPARENT\r\n"),
            ACalendarServer.Event("b", At(24, 11), At(24, 12), "STATUS:CANCELLED\r\n"),
            ACalendarServer.Event("c", At(24, 13), At(24, 14))))!.Times.Select(time => time.Start));

    [Fact]
    public async Task A_weekly_meeting_keeps_its_local_hour_when_the_clock_changes()
    {
        var times = await Take(CalendarKind.Busy, [],
            "BEGIN:VEVENT\r\nUID:weekly\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;TZID=Europe/Berlin:20260326T100000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;COUNT=2\r\nEND:VEVENT\r\n",
            "BEGIN:VEVENT\r\nUID:day\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20260329\r\nDTEND;VALUE=DATE:20260330\r\nEND:VEVENT\r\n");

        Assert.Equal(
            [
                new Interval(Instant.FromUtc(2026, 3, 26, 9, 0), Instant.FromUtc(2026, 3, 26, 10, 0)),
                // A day of 23 hours.
                new Interval(Instant.FromUtc(2026, 3, 28, 23, 0), Instant.FromUtc(2026, 3, 29, 22, 0)),
                new Interval(Instant.FromUtc(2026, 4, 2, 8, 0), Instant.FromUtc(2026, 4, 2, 9, 0)),
            ],
            times!.Times);
    }

    [Fact]
    public async Task It_looks_more_than_thirteen_months_ahead_and_hour_by_hour_no_further()
    {
        var calendar = await Agenda.Read(Stream("BEGIN:VEVENT\r\nUID:daily\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260101T090000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY\r\nEND:VEVENT\r\n"));

        for (var now = Instant.FromUtc(2026, 1, 1, 0, 0); now < Instant.FromUtc(2027, 3, 1, 0, 0); now += Duration.FromHours(17))
        {
            var horizon = CalendarTimes.HorizonOf(now);
            Assert.InRange(horizon.InUtc().Date, now.InUtc().Date.PlusMonths(13), now.InUtc().Date.PlusMonths(14));
        }
        var (first, later) = (Of(s_now), Of(s_now + Duration.FromDays(3)));
        Assert.Equal(first.Times.Skip(3), later.Times);

        CalendarTimes Of(Instant now) => CalendarTimes.Of(calendar, CalendarKind.Busy, now, s_berlin, new HashSet<Guid>())!;
    }

    [Fact]
    public async Task From_the_day_before_on_they_are_taken_and_shifts_from_a_month_before()
    {
        const string Daily = "BEGIN:VEVENT\r\nUID:daily\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260101T050000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY\r\nEND:VEVENT\r\n";

        // Whole days, so that hour by hour the same calendar gives the same times.
        Assert.Equal((Instant.FromUtc(2026, 3, 22, 5, 0), Instant.FromUtc(2027, 4, 30, 5, 0)), Ends((await Take(CalendarKind.Busy, [], Daily))!));
        Assert.Equal((Instant.FromUtc(2026, 2, 20, 5, 0), Instant.FromUtc(2027, 4, 30, 5, 0)), Ends((await Take(CalendarKind.Rota, [], Daily))!));

        static (Instant, Instant) Ends(CalendarTimes times) => (times.Times[0].Start, times.Times[^1].Start);
    }

    [Fact]
    public void Of_an_account_they_are_taken_for_as_long_as_it_is_asked_for()
    {
        var (from, to) = (Instant.FromUtc(2026, 3, 22, 0, 0), Instant.FromUtc(2027, 5, 1, 0, 0));
        Assert.Equal(new Interval(from, to), CalendarTimes.WindowOf(s_now));

        var before = new Interval(from - Duration.FromHours(1), from);
        var after = new Interval(to, to + Duration.FromHours(1));
        Assert.Empty(CalendarTimes.Of([before, after], s_now, [])!.Times);
        Assert.Equal(
            [new Interval(from, from + Duration.FromHours(1)), new Interval(to - Duration.FromHours(1), to)],
            CalendarTimes.Of([new Interval(to - Duration.FromHours(1), after.End), new Interval(before.Start, from + Duration.FromHours(1))], s_now, [])!.Times);
    }

    [Fact]
    public async Task A_moment_is_no_shift_and_no_busy_time()
    {
        var moment = ACalendarServer.Event("moment", At(24, 9), At(24, 9));

        Assert.Empty((await Take(CalendarKind.Busy, [], moment))!.Times);
        Assert.Empty((await Take(CalendarKind.Rota, [], moment))!.Times);
    }

    [Fact]
    public async Task More_times_than_a_person_has_are_refused()
    {
        const string Every = "BEGIN:VEVENT\r\nUID:x\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260323T000000Z\r\nDURATION:PT10M\r\nRRULE:FREQ=HOURLY;COUNT={0}\r\nEND:VEVENT\r\n";

        Assert.Equal(5000, (await Take(CalendarKind.Busy, [], Every.Replace("{0}", "5000", StringComparison.Ordinal)))?.Times.Count);
        Assert.Null(await Take(CalendarKind.Busy, [], Every.Replace("{0}", "5001", StringComparison.Ordinal)));
        Assert.Equal(800, (await Take(CalendarKind.Rota, [], Every.Replace("{0}", "800", StringComparison.Ordinal)))?.Times.Count);
        Assert.Null(await Take(CalendarKind.Rota, [], Every.Replace("{0}", "801", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Shifts_are_events_with_hours_whatever_they_say_of_busy_and_what_cannot_be_read_is_counted()
    {
        var session = Guid.CreateVersion7();

        var times = await Take(
            CalendarKind.Rota,
            [session],
            ACalendarServer.Event("early", At(24, 5), At(24, 13), "TRANSP:TRANSPARENT\r\n"),
            ACalendarServer.Event("overtime", At(24, 13), At(24, 14)),
            ACalendarServer.Event("off", At(25, 5), At(25, 13), "STATUS:CANCELLED\r\n"),
            ACalendarServer.Event($"{session}@mentoring", At(26, 5), At(26, 13)),
            "BEGIN:VEVENT\r\nUID:leave\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20260327\r\nEND:VEVENT\r\n",
            "BEGIN:VEVENT\r\nUID:broken\r\nDTSTART:nonsense\r\nEND:VEVENT\r\n");

        Assert.Equal(new Interval(Utc(24, 5), Utc(24, 14)), Assert.Single(times!.Times));
        Assert.Equal(1, times.LeftOut);
    }

    [Fact]
    public void Whatever_the_events_the_times_are_in_order_apart_and_cover_each_of_them()
    {
        var events = Gen.ListOf(from start in Gen.Choose(0, 60 * 24 * 30) from minutes in Gen.Choose(1, 60 * 30) select (Start: start, End: start + minutes), 30);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(events.ToArbitrary(), any =>
        {
            foreach (var kind in Enum.GetValues<CalendarKind>())
            {
                var times = Take(kind, [], [.. any.Select((time, i) => ACalendarServer.Event($"{i}", Later(time.Start).ToDateTimeOffset(), Later(time.End).ToDateTimeOffset()))]).GetAwaiter().GetResult()!.Times;
                if (times.Zip(times.Skip(1)).Any(two => two.First.End >= two.Second.Start)
                    || any.Any(one => !times.Any(time => time.Start <= Later(one.Start) && Later(one.End) <= time.End))
                    || times.Sum(time => time.Duration.TotalMinutes) > any.Sum(one => one.End - one.Start))
                    return false;
            }
            return true;
        }));

        static Instant Later(int minutes) => s_now + Duration.FromMinutes(minutes);
    }

    [Fact]
    public void Of_an_account_ones_own_sessions_are_left_out_and_nothing_else_is_whatever_lies_over_them()
    {
        var any = from start in Gen.Choose(-60 * 24 * 3, 60 * 24 * 20) from minutes in Gen.Choose(1, 60 * 30) select (Start: start, End: start + minutes);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll((from busy in Gen.ListOf(any, 20) from own in Gen.ListOf(any, 6) select (busy, own)).ToArbitrary(), two =>
        {
            var window = CalendarTimes.WindowOf(s_now);
            var times = CalendarTimes.Of(two.busy.Select(Time), s_now, two.own.Select(Time))!.Times;
            return times.Zip(times.Skip(1)).All(next => next.First.End <= next.Second.Start)
                && Enumerable.Range(-60 * 24 * 3 / 7, 60 * 24 * 24 / 7).Select(i => s_now + Duration.FromMinutes(7 * i)).All(at =>
                    times.Any(time => time.Contains(at)) == (window.Contains(at) && two.busy.Any(time => Time(time).Contains(at)) && !two.own.Any(time => Time(time).Contains(at))));
        }));

        static Interval Time((int Start, int End) minutes) => new(s_now + Duration.FromMinutes(minutes.Start), s_now + Duration.FromMinutes(minutes.End));
    }

    [Fact]
    public void Of_an_account_with_more_than_can_be_kept_nothing_is_taken()
    {
        var many = Enumerable.Range(0, CalendarTimes.MostBusy + 1).Select(i => new Interval(s_now + Duration.FromHours(i), s_now + Duration.FromMinutes(60 * i + 30))).ToList();

        Assert.Null(CalendarTimes.Of(many, s_now, []));
        Assert.Equal(CalendarTimes.MostBusy, CalendarTimes.Of(many[1..], s_now, [])?.Times.Count);
    }

    private static async Task<CalendarTimes?> Take(CalendarKind kind, HashSet<Guid> sessions, params string[] events) =>
        CalendarTimes.Of(await Agenda.Read(Stream(events)), kind, s_now, s_berlin, sessions);

    private static MemoryStream Stream(params string[] events) => new(Encoding.UTF8.GetBytes(ACalendarServer.Of(events)));

    private static DateTimeOffset At(int day, int hour) => new(2026, 3, day, hour, 0, 0, TimeSpan.Zero);

    private static Instant Utc(int day, int hour) => Instant.FromUtc(2026, 3, day, hour, 0);
}
