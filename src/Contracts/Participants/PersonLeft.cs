namespace Mentoring.Contracts.Participants;

/// <summary>Someone has left the unit. A tombstone: no later fact revives the person.</summary>
public sealed record PersonLeft(Guid PersonId, long Version);
