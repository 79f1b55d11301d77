namespace Mentoring.Contracts.Feedback;

/// <summary>You said, we did: an insight has its public answer.</summary>
/// <param name="Answer"><c>done</c>, <c>planned</c> or <c>declined</c>.</param>
/// <param name="Effect"><c>decision</c>, <c>policy</c>, <c>process</c>, <c>market-action</c> or <c>none</c>.</param>
/// <param name="InTime">On or before its due date.</param>
public sealed record InsightAnswered(Guid InsightId, long Version, Guid ProgrammeId, string Title, Guid OwnerId, string Answer, string Effect, bool InTime);
