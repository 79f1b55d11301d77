using Mentoring.Scheduling.Programmes;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>The words a charter begins with. The pair may change every one of them.</summary>
internal static class SuggestedWording
{
    public const string Confidentiality =
        "What is said here stays between the two of us. It ends where somebody's safety is at risk or the law requires more; then we "
        + "first tell each other, and turn to the safeguarding contacts.";

    private static readonly Dictionary<string, (string Title, string Text)> Wording = new(StringComparer.Ordinal)
    {
        ["gap"] = ("Gap", "We work on the gap named in this charter and look at its measure together, at the middle and at the end."),
        ["measure"] = ("Measure", "We will know that the gap has closed by the measure named in this charter."),
        ["goals"] = ("Goals", "Each of us has written down what we want from this; both count the same."),
        ["cadence"] = ("Rhythm", "We keep the rhythm named in this charter. Whoever cannot come offers another time at once."),
        ["places"] = ("Places", "We meet where both can speak freely: not in the senior's office unless the junior suggests it."),
        ["not-to-be-shared"] = ("Not to be shared", "Names, and what could tell who said or did something, are not passed on by either of us."),
        ["may-become-insight"] = ("May become an insight", "What we both agree on, in words we have both read, may be raised as an insight for the organisation to answer."),
        ["confidentiality"] = ("Confidentiality and its limits", Confidentiality),
        ["sensitivities"] = ("Sensitivities and biases", "Each of us names what is difficult to talk about, and one assumption about the other that may be wrong."),
        ["disagreement"] = ("Disagreement", "We say so early, to each other first. Disagreeing has no consequence outside this conversation."),
        ["review"] = ("Review", "Half-way we ask: is this useful to both, and what do we change? Either may end it at any time without a reason."),
    };

    public static Clause For(string name, CharterTerms terms, IReadOnlyList<string> topics, IReadOnlyList<string>? topicsBack)
    {
        if (name == "topics")
            return new Clause(name, "Topics each way", TopicsEachWay(topics, topicsBack));
        if (name == "purpose")
            return new Clause(name, "Purpose", terms.Purpose ?? terms.GapSentence ?? $"We meet to learn from each other about {terms.GapArea ?? "our work"}.");
        return Wording.TryGetValue(name, out var words)
            ? new Clause(name, words.Title, words.Text)
            : new Clause(name, string.Concat(name[..1].ToUpperInvariant(), name[1..].Replace('-', ' ')), "We settle this in our first conversation.");
    }

    /// <summary>In the programme's own words, and then in the pair's.</summary>
    public static Clause ForProject(string project) => new("project", "Project", $"{project} What ours is, and by when, we write here.");

    public static Goals GoalsFor(IReadOnlyList<string> topics, IReadOnlyList<string>? topicsBack) => new(
        topicsBack is null
            ? "To see how decisions are made where they are made, and to be heard there."
            : $"To understand {Listed(topicsBack, "what the mentee knows")} well enough to work with it.",
        $"To understand {Listed(topics, "what the mentor knows")} well enough to decide on it.");

    private static string TopicsEachWay(IReadOnlyList<string> topics, IReadOnlyList<string>? topicsBack)
    {
        if (topicsBack is not null)
        {
            return $"The mentor brings {Listed(topics, "what they know from close by")}; the mentee brings {Listed(topicsBack, "what they know from close by")}. "
                + "On each of these one of us knows and the other asks, and both ways count the same.";
        }
        const string always = "Each of us brings something the other needs, and asks as much as tells.";
        return topics.Count == 0 ? always : $"The mentor brings {Listed(topics, "")}. {always}";
    }

    private static string Listed(IReadOnlyList<string> topics, string otherwise) => topics switch
    {
        [] => otherwise,
        [var only] => only,
        _ => $"{string.Join(", ", topics.SkipLast(1))} and {topics[^1]}",
    };
}
