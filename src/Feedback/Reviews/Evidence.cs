using Mentoring.Contracts.Participants;
using Mentoring.Feedback.Figures;
using Mentoring.Feedback.Surveys;

namespace Mentoring.Feedback.Reviews;

/// <summary>
/// What a review is read from. Counts of people stand beside the counts of what they did: a figure is shown only where at least k people
/// stand behind it.
/// </summary>
/// <param name="K">Fewest people behind a figure.</param>
/// <param name="PeopleInPairs">Different people who are or were in a pair.</param>
/// <param name="MenteesInPairs">Different mentees among them.</param>
/// <param name="MenteesMet">Mentees who have held at least one session.</param>
/// <param name="Pairs">Pairs formed, ended ones included.</param>
/// <param name="NotProceeding">Proposals that ended without a pair, whatever the cause.</param>
/// <param name="Planned">Sessions whose time had come, whatever became of them.</param>
/// <param name="Held">Of these, held and not retracted.</param>
/// <param name="DaysToFirstSession">For each pair that has met, days from being formed.</param>
/// <param name="InsightsDue">Insights that were to be answered by now.</param>
/// <param name="Effects">Answered as done, by effect.</param>
/// <param name="Baseline">What the baseline survey may show; null without one.</param>
/// <param name="Later">What the latest survey after it may show; null without one.</param>
/// <param name="Attested">What a sponsor has stated in writing.</param>
/// <param name="Measures">The programme's measures.</param>
/// <param name="Recorded">By measure, the newest figure that was recorded of it.</param>
/// <param name="PairsMet">Pairs that have held at least one session.</param>
/// <param name="PeopleMet">Different people in these.</param>
/// <param name="ProjectsDelivered">Of these pairs, those that have delivered a project by the word of both.</param>
/// <param name="Continuation">Pairs at their planned end.</param>
public sealed record Evidence(
    int K,
    int PeopleInPairs,
    int MenteesInPairs,
    int MenteesMet,
    int Pairs,
    int NotProceeding,
    int Planned,
    int Held,
    int CancelledByMentor,
    int CancelledByMentee,
    int Missed,
    IReadOnlyList<double> DaysToFirstSession,
    int InsightsRaised,
    int InsightsDue,
    int InsightsInTime,
    IReadOnlyDictionary<string, int> Effects,
    SurveyResults? Baseline,
    SurveyResults? Later,
    IReadOnlySet<string> Attested,
    IReadOnlyList<Measure> Measures,
    IReadOnlyDictionary<string, Figure> Recorded,
    int PairsMet,
    int PeopleMet,
    int ProjectsDelivered,
    PairContinuation Continuation)
{
    public decimal? Acceptance => Behind(PeopleInPairs, Share(Pairs, Pairs + NotProceeding));

    public decimal? PairsContinued => Behind(Continuation.People, Share(Continuation.Continued, Continuation.Reached));

    public decimal? SessionsHeld => Behind(PeopleInPairs, Share(Held, Planned));

    public decimal? SeniorParticipation => Behind(MenteesInPairs, Share(MenteesMet, MenteesInPairs));

    /// <summary>The median: one pair that met after a year would hide that the others met in a week.</summary>
    public decimal? MedianDaysToFirstSession => Behind(MenteesMet, Median(DaysToFirstSession));

    /// <summary>Of the pairs that have met: who never did had no time for a project.</summary>
    public decimal? ProjectDelivered => Behind(PeopleMet, Share(ProjectsDelivered, PairsMet));

    public decimal? InsightsAnsweredInTime => Share(InsightsInTime, InsightsDue);

    /// <summary>The newest recorded of it. Null too where the newest was recorded while the measure was another one: a share without the people behind it is no retention.</summary>
    public Figure? FigureOf(Measure measure) =>
        Recorded.GetValueOrDefault(measure.Name) is { } figure && (measure.Instrument == Figure.Retention) == (figure.Comparison is not null) ? figure : null;

    // FigureOf gives no retention without its comparison.
    public IEnumerable<RetentionFigure> Retention =>
        from measure in Measures
        where measure.Instrument == Figure.Retention
        let figure = FigureOf(measure)
        where figure is not null && figure.IsOfAtLeast(K)
        select new RetentionFigure(measure.Name, figure.Value, figure.Comparison.GetValueOrDefault(), figure.AsOf);

    private decimal? Behind(int people, decimal? figure) => people >= K ? figure : null;

    private static decimal? Share(int part, int whole) => whole == 0 ? null : Math.Round((decimal)part / whole, 3);

    private static decimal? Median(IReadOnlyList<double> values)
    {
        if (values.Count == 0)
            return null;
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return (decimal)Math.Round(sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2, 1);
    }
}
