namespace Mentoring.Contracts.Matching;

/// <summary>A proposal ended without a pair, whatever the cause; nothing here tells which.</summary>
/// <param name="ProposalId">The proposal.</param>
/// <param name="Version">Rises with every change of the proposal.</param>
/// <param name="ProgrammeId">Which programme.</param>
/// <param name="TellIds">Those who had said yes and are now told kindly; empty when nobody had.</param>
public sealed record MatchNotProceeding(Guid ProposalId, long Version, Guid ProgrammeId, IReadOnlyList<Guid> TellIds);
