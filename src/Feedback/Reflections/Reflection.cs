namespace Mentoring.Feedback.Reflections;

/// <summary>What somebody thought of a session, for themselves. Nobody else ever reads it, and nothing is computed from it.</summary>
public sealed class Reflection
{
    public const int LongestText = 10_000;

    public required Guid Id { get; init; }
    public required Guid SessionId { get; init; }
    public required Guid AuthorId { get; init; }
    public required string Text { get; init; }
    public required Pulse? Pulse { get; init; }
    public required DateTimeOffset WrittenAt { get; init; }
}

/// <summary>Five seconds before the writing, each from 1 (not at all) to 5 (very).</summary>
public sealed record Pulse(int Useful, int Safe, int Trust);
