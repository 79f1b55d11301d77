namespace Mentoring.Contracts.Participants;

/// <summary>Someone may be matched from now on.</summary>
public sealed record ParticipantReady(Guid ParticipantId, long Version, Guid ProgrammeId, Guid PersonId, Side Side);
