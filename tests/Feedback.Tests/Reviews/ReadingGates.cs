using Mentoring.Contracts.Participants;
using Mentoring.Feedback.Reviews;
using Mentoring.Feedback.Surveys;

namespace Mentoring.Feedback.Tests.Reviews;

public class ReadingGates
{
    /// <summary>Ten pairs that have done well.</summary>
    private static readonly Evidence Good = new(
        K: 5, PeopleInPairs: 20, MenteesInPairs: 10, MenteesMet: 9, Pairs: 10, NotProceeding: 2, Planned: 40, Held: 36, CancelledByMentor: 1,
        CancelledByMentee: 3, Missed: 0, DaysToFirstSession: [3, 5, 9, 14, 200], InsightsRaised: 8, InsightsDue: 5, InsightsInTime: 5,
        Effects: new Dictionary<string, int> { ["policy"] = 1, ["process"] = 2 }, Baseline: Survey(2, 4), Later: Survey(4, 5), Attested: new HashSet<string>());

    private static SurveyResults Survey(int fluency, int safety, int people = 6) => new(
    [
        Number(Questionnaire.MeasureCode("fluency"), fluency, people),
        .. Questionnaire.SafetyItems.Select(code => Number(code, safety, people)),
    ]);

    private static ShownNumber Number(string code, int mean, int people) =>
        new() { SurveyId = Guid.Empty, Batch = 1, Code = code, Group = ShownNumber.All, People = people, Sum = mean * people };

    [Theory]
    [InlineData("sessions-held", null, 0.9, true, 0.9)]
    [InlineData("sessions-held", null, 0.91, false, 0.9)]
    [InlineData("senior-participation", null, 0.9, true, 0.9)]
    [InlineData("acceptance", null, 0.8, true, 0.833)]
    [InlineData("days-to-first-session", null, 9.0, true, 9.0)]
    [InlineData("days-to-first-session", null, 8.0, false, 9.0)]
    [InlineData("measure", "fluency", 3.5, true, 4.0)]
    [InlineData("measure", "fluency", 4.5, false, 4.0)]
    [InlineData("insights-answered-in-time", null, 1.0, true, 1.0)]
    [InlineData("effect-count", null, 3.0, true, 3.0)]
    [InlineData("effect-count", null, 4.0, false, 3.0)]
    [InlineData("effect-count", "process", 2.0, true, 2.0)]
    [InlineData("effect-count", "policy", 2.0, false, 1.0)]
    [InlineData("effect-count", "market-action", 1.0, false, 0.0)]
    [InlineData("review-held", null, null, true, 1.0)]
    public void A_gate_is_green_on_a_figure_that_is_good_enough(string gate, string? measure, double? atLeast, bool green, double value)
    {
        var reading = GateKeeper.Read(new Gate(gate, measure, (decimal?)atLeast, NotBelowBaseline: false), Good);
        Assert.Equal((green, (decimal)value), (reading.Green, reading.Value));
        Assert.NotEmpty(reading.Words);
    }

    [Theory]
    [InlineData(4, 5, true)]
    [InlineData(4, 4, true)]
    [InlineData(5, 4, false)]
    public void Safety_may_not_fall_below_its_baseline(int before, int after, bool green) => Assert.Equal(
        green,
        GateKeeper.Read(new Gate("psychological-safety", null, null, NotBelowBaseline: true), Good with { Baseline = Survey(2, before), Later = Survey(2, after) }).Green);

    [Fact]
    public void Without_a_baseline_to_compare_with_it_is_red() =>
        Assert.False(GateKeeper.Read(new Gate("psychological-safety", null, null, NotBelowBaseline: true), Good with { Baseline = null }).Green);

    [Theory]
    [InlineData("sessions-held")]
    [InlineData("senior-participation")]
    [InlineData("acceptance")]
    [InlineData("days-to-first-session")]
    public void Below_k_people_a_gate_has_no_value_and_is_red(string gate)
    {
        var few = Good with { PeopleInPairs = 4, MenteesInPairs = 2, MenteesMet = 2 };
        var reading = GateKeeper.Read(new Gate(gate, null, 0, NotBelowBaseline: false), few);
        Assert.Equal((false, null), (reading.Green, reading.Value));
        Assert.Contains("too few", reading.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("measure")]
    [InlineData("psychological-safety")]
    public void A_baseline_alone_shows_no_change(string gate)
    {
        var reading = GateKeeper.Read(new Gate(gate, gate == "measure" ? "fluency" : null, 1, NotBelowBaseline: false), Good with { Later = null });
        Assert.Equal((false, null), (reading.Green, reading.Value));
    }

    [Theory]
    [InlineData("retention")]
    [InlineData("harmony")]
    public void What_is_not_known_is_red(string gate) =>
        Assert.False(GateKeeper.Read(new Gate(gate, null, 0, NotBelowBaseline: false), Good).Green);

    [Fact]
    public void A_sponsor_attests_what_no_figure_shows()
    {
        var gate = new Gate("attested", "visible-action", null, NotBelowBaseline: false);
        Assert.False(GateKeeper.Read(gate, Good).Green);
        Assert.True(GateKeeper.Read(gate, Good with { Attested = new HashSet<string> { "visible-action" } }).Green);
    }

    [Fact]
    public void A_review_without_a_gate_is_not_green() =>
        Assert.False(Review.Write(Guid.Empty, Guid.Empty, [], report: null, Good, DateTimeOffset.UnixEpoch).Green);

    [Fact]
    public void A_review_carries_the_figures_that_its_programme_asks_for()
    {
        var all = ReviewFigures.From(Good, report: null);
        Assert.Equal((36, 40, 3), (all.Held, all.Planned, all.CancelledByMentee));
        Assert.NotNull(all.Later);

        var some = ReviewFigures.From(Good, ["held", "insights-by-effect"]);
        Assert.Equal((36, null, null, null), (some.Held, some.Planned, some.CancelledByMentee, some.Acceptance));
        Assert.Equal((null, 2), (some.Later, some.Insights.Effects["process"]));
        Assert.Empty(ReviewFigures.From(Good, ["held"]).Insights.Effects);
    }

    [Fact]
    public void Figures_of_too_few_people_are_left_out()
    {
        var figures = ReviewFigures.From(Good with { PeopleInPairs = 4, MenteesInPairs = 2, MenteesMet = 2 }, report: null);
        Assert.Equal((null, null, null, null, null), (figures.Acceptance, figures.DaysToFirstSession, figures.Pairs, figures.Held, figures.CancelledByMentor));
    }
}
