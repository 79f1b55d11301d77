namespace Mentoring.Contracts.Participants;

/// <summary>The people above someone have changed; pairs are checked again. State: whole.</summary>
/// <param name="PersonId">Whose line it is.</param>
/// <param name="Version">Shares the version counter of <see cref="PersonChanged"/>.</param>
/// <param name="Chain">Everybody above, the nearest first.</param>
public sealed record ReportingLineChanged(Guid PersonId, long Version, IReadOnlyList<Guid> Chain);
