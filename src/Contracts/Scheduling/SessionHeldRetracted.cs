namespace Mentoring.Contracts.Scheduling;

/// <summary>A session that was called held was not; counts go back.</summary>
/// <param name="Wave">The mentee's wave, by which later waves are unlocked.</param>
public sealed record SessionHeldRetracted(
    Guid SessionId,
    long Version,
    Guid PartnershipId,
    Guid ProgrammeId,
    Guid MentorId,
    Guid MenteeId,
    string Wave,
    DateTimeOffset StartsAt);
