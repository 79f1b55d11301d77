namespace Mentoring.Contracts.Matching;

/// <summary>A pair ended for Matching's own reasons (a leaver, a reorganisation). A tombstone.</summary>
public sealed record PairDissolved(Guid PairId, long Version, Guid ProgrammeId, Guid MentorId, Guid MenteeId);
