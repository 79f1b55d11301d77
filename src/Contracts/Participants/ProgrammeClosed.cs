namespace Mentoring.Contracts.Participants;

/// <summary>A programme has ended. A tombstone.</summary>
public sealed record ProgrammeClosed(Guid ProgrammeId, long Version);
