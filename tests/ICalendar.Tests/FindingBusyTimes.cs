using NodaTime;

namespace Mentoring.ICalendar.Tests;

public sealed class FindingBusyTimes
{
    private static readonly Interval March = new(Instant.FromUtc(2026, 3, 1, 0, 0), Instant.FromUtc(2026, 4, 1, 0, 0));

    [Theory]
    [InlineData("DTSTART:20260302T090000Z\nDTEND:20260302T100000Z", "2026-03-02T09:00/10:00")]
    [InlineData("DTSTART:20260302T090000Z\nDURATION:PT90M", "2026-03-02T09:00/10:30")]
    [InlineData("DTSTART;TZID=Europe/Berlin:20260302T090000\nDTEND;TZID=Europe/Berlin:20260302T100000", "2026-03-02T08:00/09:00")]
    [InlineData("DTSTART;TZID=W. Europe Standard Time:20260302T090000\nDTEND;TZID=Pacific Standard Time:20260302T010000", "2026-03-02T08:00/09:00")]
    [InlineData("DTSTART;TZID=europe/berlin:20260302T090000\nDURATION:PT1H", "2026-03-02T08:00/09:00")]
    [InlineData("DTSTART;TZID=/mozilla.org/20050126_1/Europe/Berlin:20260302T090000\nDURATION:PT1H", "2026-03-02T08:00/09:00")]
    [InlineData("DTSTART:20260302T090000\nDTEND:20260302T100000", "2026-03-02T14:00/15:00")]
    [InlineData("DTSTART;VALUE=DATE:20260302", "2026-03-02T05:00/2026-03-03T05:00")]
    [InlineData("DTSTART:20260302\nDTEND:20260302", "2026-03-02T05:00/2026-03-03T05:00")]
    [InlineData("DTSTART;VALUE=DATE:20260307\nDTEND;VALUE=DATE:20260309", "2026-03-07T05:00/2026-03-09T04:00")]
    [InlineData("DTSTART;VALUE=DATE:20260307\nDURATION:P2D", "2026-03-07T05:00/2026-03-09T04:00")]
    [InlineData("DTSTART:20260228T230000Z\nDTEND:20260301T010000Z", "2026-03-01T00:00/01:00")]
    [InlineData("DTSTART:20260331T230000Z\nDTEND:20260401T010000Z", "2026-03-31T23:00/2026-04-01T00:00")]
    public void An_event_takes_its_time(string lines, string busy) => Assert.Equal([busy], Busy(Calendars.Event(lines)));

    [Theory]
    [InlineData("DTSTART:20260302T090000Z")]
    [InlineData("DTSTART:20260302T090000Z\nDTEND:20260302T090000Z")]
    [InlineData("DTSTART:20260302T090000Z\nDTEND:20260302T100000Z\nTRANSP:TRANSPARENT")]
    [InlineData("DTSTART:20260302T090000Z\nDTEND:20260302T100000Z\nSTATUS:CANCELLED")]
    [InlineData("DTSTART:20260302T090000Z\nDTEND:20260302T100000Z\nSTATUS: cancelled ")]
    [InlineData("DTSTART:20260228T230000Z\nDTEND:20260301T000000Z")]
    [InlineData("DTSTART:20260401T000000Z\nDTEND:20260401T010000Z")]
    [InlineData("DTSTART:20260302T090000Z\nDTEND:20260302T100000Z\nEXDATE:20260302T090000Z")]
    public void A_moment_a_transparent_or_cancelled_event_and_one_outside_take_none(string lines) => Assert.Empty(Busy(Calendars.Event(lines)));

