namespace Mentoring.Contracts.Scheduling;

/// <summary>Both have signed the same version of their charter. What it says stays with the two.</summary>
public sealed record CharterSigned(Guid PartnershipId, long Version, Guid ProgrammeId, Guid MentorId, Guid MenteeId, int CharterVersion, DateTimeOffset SignedAt);
