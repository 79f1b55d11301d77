namespace Mentoring.Contracts.Participants;

/// <summary>A programme has been expanded after a review.</summary>
/// <param name="ProgrammeId">Which.</param>
/// <param name="Version">The programme's version.</param>
/// <param name="ReviewId">The review whose gates were read.</param>
/// <param name="OverrideReason">Null when every gate was green; otherwise the sponsor's words, shown ever after.</param>
public sealed record ProgrammeExpanded(Guid ProgrammeId, long Version, Guid ReviewId, string? OverrideReason);