    [Theory]
    [InlineData("ATTENDEE;CN=Mara;PARTSTAT=DECLINED:mailto:mara@example.org", true)]
    [InlineData("ATTENDEE;PARTSTAT=declined:MAILTO:Mara@Example.org", true)]
    [InlineData("ATTENDEE;PARTSTAT=ACCEPTED:mailto:enno@example.org\nATTENDEE;PARTSTAT=DECLINED:mailto:mara@example.org", true)]
    [InlineData("ATTENDEE;PARTSTAT=DECLINED:mailto:enno@example.org\nATTENDEE;PARTSTAT=DECLINED:mailto:mara@example.org", true)]
    [InlineData("ATTENDEE;PARTSTAT=DECLINED: mailto:mara@example.org ", true)]
    [InlineData("ATTENDEE;PARTSTAT=DECLINED:mailto:enno@example.org\nATTENDEE;PARTSTAT=ACCEPTED:mailto:mara@example.org", false)]
    [InlineData("ATTENDEE;PARTSTAT=DECLINED:mailto:tamara@example.org", false)]
    [InlineData("ATTENDEE;PARTSTAT=TENTATIVE:mailto:mara@example.org", false)]
    [InlineData("ATTENDEE:mailto:mara@example.org", false)]
    public void What_its_owner_has_declined_takes_none(string attendees, bool isFree)
    {
        var calendar = Calendars.Read(Calendars.Event($"DTSTART:20260302T090000Z\nDTEND:20260302T100000Z\n{attendees}"));

        Assert.Equal(isFree ? 0 : 1, calendar.Busy(March, DateTimeZone.Utc, address: "mara@example.org").Busy.Count);
        Assert.Single(calendar.Busy(March, DateTimeZone.Utc).Busy);
    }

    [Fact]
    public void One_instance_that_its_owner_has_declined_is_free_and_the_others_are_not()
    {
        var calendar = Calendars.Read(Calendars.Of(
            "BEGIN:VEVENT\nUID:1\nDTSTART:20260302T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3\nEND:VEVENT",
            "BEGIN:VEVENT\nUID:1\nRECURRENCE-ID:20260303T090000Z\nDTSTART:20260303T090000Z\nDURATION:PT1H\nATTENDEE;PARTSTAT=DECLINED:mailto:mara@example.org\nEND:VEVENT"));

        Assert.Equal([2, 4], calendar.Busy(March, DateTimeZone.Utc, address: "mara@example.org").Busy.Select(time => time.Start.InUtc().Day));
    }

    [Theory]
    [InlineData("DTSTART:20260302T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20260302T085959Z", 0)]
    [InlineData("DTSTART:20260302T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20260302T090000Z", 1)]
    [InlineData("DTSTART:20260302T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20260302T085959", 0)]
    [InlineData("DTSTART:20260302T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20260302T090000", 1)]
    [InlineData("DTSTART:20260302T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20260301", 0)]
    [InlineData("DTSTART:20260302T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20260302", 1)]
    [InlineData("DTSTART;VALUE=DATE:20260302\nRRULE:FREQ=DAILY;UNTIL=20260301", 0)]
    [InlineData("DTSTART;VALUE=DATE:20260302\nRRULE:FREQ=DAILY;UNTIL=20260302", 1)]
    public void A_series_that_ends_before_it_begins_takes_none_and_one_that_ends_then_has_its_first(string lines, int times) =>
        Assert.Equal(times, Busy(Calendars.Event(lines)).Length);

    [Fact]
    public void A_tentative_event_takes_its_time() => Assert.Single(Busy(Calendars.Event("DTSTART:20260302T090000Z\nDTEND:20260302T100000Z\nSTATUS:TENTATIVE")));

