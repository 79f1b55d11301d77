using Mentoring.Contracts.Feedback;
using Mentoring.Contracts.Participants;
using Mentoring.Feedback.Figures;

namespace Mentoring.Feedback.Reviews;

/// <summary>
/// A programme's review as it was written: gates and figures of that day. Never changed; the next review is another one. Who wrote it
/// stands in the audit, where an erased person is forgotten.
/// </summary>
public sealed class Review
{
    public required Guid Id { get; init; }
    public required Guid ProgrammeId { get; init; }
    public required DateTimeOffset WrittenAt { get; init; }

    /// <summary>Every gate is, and there is one: a programme that names no gate has nothing to show for its expansion.</summary>
    public required bool Green { get; init; }
    public required IReadOnlyList<GateReading> Gates { get; init; }
    public required ReviewFigures Figures { get; init; }

    public static Review Write(Guid id, Guid programmeId, IEnumerable<Gate> gates, IReadOnlyList<string>? report, Evidence evidence, DateTimeOffset at)
    {
        var readings = gates.Select(gate => GateKeeper.Read(gate, evidence)).ToList();
        return new()
        {
            Id = id,
            ProgrammeId = programmeId,
            WrittenAt = at,
            Green = readings.Count > 0 && readings.TrueForAll(reading => reading.Green),
            Gates = readings,
            Figures = ReviewFigures.From(evidence, report),
        };
    }
}

/// <summary>
/// The figures a review carries; null where fewer than k people stand behind one, and where the programme's report leaves it out.
/// </summary>
/// <param name="Acceptance">Pairs of all proposals that came to an end, 0 to 1.</param>
/// <param name="DaysToFirstSession">Median over the pairs that have met.</param>
/// <param name="Planned">Sessions whose time had come.</param>
public sealed record ReviewFigures(
    decimal? Acceptance,
    decimal? DaysToFirstSession,
    decimal? SeniorParticipation,
    int? Pairs,
    int? Planned,
    int? Held,
    int? CancelledByMentor,
    int? CancelledByMentee,
    int? Missed,
    InsightFigures Insights,
    SurveyFigures? Baseline,
    SurveyFigures? Later,
    IReadOnlyList<RetentionFigure>? Retention = null)
{
    /// <param name="evidence">What there is.</param>
    /// <param name="report">The figures that the programme asks for, by name; null for all.</param>
    public static ReviewFigures From(Evidence evidence, IReadOnlyList<string>? report)
    {
        bool Asked(string figure) => report is null || report.Contains(figure);
        int? Counted(string figure, int count) => Asked(figure) && evidence.PeopleInPairs >= evidence.K ? count : null;
        return new(
            Asked("acceptance") ? evidence.Acceptance : null,
            Asked("days-to-first-session") ? evidence.MedianDaysToFirstSession : null,
            evidence.SeniorParticipation,
            Counted("acceptance", evidence.Pairs),
            Counted("planned", evidence.Planned),
            Counted("held", evidence.Held),
            Counted("cancelled-by-side", evidence.CancelledByMentor),
            Counted("cancelled-by-side", evidence.CancelledByMentee),
            Counted("cancelled-by-side", evidence.Missed),
            new InsightFigures(
                evidence.InsightsRaised, evidence.InsightsDue, evidence.InsightsInTime,
                Asked("insights-by-effect") ? evidence.Effects : new Dictionary<string, int>()),
            Asked("surveys") ? SurveyFigures.From(evidence.Baseline) : null,
            Asked("surveys") ? SurveyFigures.From(evidence.Later) : null,
            // Off by default: only a programme that names it shows it.
            report?.Contains(Figure.Retention) == true ? [.. evidence.Retention] : null);
    }
}

/// <summary>How many stay, as it was recorded, of at least k people on both sides.</summary>
/// <param name="Measure">The programme's.</param>
/// <param name="Value">As a share, 0 to 1.</param>
/// <param name="Comparison">The comparison group's.</param>
public sealed record RetentionFigure(string Measure, decimal Value, decimal Comparison, DateOnly AsOf);

/// <param name="Raised">Those on show.</param>
/// <param name="Effects">Answered as done, by effect.</param>
public sealed record InsightFigures(int Raised, int Due, int InTime, IReadOnlyDictionary<string, int> Effects);

/// <summary>Means over everybody, each null while suppressed.</summary>
public sealed record SurveyFigures(decimal? PsychologicalSafety, decimal? Alliance, decimal? Recommendation)
{
    public static SurveyFigures? From(Surveys.SurveyResults? results) => results is null
        ? null
        : new(results.Safety()?.Mean, results.Of(Surveys.Questionnaire.Alliance)?.Mean, results.Of(Surveys.Questionnaire.Recommendation)?.Mean);
}
