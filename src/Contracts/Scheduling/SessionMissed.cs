using Mentoring.Contracts.Participants;

namespace Mentoring.Contracts.Scheduling;

/// <summary>A session's time passed without its being held; found by the clock, never the junior's button to press.</summary>
/// <param name="BySide">Whose side missed it, after one question to the mentee.</param>
public sealed record SessionMissed(
    Guid SessionId,
    long Version,
    Guid PartnershipId,
    Guid ProgrammeId,
    Guid MentorId,
    Guid MenteeId,
    DateTimeOffset StartsAt,
    Side BySide);