    [Theory]
    // The clock goes from two to three on the 8th of March, and twice through one o'clock on the 1st of November.
    [InlineData("20260308T023000", "2026-03-08T07:30")]
    [InlineData("20260308T013000", "2026-03-08T06:30")]
    [InlineData("20260308T033000", "2026-03-08T07:30")]
    [InlineData("20251102T013000", "2025-11-02T05:30")]
    [InlineData("20251102T020000", "2025-11-02T07:00")]
    public void A_time_that_does_not_exist_is_read_before_the_gap_and_one_that_comes_twice_is_the_first(string clock, string utc)
    {
        string[] events = [Calendars.Event($"DTSTART;TZID=America/New_York:{clock}"), Calendars.Event($"DTSTART;TZID=Own:{clock}").Replace("BEGIN:VEVENT", OwnZone + "\r\nBEGIN:VEVENT", StringComparison.Ordinal)];

        Assert.All(events, text => Assert.Equal([utc], Calendars.Read(text).Starts(Calendars.Window(2025, 2027), DateTimeZone.Utc)));
    }

    [Fact]
    public void A_rule_keeps_the_clock_of_its_zone_when_the_clock_is_changed() => Assert.Equal(
        ["2026-03-26T08:00", "2026-03-27T08:00", "2026-03-28T08:00", "2026-03-29T07:00", "2026-03-30T07:00"],
        Calendars.Read(Calendars.Event("DTSTART;TZID=Europe/Berlin:20260326T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=5")).Starts(March, DateTimeZone.Utc));

    [Fact]
    public void With_an_end_every_instance_takes_the_same_exact_time_and_with_a_duration_the_same_days()
    {
        // From Saturday noon to Sunday noon; that of the 28th has 23 hours.
        var exact = Calendars.Event("DTSTART;TZID=Europe/Berlin:20260321T120000\nDTEND;TZID=Europe/Berlin:20260322T120000\nRRULE:FREQ=WEEKLY;COUNT=2");
        var nominal = Calendars.Event("DTSTART;TZID=Europe/Berlin:20260321T120000\nDURATION:P1D\nRRULE:FREQ=WEEKLY;COUNT=2");

        Assert.Equal(["2026-03-21T11:00/2026-03-22T11:00", "2026-03-28T11:00/2026-03-29T11:00"], Busy(exact));
        Assert.Equal(["2026-03-21T11:00/2026-03-22T11:00", "2026-03-28T11:00/2026-03-29T10:00"], Busy(nominal));
    }

    [Fact]
    public void Further_dates_are_added_and_exceptions_left_out() => Assert.Equal(
        ["2026-03-02T09:00/10:00", "2026-03-04T09:00/10:00", "2026-03-06T12:00/13:00", "2026-03-07T12:00/15:00", "2026-03-08T12:00/12:30"],
        Busy(Calendars.Event("DTSTART:20260302T090000Z", "DTEND:20260302T100000Z", "RRULE:FREQ=DAILY;COUNT=4", "EXDATE:20260303T090000Z,20260305T090000Z",
            "RDATE:20260306T120000Z,20260304T090000Z", "RDATE;VALUE=PERIOD:20260307T120000Z/20260307T150000Z,20260308T120000Z/PT30M")));

    [Fact]
    public void An_exception_may_be_written_on_another_clock_but_a_day_excepts_no_time() => Assert.Equal(
        ["2026-03-03T09:00/10:00"],
        Busy(Calendars.Event("DTSTART:20260302T090000Z", "DTEND:20260302T100000Z", "RRULE:FREQ=DAILY;COUNT=2", "EXDATE;TZID=Europe/Berlin:20260302T100000", "EXDATE;VALUE=DATE:20260303")));

    [Fact]
    public void An_instance_that_was_moved_or_cancelled_counts_as_it_is_now()
    {
        var text = Calendars.Event("DTSTART;TZID=Europe/Berlin:20260302T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=4").Replace("END:VCALENDAR", "", StringComparison.Ordinal)
            + string.Join("\r\n",
                "BEGIN:VEVENT", "UID:one@example.org", "RECURRENCE-ID;TZID=Europe/Berlin:20260303T090000", "DTSTART:20260303T150000Z", "DTEND:20260303T153000Z", "END:VEVENT",
                "BEGIN:VEVENT", "UID:one@example.org", "RECURRENCE-ID:20260304T080000Z", "DTSTART:20260304T080000Z", "DTEND:20260304T090000Z", "STATUS:CANCELLED", "END:VEVENT",
                "END:VCALENDAR", "");

        Assert.Equal(["2026-03-02T08:00/09:00", "2026-03-03T15:00/15:30", "2026-03-05T08:00/09:00"], Busy(text));
    }

