using Mentoring.Contracts.Participants;
using Mentoring.Feedback.Figures;
using Mentoring.Feedback.Reviews;
using Mentoring.Feedback.Surveys;

namespace Mentoring.Feedback.Tests.Reviews;

public class ReadingGates
{
    /// <summary>Ten pairs that have done well.</summary>
    private static readonly Evidence Good = new(
        K: 5, PeopleInPairs: 20, MenteesInPairs: 10, MenteesMet: 9, Pairs: 10, NotProceeding: 2, Planned: 40, Held: 36, CancelledByMentor: 1,
        CancelledByMentee: 3, Missed: 0, DaysToFirstSession: [3, 5, 9, 14, 200], InsightsRaised: 8, InsightsDue: 5, InsightsInTime: 5,
        Effects: new Dictionary<string, int> { ["policy"] = 1, ["process"] = 2 }, Baseline: Survey(2, 4), Later: Survey(4, 5), Attested: new HashSet<string>(),
        Measures:
        [
            new Measure("fluency", "gap-self-rating", Side.Mentee, 2, 3.5m),
            new Measure("fixes-closed", "count", null, 0, 5),
            new Measure("complaints", "count", null, 9, 4),
            new Measure("priority-figure", "business-figure", null, 0.2m, 1),
            new Measure("mentor-retention", "retention", Side.Mentor, 0.85m, 0.9m),
            new Measure("never-recorded", "rate", null, 0, 1),
        ],
        Recorded: new[]
        {
            Recorded("fixes-closed", 5), Recorded("complaints", 6), Recorded("priority-figure", 0.123m),
            Recorded("mentor-retention", 0.9m, people: 10, comparison: 0.88m),
        }.ToDictionary(figure => figure.Measure),
        PairsMet: 10, PeopleMet: 20, ProjectsDelivered: 8, Continuation: new(Reached: 0, Continued: 0, People: 0));

    private static Figure Recorded(string measure, decimal value, int? people = null, decimal? comparison = null) => new()
    {
        Id = Guid.Empty,
        ProgrammeId = Guid.Empty,
        Measure = measure,
        Value = value,
        AsOf = new DateOnly(2026, 1, 11),
        Source = "The register",
        People = people,
        Comparison = comparison,
        ComparisonPeople = comparison is null ? null : 40,
        RecordedAt = DateTimeOffset.UnixEpoch,
    };

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
    [InlineData("measure", "fixes-closed", 5.0, true, 5.0)]
    [InlineData("measure", "fixes-closed", 6.0, false, 5.0)]
    [InlineData("measure", "fixes-closed", null, true, 5.0)]
    [InlineData("measure", "complaints", 6.0, true, 6.0)]
    [InlineData("measure", "complaints", 5.0, false, 6.0)]
    [InlineData("measure", "complaints", null, false, 6.0)]
    [InlineData("retention", null, 0.9, true, 0.9)]
    [InlineData("retention", null, 0.91, false, 0.9)]
    [InlineData("retention", "mentor-retention", null, true, 0.9)]
    [InlineData("project-delivered", null, 0.8, true, 0.8)]
    [InlineData("project-delivered", null, 0.81, false, 0.8)]
    [InlineData("project-delivered", null, null, false, 0.8)]
    [InlineData("review-held", null, null, true, 1.0)]
    public void A_gate_is_green_on_a_figure_that_is_good_enough(string gate, string? measure, double? atLeast, bool green, double value)
    {
        var reading = GateKeeper.Read(new Gate(gate, measure, (decimal?)atLeast, NotBelowBaseline: false), Good);
        Assert.Equal((green, (decimal)value), (reading.Green, reading.Value));
        Assert.NotEmpty(reading.Words);
    }

