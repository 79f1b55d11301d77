namespace Mentoring.Contracts.Scheduling;

/// <summary>
/// Some time before a partnership's planned end, both are asked, each privately, whether they want to go on. What they answer is told by no fact.
/// </summary>
/// <param name="PartnershipId">The pair's id.</param>
/// <param name="Version">Of the partnership.</param>
/// <param name="ProgrammeId">Which programme.</param>
/// <param name="MentorId">The person who mentors.</param>
/// <param name="MenteeId">The person who is mentored.</param>
/// <param name="EndsAt">The planned end, until which either may answer and change the answer; instant, UTC.</param>
/// <param name="ClosingAt">Start of the last session booked before the end, which closes the partnership; null where none is booked.</param>
/// <param name="ClosingSlots">Where none is booked: starts of times before the end that suit both, UTC.</param>
public sealed record ContinuationAsked(
    Guid PartnershipId,
    long Version,
    Guid ProgrammeId,
    Guid MentorId,
    Guid MenteeId,
    DateTimeOffset EndsAt,
    DateTimeOffset? ClosingAt,
    IReadOnlyList<DateTimeOffset> ClosingSlots);