    [Fact]
    public void From_one_instance_on_all_may_be_moved_and_lengthened()
    {
        var text = Series(
            "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260327T090000\nDTSTART;TZID=Europe/Berlin:20260327T140000\nDURATION:PT2H",
            "RECURRENCE-ID;TZID=Europe/Berlin:20260330T090000\nDTSTART;TZID=Europe/Berlin:20260330T080000\nDURATION:PT1H");

        Assert.Equal(
            ["2026-03-26T08:00/09:00", "2026-03-27T13:00/15:00", "2026-03-28T13:00/15:00", "2026-03-29T12:00/14:00", "2026-03-30T06:00/07:00", "2026-03-31T12:00/14:00"],
            Busy(text));
    }

    [Fact]
    public void From_one_instance_on_all_may_be_cancelled() => Assert.Equal(
        ["2026-03-26T08:00/09:00"],
        Busy(Series("RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260327T090000\nDTSTART;TZID=Europe/Berlin:20260327T090000\nDURATION:PT1H\nSTATUS:CANCELLED")));

    [Fact]
    public void Instances_of_which_all_later_ones_were_moved_far_away_are_found_there()
    {
        var text = Calendars.Event("DTSTART:20250101T090000Z", "DURATION:PT1H", "RRULE:FREQ=MONTHLY").Replace("END:VCALENDAR", "", StringComparison.Ordinal)
            + "BEGIN:VEVENT\r\nUID:one@example.org\r\nRECURRENCE-ID;RANGE=THISANDFUTURE:20250201T090000Z\r\nDTSTART:20250220T090000Z\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

        Assert.Equal(["2026-03-20T09:00/10:00"], Busy(text));
    }

    [Fact]
    public void An_invitation_to_a_single_instance_counts_without_its_series() => Assert.Equal(
        ["2026-03-03T15:00/15:30"], Busy(Calendars.Event("RECURRENCE-ID:20260303T090000Z\nDTSTART:20260303T150000Z\nDTEND:20260303T153000Z")));

    [Fact]
    public void An_instance_may_be_named_by_its_day_alone() => Assert.Equal(
        ["2026-03-02T09:00/10:00", "2026-03-03T15:00/16:00"],
        Busy(Calendars.Event("DTSTART:20260302T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2").Replace("END:VCALENDAR", "", StringComparison.Ordinal)
            + "BEGIN:VEVENT\r\nUID:one@example.org\r\nRECURRENCE-ID;VALUE=DATE:20260303\r\nDTSTART:20260303T150000Z\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"));

    [Fact]
    public void Of_several_versions_the_highest_sequence_counts_then_the_latest_stamp()
    {
        static string Version(int sequence, string stamp, string hour) =>
            $"BEGIN:VEVENT\r\nUID:v\r\nSEQUENCE:{sequence}\r\nDTSTAMP:{stamp}\r\nDTSTART:20260302T{hour}0000Z\r\nDURATION:PT1H\r\nEND:VEVENT";

        Assert.Equal(["2026-03-02T12:00/13:00"], Busy(Calendars.Of(Version(2, "20260101T000000Z", "10"), Version(2, "20260102T000000Z", "12"), Version(1, "20260103T000000Z", "14"))));
        Assert.Equal(["2026-03-02T10:00/11:00", "2026-03-02T14:00/15:00"], Busy(Calendars.Of(Version(2, "20260101T000000Z", "10"), Version(2, "20260101T000000Z", "14"))));
    }

