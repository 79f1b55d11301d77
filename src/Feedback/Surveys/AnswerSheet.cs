using Mentoring.Feedback.Programmes;

namespace Mentoring.Feedback.Surveys;

/// <summary>That somebody has answered, so that nobody answers twice. There is no time here, and nothing that leads to the answers.</summary>
public sealed class Participation
{
    public required Guid SurveyId { get; init; }
    public required Guid PersonId { get; init; }
}

/// <summary>Somebody's answers, without a name: a random id, the day, and a pseudonym that ends with the programme.</summary>
public sealed class AnswerSheet
{
    public required Guid Id { get; init; }
    public required Guid SurveyId { get; init; }

    /// <summary>HMAC of the person under the programme's key; the same in the programme's other surveys.</summary>
    public required byte[] Respondent { get; init; }
    public required Standing Standing { get; init; }

    /// <summary>UTC.</summary>
    public required DateOnly AnsweredOn { get; init; }
    public required IReadOnlyDictionary<string, int> Answers { get; init; }

    /// <summary>The batch that released it into the results; null while it waits.</summary>
    public int? Batch { get; set; }
}
