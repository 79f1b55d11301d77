using Mentoring.Scheduling.Availability;
using Mentoring.Scheduling.Partnerships;
using Mentoring.Scheduling.Programmes;
using Mentoring.Scheduling.Sessions;
using NodaTime;

namespace Mentoring.Scheduling.Tests.Partnerships;

public sealed class PlanningASeries
{
    private static readonly Instant Monday = Instant.FromUtc(2026, 1, 12, 9, 0);
    private static readonly Instant HalfAYearLater = Instant.FromUtc(2026, 7, 12, 9, 0);

    [Fact]
    public void It_keeps_the_rhythm_over_the_whole_length_at_one_local_hour()
    {
        var series = Plan(new Dictionary<string, string> { ["video"] = "P14D" });

        Assert.Equal(13, series.Count);
        Assert.All(series.Zip(series.Skip(1)), pair => Assert.Equal(14, (Local(pair.Second).Date - Local(pair.First).Date).Days));
        Assert.Single(series.Select(slot => Local(slot).TimeOfDay).Distinct());
        Assert.All(series, slot => Assert.Equal((Channels.Video, null), (slot.Slot.Channel, slot.Slot.Place)));
    }

    [Fact]
    public void The_rarer_channel_takes_its_turns_at_a_place_of_the_charter()
    {
        var series = Plan(new Dictionary<string, string> { ["video"] = "P14D", ["in-person"] = "P90D" });

        Assert.Equal([6, 12], series.Select((slot, i) => (slot, i)).Where(at => at.slot.Slot.Channel == Channels.InPerson).Select(at => at.i));
        Assert.All(series.Where(slot => slot.Slot.Channel == Channels.InPerson), slot => Assert.Equal("neutral", slot.Slot.Place));
    }

    [Fact]
    public void Where_the_charter_names_one_channel_and_only_the_other_suits_both_they_meet_that_way()
    {
        var video = new Dictionary<string, string> { ["video"] = "P14D" };
        var inPerson = Day with { Preferences = Preferences.None with { Channels = [Channels.InPerson] } };
        var calling = Day with { Preferences = Preferences.None with { Channels = [Channels.Video] } };

        Assert.All(Plan(video, inPerson, Day), slot => Assert.Equal((Channels.InPerson, "neutral"), (slot.Slot.Channel, slot.Slot.Place)));
        Assert.All(Plan(video, Day, inPerson), slot => Assert.Equal(Channels.InPerson, slot.Slot.Channel));
        Assert.All(Plan(video, inPerson, calling), slot => Assert.Equal(Channels.Video, slot.Slot.Channel));
        Assert.All(Plan(video, calling, inPerson), slot => Assert.Equal(Channels.Video, slot.Slot.Channel));
        Assert.All(Plan(video), slot => Assert.Equal(Channels.Video, slot.Slot.Channel));
        Assert.All(Plan(new Dictionary<string, string> { ["in-person"] = "P14D" }, Day, calling), slot => Assert.Equal((Channels.Video, null), (slot.Slot.Channel, slot.Slot.Place)));
        // Both are in the charter: whoever signed it has settled when which is used.
        Assert.Contains(Plan(new Dictionary<string, string> { ["video"] = "P14D", ["in-person"] = "P90D" }, inPerson, Day), slot => slot.Slot.Channel == Channels.Video);
    }

    [Fact]
    public void Where_the_charter_names_no_place_but_the_call_they_meet_on_neutral_ground() => Assert.All(
        SeriesPlan.Propose(Day, Day, Text(new Dictionary<string, string> { ["in-person"] = "P14D" }) with { Places = [Channels.Video] }, 60, Monday, HalfAYearLater),
        slot => Assert.Equal((Channels.InPerson, "neutral"), (slot.Slot.Channel, slot.Slot.Place)));

    [Fact]
    public void Nothing_is_sooner_than_the_notice_of_either()
    {
        var video = new Dictionary<string, string> { ["video"] = "P14D" };
        var booked = new Attendee(new WorkingHours(Berlin, Day.Hours.Weekly, [], Duration.FromDays(8)), []);

        Assert.True(Plan(video)[0].Slot.StartsAt >= (Monday + Duration.FromDays(1)).ToDateTimeOffset());
        Assert.All([Plan(video, booked, Day), Plan(video, Day, booked)], series => Assert.True(series[0].Slot.StartsAt >= (Monday + Duration.FromDays(8)).ToDateTimeOffset()));
    }

    [Fact]
    public void The_rhythm_keeps_to_the_clock_of_the_mentee()
    {
        var newYork = DateTimeZoneProviders.Tzdb["America/New_York"];
        var awake = new Attendee(new WorkingHours(Berlin, [.. Enum.GetValues<IsoDayOfWeek>().Skip(1).Select(day => new HoursBlock(day, LocalTime.Midnight, LocalTime.Midnight))], [], Duration.Zero), []);

        // In the weeks of March in which only one of the two clocks has changed.
        var series = Plan(new Dictionary<string, string> { ["video"] = "P7D" }, awake, new Attendee(WorkingHours.Default(newYork), []));

        Assert.Single(series.Select(slot => Instant.FromDateTimeOffset(slot.Slot.StartsAt).InZone(newYork).TimeOfDay).Distinct());
    }