    [Fact]
    public void Times_that_touch_or_overlap_are_one() => Assert.Equal(
        ["2026-03-02T09:00/12:00", "2026-03-02T13:00/14:00"],
        Busy(Calendars.Of(Plain("11", "12"), Plain("09", "10"), Plain("13", "14"), Plain("10", "11"), Plain("09", "11"))));

    [Fact]
    public void Published_busy_times_count_but_for_those_that_are_free() => Assert.Equal(
        ["2026-03-02T09:00/10:00", "2026-03-02T12:00/13:30", "2026-03-04T09:00/10:00"],
        Busy(Calendars.Of("BEGIN:VFREEBUSY", "UID:1", "FREEBUSY:20260302T090000Z/20260302T100000Z,20260302T120000Z/PT90M", "FREEBUSY;FBTYPE=FREE:20260303T090000Z/PT1H",
            "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20260304T090000Z/PT30M", "FREEBUSY;FBTYPE=X-ODD:20260304T093000Z/PT30M", "END:VFREEBUSY")));

    [Theory]
    [InlineData("DTSTART;TZID=Middle Earth:20260302T090000", "zone-unknown", 4)]
    [InlineData("SUMMARY:no start", "value-missing", 4)]
    [InlineData("DTSTART:soon", "value-invalid", 7)]
    [InlineData("DTSTART:20260302T090000Z\nDTEND:20260302T080000Z", "value-invalid", 4)]
    [InlineData("DTSTART:20260302T090000Z\nDTEND;VALUE=DATE:20260303", "value-invalid", 4)]
    [InlineData("DTSTART:20260302T090000Z\nDURATION:-PT1H", "value-invalid", 4)]
    [InlineData("DTSTART:20260302T090000Z\nRRULE:FREQ=NEVER", "rule-invalid", 8)]
    [InlineData("DTSTART;VALUE=DATE:20260302\nRRULE:FREQ=HOURLY", "rule-invalid", 4)]
    [InlineData("DTSTART:20260302T090000Z\nDURATION:PT1S\nRRULE:FREQ=SECONDLY;INTERVAL=2", "recurrence-too-long", 4)]
    public void An_event_that_cannot_be_read_is_told_of_and_the_others_count(string lines, string code, int line)
    {
        var busy = Calendars.Read(Calendars.Event(lines) + Calendars.Of(Plain("23", "24"))).Busy(March, Calendars.NewYork);

        Assert.Equal((code, line), (busy.Problems.Single().Code, busy.Problems.Single().Line));
        Assert.Contains(busy.Busy, time => time.Contains(Instant.FromUtc(2026, 3, 2, 23, 30)));
    }

    [Fact]
    public void Of_one_series_every_part_that_cannot_be_read_is_told_of()
    {
        var busy = Calendars.Read(Series(
            "RECURRENCE-ID:20260327T080000Z\nDTSTART;TZID=Middle Earth:20260327T140000",
            "RECURRENCE-ID:20260328T080000Z\nDTSTART:20260328T140000Z\nDTEND:20260328T130000Z")).Busy(March, Calendars.NewYork);

        Assert.Equal(["zone-unknown", "value-invalid"], busy.Problems.Select(problem => problem.Code));
        Assert.Equal(4, busy.Busy.Count);
    }

    [Fact]
    public void Events_that_share_a_name_against_the_rfc_all_count_and_what_replaces_instances_counts_once() => Assert.Equal(
        ["2026-03-02T09:00/10:00", "2026-03-02T11:00/12:00", "2026-03-03T11:00/12:00", "2026-03-03T20:00/21:00"],
        Busy(Calendars.Of(
            "BEGIN:VEVENT\nUID:1\nDTSTART:20260302T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2\nEND:VEVENT",
            "BEGIN:VEVENT\nUID:1\nDTSTART:20260302T110000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2\nEND:VEVENT",
            "BEGIN:VEVENT\nUID:1\nRECURRENCE-ID:20260303T090000Z\nDTSTART:20260303T200000Z\nDURATION:PT1H\nEND:VEVENT")));

