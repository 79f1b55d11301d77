namespace Mentoring.Contracts.Participants;

/// <summary>Someone has left a programme; nobody is told why. A tombstone of the enrolment.</summary>
public sealed record ParticipantWithdrawn(Guid ParticipantId, long Version, Guid ProgrammeId, Guid PersonId, Side Side);
