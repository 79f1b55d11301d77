using Mentoring.Contracts.Participants;
using Mentoring.Scheduling.Programmes;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>One point the two settle.</summary>
public sealed record Clause(string Name, string Title, string Text);

/// <summary>What each of the two wants from it.</summary>
public sealed record Goals(string Mentor, string Mentee);

/// <summary>What the two may write; all of it, never a part.</summary>
public sealed record CharterText(
    IReadOnlyList<Clause> Clauses,
    string? Gap,
    string? Measure,
    Goals Goals,
    IReadOnlyDictionary<string, string> Cadence,
    IReadOnlyList<string> Places,
    string Confidentiality);

public enum SigningRefusal
{
    /// <summary>Another version is current.</summary>
    Stale,

    /// <summary>The programme names only an area: gap and measure must stand in the charter first.</summary>
    GapMissing,
}

/// <summary>
/// The agreement of a pair: one page, versioned. Immutable; each change gives the next version.
/// </summary>
/// <remarks>
/// Invariant: a signature holds for the version it was given to and for later ones that differ from it only in logistics (rhythm,
/// places). A change of substance takes both signatures away.
/// </remarks>
public sealed record Charter(int Version, CharterText Text, bool SignedByMentor, bool SignedByMentee)
{
    public bool Signed => SignedByMentor && SignedByMentee;

    /// <summary>Gap and measure are named; without them nobody can sign.</summary>
    public bool NamesGap => !string.IsNullOrWhiteSpace(Text.Gap) && !string.IsNullOrWhiteSpace(Text.Measure);

    /// <summary>The first version, from what the programme suggests: complete where the programme names its gap.</summary>
    /// <param name="terms">What the programme suggests.</param>
    /// <param name="topics">What the mentor brings, in words.</param>
    /// <param name="topicsBack">What the mentee brings, where it goes both ways; otherwise null.</param>
    public static Charter Prefill(CharterTerms terms, IReadOnlyList<string> topics, IReadOnlyList<string>? topicsBack = null) => new(
        1,
        new CharterText(
            [
                .. terms.Clauses.Select(name => SuggestedWording.For(name, terms, topics, topicsBack)),
                .. terms.Project is { } project ? new[] { SuggestedWording.ForProject(project) } : [],
            ],
            terms.GapSentence,
            // Where the pair names the gap, it also says how it will know that the gap has closed.
            terms.GapSentence is null || terms.Measures.Count == 0 ? null : string.Join("; ", terms.Measures),
            SuggestedWording.GoalsFor(topics, topicsBack),
            terms.Cadence,
            terms.Places,
            SuggestedWording.Confidentiality),
        false,
        false);

    public bool SignedBy(Side side) => side is Side.Mentor ? SignedByMentor : SignedByMentee;

    /// <summary>The next version with this text; the same charter where nothing differs.</summary>
    public Charter Revise(CharterText text)
    {
        var substance = !SameSubstance(Text, text);
        if (!substance && SameLogistics(Text, text))
            return this;
        return new Charter(Version + 1, text, SignedByMentor && !substance, SignedByMentee && !substance);
    }

    /// <summary>Signs for one side. Signing again changes nothing.</summary>
    public (Charter Charter, SigningRefusal? Refusal) Sign(Side side, int version)
    {
        if (version != Version)
            return (this, SigningRefusal.Stale);
        if (!NamesGap)
            return (this, SigningRefusal.GapMissing);
        return (side is Side.Mentor ? this with { SignedByMentor = true } : this with { SignedByMentee = true }, null);
    }

    private static bool SameSubstance(CharterText one, CharterText other) =>
        one.Gap == other.Gap && one.Measure == other.Measure && one.Goals == other.Goals && one.Confidentiality == other.Confidentiality
        && one.Clauses.SequenceEqual(other.Clauses);

    private static bool SameLogistics(CharterText one, CharterText other) =>
        one.Places.SequenceEqual(other.Places) && one.Cadence.Count == other.Cadence.Count
        && one.Cadence.All(pair => other.Cadence.TryGetValue(pair.Key, out var period) && period == pair.Value);
}
