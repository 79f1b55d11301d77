namespace Mentoring.Participants.Topics;

/// <summary>Something people can know and need: what offers, needs and gaps are named by.</summary>
public sealed class Topic
{
    private Topic()
    {
    }

    /// <summary>Unique in the unit and never changed: knowledge and programmes refer to it.</summary>
    public string Slug { get; private init; } = "";

    /// <summary>The topic in words, in the catalogue's language.</summary>
    public string Label { get; private init; } = "";

    public Focus Focus { get; private init; }

    public string? Description { get; private init; }

    /// <summary>The slug of the next wider topic of the tree.</summary>
    public string? Broader { get; private init; }

    /// <summary>Other words for the same, by which it is found.</summary>
    public IReadOnlyList<string> Alternatives { get; private init; } = [];

    /// <summary>The concept's address in ESCO; null for a topic of our own or of the unit.</summary>
    public string? Source { get; private init; }

    /// <summary>Label and other words as they are searched, the label first.</summary>
    public string Search { get; private init; } = "";

    public static Topic Create(
        string slug,
        string label,
        Focus focus,
        string? description = null,
        string? broader = null,
        IReadOnlyList<string>? alternatives = null,
        string? source = null) => new()
        {
            Slug = slug,
            Label = label,
            Focus = focus,
            Description = description,
            Broader = broader,
            Alternatives = alternatives ?? [],
            Source = source,
            Search = SearchText.Of(string.Join(" | ", [label, .. alternatives ?? []])),
        };
}
