namespace Mentoring.Contracts.Feedback;

/// <summary>A survey may be answered. Who has answered is told to nobody.</summary>
/// <param name="Kind"><c>baseline</c>, <c>middle</c> or <c>final</c>.</param>
/// <param name="K">Fewest answers behind a number, locked now.</param>
public sealed record SurveyOpened(Guid SurveyId, long Version, Guid ProgrammeId, string Kind, DateTimeOffset ClosesAt, int K);
