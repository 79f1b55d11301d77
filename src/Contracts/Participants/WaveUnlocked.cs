namespace Mentoring.Contracts.Participants;

/// <summary>A wave may be matched from now on.</summary>
/// <param name="ProgrammeId">Which programme.</param>
/// <param name="Version">The programme's version.</param>
/// <param name="Wave">The wave's name.</param>
/// <param name="Why">The condition that was met, in words.</param>
public sealed record WaveUnlocked(Guid ProgrammeId, long Version, string Wave, string Why);
