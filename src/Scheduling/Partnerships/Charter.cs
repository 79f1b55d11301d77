using Mentoring.Contracts.Participants;
using Mentoring.Scheduling.Programmes;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>One point the two settle.</summary>
public sealed record Clause(string Name, string Title, string Text);

/// <summary>What one of the two wants from it.</summary>
/// <param name="Text">In that person's words.</param>
/// <param name="Measure">How they will know that it has come about; null where they name nothing.</param>
public sealed record Goal(string Text, string? Measure = null);

/// <summary>What each of the two wants from it.</summary>
public sealed record Goals(Goal Mentor, Goal Mentee);

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
/// <param name="Version">From 1.</param>
/// <param name="Text">What the two agree on.</param>
/// <param name="SignedByMentor">The mentor's signature holds for this version.</param>
/// <param name="SignedByMentee">The mentee's signature holds for this version.</param>
/// <param name="WrittenBy">Null for the suggestion it began with, and where it was not kept.</param>
/// <param name="WrittenAt">Null where it was not kept.</param>
public sealed record Charter(
    int Version, CharterText Text, bool SignedByMentor, bool SignedByMentee, Side? WrittenBy = null, DateTimeOffset? WrittenAt = null)
{
    public bool Signed => SignedByMentor && SignedByMentee;

    /// <summary>Gap and measure are named; without them nobody can sign.</summary>
    public bool NamesGap => !string.IsNullOrWhiteSpace(Text.Gap) && !string.IsNullOrWhiteSpace(Text.Measure);

    /// <summary>The first version, from what the programme suggests: complete where the programme names its gap.</summary>
    /// <param name="terms">What the programme suggests.</param>
    /// <param name="wording">The platform's words, in the language of the two.</param>
    /// <param name="topics">What the mentor brings, in words.</param>
    /// <param name="topicsBack">What the mentee brings, where it goes both ways; otherwise null.</param>
    /// <param name="now">When.</param>
    public static Charter Prefill(
        CharterTerms terms, SuggestedWording wording, IReadOnlyList<string> topics, IReadOnlyList<string>? topicsBack, DateTimeOffset now) => new(
        1,
        new CharterText(
            [
                .. terms.Clauses.Select(name => wording.For(name, terms, topics, topicsBack)),
                .. terms.Project is { } project ? new[] { wording.ForProject(project) } : [],
            ],
            terms.GapSentence,
            // Where the pair names the gap, it also says how it will know that the gap has closed.
            terms.GapSentence is null || terms.Measures.Count == 0 ? null : string.Join("; ", terms.Measures),
            wording.GoalsFor(topics, topicsBack),
            terms.Cadence,
            terms.Places,
            wording.Confidentiality(terms)),
        false,
        false,
        WrittenBy: null,
        now);

    public bool SignedBy(Side side) => side is Side.Mentor ? SignedByMentor : SignedByMentee;

    /// <summary>The next version with this text; the same charter where nothing differs.</summary>
    public Charter Revise(CharterText text, Side by, DateTimeOffset now)
    {
        var differences = CharterDifferences.Between(Text, text);
        if (differences.Count == 0)
            return this;
        var substance = differences.Any(difference => difference.Substance);
        return new Charter(Version + 1, text, SignedByMentor && !substance, SignedByMentee && !substance, by, now);
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
}