    [Theory]
    [InlineData("measure", "fixes-closed", true, "5, 0 at baseline, as of 2026-01-11.")]
    [InlineData("measure", "complaints", true, "6, 9 at baseline, as of 2026-01-11.")]
    [InlineData("measure", "priority-figure", false, "0.123, 0.2 at baseline, as of 2026-01-11.")]
    [InlineData("retention", null, true, "90 %, 88 % in the comparison group, as of 2026-01-11.")]
    public void A_recorded_figure_is_held_against_its_baseline_or_comparison_and_says_so(string gate, string? measure, bool green, string words)
    {
        var reading = GateKeeper.Read(new Gate(gate, measure, null, NotBelowBaseline: true), Good);
        Assert.Equal(green, reading.Green);
        Assert.EndsWith(words, reading.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Retention_below_its_comparison_is_red_however_high()
    {
        var outdone = Good with { Recorded = new Dictionary<string, Figure> { ["mentor-retention"] = Recorded("mentor-retention", 0.97m, people: 10, comparison: 0.98m) } };
        Assert.False(GateKeeper.Read(new Gate("retention", null, 0.9m, NotBelowBaseline: true), outdone).Green);
        Assert.True(GateKeeper.Read(new Gate("retention", null, 0.9m, NotBelowBaseline: false), outdone).Green);
    }

    [Fact]
    public void Where_two_kinds_of_retention_are_measured_neither_may_be_missing_or_below()
    {
        var both = Good with { Measures = [.. Good.Measures, new Measure("mentee-retention", "retention", Side.Mentee, 0.85m, 0.9m)] };
        Assert.False(GateKeeper.Read(new Gate("retention", null, null, NotBelowBaseline: true), both).Green);
        Assert.True(GateKeeper.Read(new Gate("retention", "mentor-retention", null, NotBelowBaseline: true), both).Green);
    }

    [Theory]
    [InlineData("measure", "mentor-retention")]
    [InlineData("retention", null)]
    public void Retention_of_fewer_than_k_people_is_no_figure(string gate, string? measure)
    {
        // k was raised after it had been recorded.
        var reading = GateKeeper.Read(new Gate(gate, measure, 0, NotBelowBaseline: false), Good with { K = 11 });
        Assert.Equal((false, null), (reading.Green, reading.Value));
    }

    [Theory]
    [InlineData("never-recorded")]
    [InlineData("no-measure-at-all")]
    [InlineData("mentor-retention")]
    public void What_was_not_recorded_of_this_measure_is_red(string measure)
    {
        var evidence = Good with { Recorded = new Dictionary<string, Figure> { ["mentor-retention"] = Recorded("mentor-retention", 0.9m) } };
        var reading = GateKeeper.Read(new Gate("measure", measure, 0, NotBelowBaseline: false), evidence);
        Assert.Equal((false, null), (reading.Green, reading.Value));
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
    [InlineData("project-delivered")]
    public void Below_k_people_a_gate_has_no_value_and_is_red(string gate)
    {
        var few = Good with { PeopleInPairs = 4, MenteesInPairs = 2, MenteesMet = 2, PeopleMet = 4 };
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
    [InlineData("pair-continuation")]
    [InlineData("harmony")]
    public void What_is_not_known_is_red(string gate) =>
        Assert.False(GateKeeper.Read(new Gate(gate, null, 0, NotBelowBaseline: false), Good).Green);

    [Fact]
    public void A_programme_without_a_measure_of_retention_shows_none() =>
        Assert.False(GateKeeper.Read(new Gate("retention", null, null, NotBelowBaseline: true), Good with { Measures = [] }).Green);

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

        // Retention is off unless asked for by name, and of at least k people then.
        Assert.Equal((null, null), (all.Retention, some.Retention));
        var retention = Assert.Single(ReviewFigures.From(Good, ["retention"]).Retention!);
        Assert.Equal(("mentor-retention", 0.9m, 0.88m), (retention.Measure, retention.Value, retention.Comparison));
        Assert.Empty(ReviewFigures.From(Good with { K = 11 }, ["retention"]).Retention!);
    }

    [Fact]
    public void Figures_of_too_few_people_are_left_out()
    {
        var figures = ReviewFigures.From(Good with { PeopleInPairs = 4, MenteesInPairs = 2, MenteesMet = 2 }, report: null);
        Assert.Equal((null, null, null, null, null), (figures.Acceptance, figures.DaysToFirstSession, figures.Pairs, figures.Held, figures.CancelledByMentor));
    }
}
