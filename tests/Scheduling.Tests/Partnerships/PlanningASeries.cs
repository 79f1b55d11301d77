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
        Assert.All(Plan(video, inPerson, calling), slot => Assert.Equal(Channels.Video, slot.Slot.Channel));
        // Both are in the charter: whoever signed it has settled when which is used.
        Assert.Contains(Plan(new Dictionary<string, string> { ["video"] = "P14D", ["in-person"] = "P90D" }, inPerson, Day), slot => slot.Slot.Channel == Channels.Video);
    }

    [Fact]
    public void Nothing_is_sooner_than_the_notice_of_either() =>
        Assert.True(Plan(new Dictionary<string, string> { ["video"] = "P14D" })[0].Slot.StartsAt >= (Monday + Duration.FromDays(1)).ToDateTimeOffset());

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
    [InlineData("often", 0)]
    public void A_rhythm_is_an_iso_period(string period, int days) => Assert.Equal(days, Rhythm.DaysOf(period));

    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
    private static readonly Attendee Day = new(WorkingHours.Default(Berlin), []);

    private static IReadOnlyList<ProposedSlot> Plan(Dictionary<string, string> cadence, Attendee? mentor = null, Attendee? mentee = null) =>
        SeriesPlan.Propose(mentor ?? Day, mentee ?? Day, Text(cadence), 60, Monday, HalfAYearLater);

    private static CharterText Text(Dictionary<string, string> cadence) =>
        Charter.Prefill(new CharterTerms(null, "A gap.", null, ["m"], cadence, ["video", "neutral"], []), SuggestedWording.In("en"), [], null, DateTimeOffset.UnixEpoch).Text;

    private static LocalDateTime Local(ProposedSlot slot) => Instant.FromDateTimeOffset(slot.Slot.StartsAt).InZone(Berlin).LocalDateTime;
}
