namespace Mentoring.Participants.Topics;

/// <summary>
/// Something people can know and need: what offers, needs and gaps are named by. Invariants: the broader topics form a tree; a topic that was
/// merged is retired, nothing refers to it any more, and <see cref="MergedInto"/> names one that was not merged itself.
/// </summary>
public sealed class Topic
{
    private Topic()
    {
    }

    /// <summary>Unique in the unit and never changed: knowledge and programmes refer to it.</summary>
    public string Slug { get; private init; } = "";

    /// <summary>The topic in words, in the catalogue's language.</summary>
    public string Label { get; private init; } = "";

    /// <summary>The label in other languages, by their primary tag; where there is none, <see cref="Label"/> stands for it.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; private init; } = new Dictionary<string, string>();

    public Focus Focus { get; private init; }

    public string? Description { get; private init; }

    /// <summary>The slug of the next wider topic of the tree.</summary>
    public string? Broader { get; private init; }

    /// <summary>Other words for the same, by which it is found.</summary>
    public IReadOnlyList<string> Alternatives { get; private set; } = [];

    /// <summary>The concept's address in ESCO; null for a topic of our own or of the unit.</summary>
    public string? Source { get; private init; }

    /// <summary>Not to be chosen any more since then; who has it already keeps it.</summary>
    public DateTimeOffset? RetiredAt { get; private set; }

    /// <summary>The slug of the topic that stands for this one now.</summary>
    public string? MergedInto { get; private set; }

    /// <summary>All its names as they are searched (<see cref="TopicWords"/>), the label first.</summary>
    public string Search { get; private set; } = "";

    public static Topic Create(
        string slug,
        string label,
        Focus focus,
        string? description = null,
        string? broader = null,
        IReadOnlyList<string>? alternatives = null,
        string? source = null,
        IReadOnlyDictionary<string, string>? labels = null)
    {
        var topic = new Topic
        {
            Slug = slug,
            Label = label,
            Labels = labels ?? new Dictionary<string, string>(),
            Focus = focus,
            Description = description,
            Broader = broader,
            Alternatives = alternatives ?? [],
            Source = source,
        };
        topic.Search = topic.Words();
        return topic;
    }

    /// <summary>Nobody chooses it any more. False when that was so before.</summary>
    public bool Retire(DateTimeOffset now)
    {
        if (RetiredAt is not null)
            return false;
        RetiredAt = now;
        return true;
    }

    /// <summary>Ends in another topic, which is found by all the names of this one from now on. The caller rewrites what refers to it.</summary>
    public MergeRefusal? MergeInto(Topic other, DateTimeOffset now)
    {
        if (other.Slug == Slug)
            return MergeRefusal.SameTopic;
        if (MergedInto is not null)
            return MergeRefusal.AlreadyMerged;
        if (other.RetiredAt is not null)
            return MergeRefusal.OtherRetired;
        RetiredAt ??= now;
        MergedInto = other.Slug;
        other.Alternatives = [.. other.Alternatives.Concat([Label, .. Labels.Values, .. Alternatives]).Where(name => name != other.Label).Distinct(StringComparer.OrdinalIgnoreCase)];
        other.Search = other.Words();
        return null;
    }

    private string Words() => TopicWords.Of([Label, .. Labels.Values, .. Alternatives, Slug]);
}

public enum MergeRefusal
{
    SameTopic,
    AlreadyMerged,
    OtherRetired,
}
