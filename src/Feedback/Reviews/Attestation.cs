namespace Mentoring.Feedback.Reviews;

/// <summary>What a sponsor has stated in writing, for a gate that no figure can show. Who stated it stands in the audit.</summary>
public sealed class Attestation
{
    public const int LongestWords = 2_000;

    public required Guid Id { get; init; }
    public required Guid ProgrammeId { get; init; }

    /// <summary>What is stated, as the programme's gate names it; empty where the gate names nothing.</summary>
    public required string What { get; init; }
    public required string Words { get; init; }
    public required DateTimeOffset StatedAt { get; init; }
}
