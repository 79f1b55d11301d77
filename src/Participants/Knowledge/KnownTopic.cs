namespace Mentoring.Participants.Knowledge;

public enum KnowledgeKind
{
    /// <summary>The person can share it.</summary>
    Offer,

    /// <summary>The person wants to learn it.</summary>
    Need,
}

/// <summary>One topic a person offers or needs.</summary>
public sealed class KnownTopic
{
    public const int LowestLevel = 1;
    public const int HighestLevel = 5;
    public const int LongestEvidence = 1_000;

    private KnownTopic()
    {
    }

    public Guid PersonId { get; private init; }
    public KnowledgeKind Kind { get; private init; }

    /// <summary>The topic's slug.</summary>
    public string Topic { get; private init; } = "";

    /// <summary>1 (curious) to 5 (others learn from it).</summary>
    public int Level { get; private init; }

    /// <summary>A need that carries the unit's strategic priority.</summary>
    public bool Priority { get; private init; }

    /// <summary>Of an offer: what shows it, in the person's words.</summary>
    public string? Evidence { get; private init; }

    public static KnownTopic Offer(Guid personId, string topic, int level, string? evidence) =>
        new() { PersonId = personId, Kind = KnowledgeKind.Offer, Topic = topic, Level = level, Evidence = evidence };

    public static KnownTopic Need(Guid personId, string topic, int level, bool priority) =>
        new() { PersonId = personId, Kind = KnowledgeKind.Need, Topic = topic, Level = level, Priority = priority };
}
