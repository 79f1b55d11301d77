namespace Mentoring.Contracts.Feedback;

/// <summary>An insight's due date has passed without an answer; it escalates to the sponsor.</summary>
public sealed record InsightOverdue(Guid InsightId, long Version, Guid ProgrammeId, string Title, Guid OwnerId, DateOnly DueOn);
