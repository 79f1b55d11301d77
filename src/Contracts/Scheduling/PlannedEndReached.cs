namespace Mentoring.Contracts.Scheduling;

/// <summary>
/// A partnership has reached a planned end, and goes on for another term or is over. State: whole. Single answers are never told: whether
/// one, the other or nobody said yes is the same.
/// </summary>
/// <param name="PartnershipId">The pair's id.</param>
/// <param name="Version">Of the partnership.</param>
/// <param name="ProgrammeId">Which programme.</param>
/// <param name="MentorId">The person who mentors.</param>
/// <param name="MenteeId">The person who is mentored.</param>
/// <param name="Continued">It has gone on beyond a planned end at least once.</param>
/// <param name="Term">The term it is in, or was in when it ended; the first is 1.</param>
/// <param name="EndsAt">The next planned end, UTC; null where it is over.</param>
/// <param name="ReviewAt">When the two look at their charter in this term, UTC; null where it is over.</param>
public sealed record PlannedEndReached(
    Guid PartnershipId,
    long Version,
    Guid ProgrammeId,
    Guid MentorId,
    Guid MenteeId,
    bool Continued,
    int Term,
    DateTimeOffset? EndsAt,
    DateTimeOffset? ReviewAt);
