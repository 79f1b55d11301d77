namespace Mentoring.Contracts.Scheduling;

/// <summary>A session took place. The other side may object within a week.</summary>
/// <param name="Wave">The mentee's wave, by which later waves are unlocked.</param>
public sealed record SessionHeld(
    Guid SessionId,
    long Version,
    Guid PartnershipId,
    Guid ProgrammeId,
    Guid MentorId,
    Guid MenteeId,
    string Wave,
    DateTimeOffset StartsAt);
