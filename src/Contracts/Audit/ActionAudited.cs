namespace Mentoring.Contracts.Audit;

/// <summary>
/// Someone with a duty did something that others may ask about later. Never a private or anonymous act: no declines, exits,
/// reflections or concerns. Participants replaces the person by a random alias when it chains the entry.
/// </summary>
/// <param name="ActionId">This act; chained once.</param>
/// <param name="ActorId">The person who acted; the empty id for an operator.</param>
/// <param name="Code">What was done, kebab-case: <c>matching-run-approved</c>.</param>
/// <param name="SubjectId">What it was done to.</param>
/// <param name="At">When, UTC.</param>
public sealed record ActionAudited(Guid ActionId, Guid ActorId, string Code, Guid SubjectId, DateTimeOffset At);
