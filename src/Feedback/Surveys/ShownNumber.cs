using Mentoring.Feedback.Programmes;

namespace Mentoring.Feedback.Surveys;

/// <summary>What one batch adds to a number on show: at least k people, or it is not written at all.</summary>
public sealed class ShownNumber
{
    /// <summary>The group of everybody who was asked.</summary>
    public const string All = "all";

    public required Guid SurveyId { get; init; }
    public required int Batch { get; init; }
    public required string Code { get; init; }

    /// <summary><see cref="All"/>, or a <see cref="Standing"/> in kebab-case.</summary>
    public required string Group { get; init; }
    public required int People { get; init; }

    /// <summary>Of the scored answers.</summary>
    public required int Sum { get; init; }
}
