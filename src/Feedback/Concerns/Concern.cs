namespace Mentoring.Feedback.Concerns;

/// <summary>
/// Something that worries somebody, for the safeguarding contacts alone. Nothing about it goes on the bus, into the audit, a log, a trace
/// or a metric. Whoever raises it is named only if they ask to be contacted; otherwise they follow it with a secret code.
/// </summary>
public sealed class Concern
{
    public const int LongestText = 10_000;

    public required Guid Id { get; init; }
    public required string Text { get; init; }

    /// <summary>Who wants to be contacted; null for somebody who does not want to be known.</summary>
    public required Guid? PersonId { get; set; }
    public required byte[] CodeHash { get; init; }

    /// <summary>UTC.</summary>
    public required DateOnly RaisedOn { get; init; }

    /// <summary>What safeguarding replies to whoever holds the code.</summary>
    public string? Reply { get; set; }
}
