namespace Mentoring.Contracts.Feedback;

/// <summary>An insight has an owner and a due date. Who raised it is not in here. State: whole, rising as it is owned.</summary>
/// <param name="OwnerId">Who has the authority to answer; null until it is owned.</param>
/// <param name="DueOn">By when an answer is public; null until it is owned.</param>
public sealed record InsightRaised(Guid InsightId, long Version, Guid ProgrammeId, string Title, Guid? OwnerId, DateOnly? DueOn);
