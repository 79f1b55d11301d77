namespace Mentoring.Contracts.Participants;

/// <summary>Someone has finished the preparation of one side in a programme.</summary>
public sealed record PreparationDone(Guid ParticipantId, long Version, Guid ProgrammeId, Guid PersonId, Side Side);
