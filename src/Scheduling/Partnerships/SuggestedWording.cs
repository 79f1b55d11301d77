using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Mentoring.Scheduling.Programmes;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>
/// The words a charter or an agenda begins with, in one language. What a programme gives goes before the platform's own; the pair may
/// change every word.
/// </summary>
public sealed class SuggestedWording
{
    private const string English = "en";

    private static readonly Dictionary<string, SuggestedWording> All = new[] { English, "de", "fr", "es" }.ToDictionary(language => language, Load);

    private readonly string _language;
    private readonly IReadOnlyDictionary<string, string> _words;

    private SuggestedWording(string language, IReadOnlyDictionary<string, string> words) => (_language, _words) = (language, words);

    /// <summary>Two letters each.</summary>
    public static IReadOnlyCollection<string> Languages => All.Keys;

    /// <summary>In one of <see cref="Languages"/>; in English for any other.</summary>
    public static SuggestedWording In(string? language) => language is not null && All.TryGetValue(language, out var wording) ? wording : All[English];

    /// <summary>
    /// The language both know best: the one that stands furthest ahead in both lists together, and with the mentor where two stand alike.
    /// Where they share none that there are words in, the programme's; else English.
    /// </summary>
    /// <param name="mentor">BCP 47 tags, the preferred first.</param>
    /// <param name="mentee">BCP 47 tags, the preferred first.</param>
    /// <param name="programme">Two letters; null where the programme says nothing.</param>
    public static string LanguageOf(IReadOnlyList<string> mentor, IReadOnlyList<string> mentee, string? programme)
    {
        var (ofMentor, ofMentee) = (Known(mentor), Known(mentee));
        var shared = ofMentor.Where(ofMentee.Contains).MinBy(language => ofMentor.IndexOf(language) + ofMentee.IndexOf(language));
        return shared ?? In(programme)._language;
    }

    public Clause For(string name, CharterTerms terms, IReadOnlyList<string> topics, IReadOnlyList<string>? topicsBack) =>
        new(name, Title(name), OfProgramme(name, terms) ?? name switch
        {
            "topics" => TopicsEachWay(topics, topicsBack),
            "purpose" => terms.Purpose ?? terms.GapSentence ?? Say("purpose.text", terms.GapArea ?? Say("purpose.work")),
            _ => Say(_words.ContainsKey($"{name}.text") ? $"{name}.text" : "other.text"),
        });

    /// <summary>In the programme's own words, and then in the pair's.</summary>
    public Clause ForProject(string project) => new("project", Say("project.title"), Say("project.text", project));

    public string Confidentiality(CharterTerms terms) => OfProgramme("confidentiality", terms) ?? Say("confidentiality.text");

    public Goals GoalsFor(IReadOnlyList<string> topics, IReadOnlyList<string>? topicsBack) => new(
        new Goal(topicsBack is null ? Say("goals.mentor") : Say("goals.mentor-both-ways", Listed(topicsBack, "goals.mentee-knows"))),
        new Goal(Say("goals.mentee", Listed(topics, "goals.mentor-knows"))));

    /// <summary>What a pair might talk about: the programme's own first, then a line on each topic each way, then what suits the occasion.</summary>
    public IReadOnlyList<string> Starters(Partnership pair, ProgrammeTerms terms, bool first, bool closing)
    {
        var occasion = first ? "first" : closing ? "closing" : "always";
        return
        [
            .. terms.AgendaStarters ?? [],
            .. pair.Topics.Select(topic => Say("agenda.topic", topic)),
            .. (pair.TopicsBack ?? []).Select(topic => Say("agenda.topic-back", topic)),
            Say($"agenda.{occasion}.1"),
            Say($"agenda.{occasion}.2"),
        ];
    }

    private string Title(string name) => _words.TryGetValue($"{name}.title", out var title)
        ? title
        : string.Concat(name[..1].ToUpperInvariant(), name[1..].Replace('-', ' '));

    /// <summary>The programme's own words win even where it has none in the language of the two: what it wants settled is not to be lost for that.</summary>
    private string? OfProgramme(string name, CharterTerms terms)
    {
        if (terms.Wording?.GetValueOrDefault(name) is not { Count: > 0 } given)
            return null;
        return given.GetValueOrDefault(_language)
            ?? given.GetValueOrDefault(terms.Language ?? English)
            ?? given.GetValueOrDefault(English)
            ?? given.OrderBy(words => words.Key, StringComparer.Ordinal).First().Value;
    }

    private string TopicsEachWay(IReadOnlyList<string> topics, IReadOnlyList<string>? topicsBack) =>
        topicsBack is not null ? Say("topics.both-ways", Listed(topics, "topics.close-by"), Listed(topicsBack, "topics.close-by"))
        : topics.Count == 0 ? Say("topics.always")
        : Say("topics.one-way", Listed(topics, "topics.close-by"), Say("topics.always"));

    private string Listed(IReadOnlyList<string> topics, string otherwise) => topics switch
    {
        [] => Say(otherwise),
        [var only] => only,
        _ => Say("list", string.Join(", ", topics.SkipLast(1)), topics[^1]),
    };

    private string Say(string key, params object[] values) => string.Format(CultureInfo.InvariantCulture, _words[key], values);

    private static List<string> Known(IReadOnlyList<string> tags) =>
        [.. tags.Select(tag => tag.Split('-')[0].ToLowerInvariant()).Where(All.ContainsKey).Distinct()];

    private static SuggestedWording Load(string language)
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream($"charter-wording/{language}")
            ?? throw new InvalidOperationException($"The wording in '{language}' is missing.");
        return new SuggestedWording(language, JsonSerializer.Deserialize<Dictionary<string, string>>(file)!);
    }
}
