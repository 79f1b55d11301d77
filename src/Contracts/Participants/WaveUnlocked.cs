namespace Mentoring.Contracts.Participants;

/// <summary>A wave may be matched from now on.</summary>
/// <param name="ProgrammeId">Which programme.</param>
/// <param name="Version">The programme's version.</param>
/// <param name="Wave">The wave's name.</param>
/// <param name="Why">The condition that was met, in words.</param>
/// <param name="By"><c>opening</c>, <c>sessions-held</c>, <c>review</c>, <c>override</c>, <c>expansion</c> or <c>day</c>.</param>
/// <param name="PersonId">Whose act it was; null where facts alone unlocked it.</param>
/// <param name="ReviewId">The review that was read, or overridden; null where none was.</param>
public sealed record WaveUnlocked(Guid ProgrammeId, long Version, string Wave, string Why, string? By = null, Guid? PersonId = null, Guid? ReviewId = null);