    [Theory]
    // A session lasts an hour, and the first one is over an hour after it began.
    [InlineData(60, 1)]
    [InlineData(14 * 24 * 60, 1)]
    [InlineData((14 * 24 * 60) + 30, 1)]
    [InlineData((14 * 24 * 60) + 60, 2)]
    public void No_session_lasts_beyond_the_end_and_one_may_last_until_then(int minutes, int sessions)
    {
        var video = new Dictionary<string, string> { ["video"] = "P14D" };
        var first = Instant.FromDateTimeOffset(Plan(video)[0].Slot.StartsAt);

        Assert.Equal(sessions, SeriesPlan.Propose(Day, Day, Text(video), 60, Monday, first + Duration.FromMinutes(minutes)).Count);
    }

    [Theory]
    [InlineData("P30D", 70, true)]
    [InlineData("P30D", 80, false)]
    [InlineData("P7D", 50, true)]
    [InlineData("P7D", 60, false)]
    public void A_session_may_be_three_days_from_the_rhythm_or_a_third_of_it(string every, int hours, bool isFound)
    {
        var video = new Dictionary<string, string> { ["video"] = every };
        var awake = new Attendee(new WorkingHours(DateTimeZone.Utc, [.. Enum.GetValues<IsoDayOfWeek>().Skip(1).Select(day => new HoursBlock(day, LocalTime.Midnight, LocalTime.Midnight))], [], Duration.Zero), []);
        var second = Instant.FromDateTimeOffset(Plan(video, awake, awake)[1].Slot.StartsAt);
        var away = awake.WithBusy([new Interval(second - Duration.FromHours(hours), second + Duration.FromHours(hours))]);

        Assert.Equal(isFound, Plan(video, awake, away).Any(slot => (Instant.FromDateTimeOffset(slot.Slot.StartsAt) - second).TotalHours is > -84 and < 84));
    }

    [Fact]
    public void No_more_are_planned_than_a_year_of_weeks_has_and_some()
    {
        var series = SeriesPlan.Propose(Day, Day, Text(new Dictionary<string, string> { ["video"] = "P7D" }), 60, Monday, Monday + Duration.FromDays(800));

        Assert.Equal(60, series.Count);
    }

    [Fact]
    public void Without_any_common_hour_there_is_none()
    {
        var night = new Attendee(new WorkingHours(Berlin, [new HoursBlock(IsoDayOfWeek.Monday, new LocalTime(1, 0), new LocalTime(5, 0))], [], Duration.Zero), []);

        Assert.Empty(SeriesPlan.Propose(night, Day, Text(new Dictionary<string, string> { ["video"] = "P14D" }), 60, Monday, HalfAYearLater));
    }

    [Theory]
    [InlineData("P14D", 14)]
    [InlineData("P2W", 14)]
    [InlineData("P1M", 30)]
    [InlineData("P1Y2M", 425)]
    [InlineData("often", 0)]
    public void A_rhythm_is_an_iso_period(string period, int days) => Assert.Equal(days, Rhythm.DaysOf(period));

    [Fact]
    public void What_is_no_rhythm_is_passed_over_and_without_any_they_meet_every_month()
    {
        var rhythm = Rhythm.Of(new Dictionary<string, string> { ["video"] = "often", ["in-person"] = "P15D" });

        Assert.Equal((15, Channels.InPerson, 0, (8, 30)), (rhythm.Days, rhythm.Channel, rhythm.Turns.Count, rhythm.Bounds));
        Assert.Equal((30, Channels.Video), (Rhythm.Of(new Dictionary<string, string>()).Days, Rhythm.Of(new Dictionary<string, string>()).Channel));
    }

    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
    private static readonly Attendee Day = new(WorkingHours.Default(Berlin), []);

    private static IReadOnlyList<ProposedSlot> Plan(Dictionary<string, string> cadence, Attendee? mentor = null, Attendee? mentee = null) =>
        SeriesPlan.Propose(mentor ?? Day, mentee ?? Day, Text(cadence), 60, Monday, HalfAYearLater);

    private static CharterText Text(Dictionary<string, string> cadence) =>
        Charter.Prefill(new CharterTerms(null, "A gap.", null, ["m"], cadence, ["video", "neutral"], []), SuggestedWording.In("en"), [], null, DateTimeOffset.UnixEpoch).Text;

    private static LocalDateTime Local(ProposedSlot slot) => Instant.FromDateTimeOffset(slot.Slot.StartsAt).InZone(Berlin).LocalDateTime;
}
