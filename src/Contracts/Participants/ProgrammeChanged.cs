namespace Mentoring.Contracts.Participants;

/// <summary>An open programme has changed, a wave's unlocking included. State: whole.</summary>
public sealed record ProgrammeChanged(Guid ProgrammeId, long Version, Programme Programme);
