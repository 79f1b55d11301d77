namespace Mentoring.Contracts.Participants;

/// <summary>A programme takes people from now on. State: whole.</summary>
public sealed record ProgrammeOpened(Guid ProgrammeId, long Version, Programme Programme);