    [Fact]
    public void Every_second_of_an_hour_is_found_though_the_rule_is_years_old()
    {
        var agenda = Calendars.Read(Calendars.Event("DTSTART;TZID=Europe/Berlin:19960302T090000\nDURATION:PT0S\nRRULE:FREQ=SECONDLY"));
        // The hour in which the clock is put forward.
        var hour = new Interval(Instant.FromUtc(2026, 3, 29, 0, 30), Instant.FromUtc(2026, 3, 29, 1, 30));

        Assert.Equal(3600, agenda.Occurrences(hour, DateTimeZone.Utc).Select(occurrence => occurrence.Start).Distinct().Count());
        Assert.Empty(agenda.Busy(hour, DateTimeZone.Utc).Problems);
    }

    [Fact]
    public void Hours_in_the_rule_of_whole_days_are_passed_over() => Assert.Equal(
        2, Busy(Calendars.Event("DTSTART;VALUE=DATE:20260302\nRRULE:FREQ=WEEKLY;COUNT=2;BYHOUR=9,10;BYMINUTE=5")).Length);

    [Theory]
    [InlineData("UNTIL=20260304T090000Z", 3)]
    [InlineData("UNTIL=20260304T085959Z", 2)]
    [InlineData("UNTIL=20260304", 3)]
    [InlineData("UNTIL=20260304T090000", 3)]
    [InlineData("UNTIL=99991231T235959Z", 30)]
    public void A_rule_ends_with_the_instance_that_begins_at_its_end(string until, int instances) =>
        Assert.Equal(instances, Busy(Calendars.Event($"DTSTART:20260302T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;{until}")).Length);

    [Fact]
    public void The_end_of_a_rule_in_a_zone_is_a_moment()
    {
        // Half past one comes twice on that night; the instance is the first, and the rule ends between the two.
        var text = Calendars.Event("DTSTART;TZID=America/New_York:20251031T013000\nDURATION:PT5M\nRRULE:FREQ=DAILY;UNTIL=20251102T060000Z");

        Assert.Equal(["2025-10-31T05:30", "2025-11-01T05:30", "2025-11-02T05:30"], Calendars.Read(text).Starts(Calendars.Window(2025, 2026), DateTimeZone.Utc));
    }

    private const string OwnZone = """
        BEGIN:VTIMEZONE
        TZID:Own
        BEGIN:DAYLIGHT
        DTSTART:20070311T020000
        RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
        TZOFFSETFROM:-0500
        TZOFFSETTO:-0400
        END:DAYLIGHT
        BEGIN:STANDARD
        DTSTART:20071104T020000
        RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
        TZOFFSETFROM:-0400
        TZOFFSETTO:-0500
        END:STANDARD
        END:VTIMEZONE
        """;

    private static string Plain(string from, string to) => $"BEGIN:VEVENT\r\nDTSTART:20260302T{from}0000Z\r\nDTEND:{(to == "24" ? "20260303T000000Z" : $"20260302T{to}0000Z")}\r\nEND:VEVENT";

    private static string Series(params string[] replacements) =>
        Calendars.Event("DTSTART;TZID=Europe/Berlin:20260326T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY;UNTIL=20260331T070000Z").Replace("END:VCALENDAR", "", StringComparison.Ordinal)
        + string.Concat(replacements.Select(lines => $"BEGIN:VEVENT\r\nUID:one@example.org\r\n{lines.ReplaceLineEndings("\r\n")}\r\nEND:VEVENT\r\n")) + "END:VCALENDAR\r\n";

    private static string[] Busy(string text)
    {
        var agenda = Calendars.Read(text);
        Assert.Empty(agenda.Busy(March, Calendars.NewYork).Problems);
        return agenda.BusyUtc(March, Calendars.NewYork);
    }
}
