namespace Mentoring.Contracts.Scheduling;

/// <summary>A pair's time is over, planned or early; who ended it is not told. A tombstone, and it frees both places.</summary>
public sealed record PartnershipEnded(Guid PartnershipId, long Version, Guid ProgrammeId, Guid MentorId, Guid MenteeId, bool Early);
