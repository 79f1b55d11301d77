namespace Mentoring.Contracts.Participants;

/// <summary>Someone's data is to be erased everywhere. A tombstone: only the id remains.</summary>
public sealed record PersonErased(Guid PersonId, long Version);
