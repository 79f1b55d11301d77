namespace Mentoring.Contracts.Feedback;

/// <summary>A programme's review: its gates, each green or red with the figure behind it.</summary>
/// <param name="Green">Every gate is.</param>
public sealed record ReviewPublished(Guid ReviewId, long Version, Guid ProgrammeId, bool Green, IReadOnlyList<GateReading> Gates);

/// <summary>One gate as read by a review.</summary>
/// <param name="Gate">The gate's name, with the measure's where it is one.</param>
/// <param name="Green">Met.</param>
/// <param name="Value">Null where fewer than k people stand behind it; such a gate is red.</param>
/// <param name="Words">What was read, for a person.</param>
public sealed record GateReading(string Gate, bool Green, decimal? Value, string Words);
