using Mentoring.Contracts.Feedback;
using Mentoring.Contracts.Participants;

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

    public static Review Write(Guid id, Guid programmeId, IEnumerable<Gate> gates, Evidence evidence, DateTimeOffset at)
    {
        var readings = gates.Select(gate => GateKeeper.Read(gate, evidence)).ToList();
        return new()
        {
            Id = id,
            ProgrammeId = programmeId,
            WrittenAt = at,
            Green = readings.Count > 0 && readings.TrueForAll(reading => reading.Green),
            Gates = readings,
            Figures = ReviewFigures.From(evidence),
        };
    }
}

/// <summary>The figures every review carries; null where fewer than k people stand behind one.</summary>
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
    SurveyFigures? Later)
{
    public static ReviewFigures From(Evidence evidence)
    {
        int? Counted(int count) => evidence.PeopleInPairs >= evidence.K ? count : null;
        return new(
            evidence.Acceptance,
            evidence.MedianDaysToFirstSession,
            evidence.SeniorParticipation,
            Counted(evidence.Pairs),
            Counted(evidence.Planned),
            Counted(evidence.Held),
            Counted(evidence.CancelledByMentor),
            Counted(evidence.CancelledByMentee),
            Counted(evidence.Missed),
            new InsightFigures(evidence.InsightsRaised, evidence.InsightsDue, evidence.InsightsInTime, evidence.Effects),
            SurveyFigures.From(evidence.Baseline),
            SurveyFigures.From(evidence.Later));
    }
}

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
