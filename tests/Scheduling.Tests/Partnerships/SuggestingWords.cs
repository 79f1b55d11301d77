using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Mentoring.Scheduling.Partnerships;
using Mentoring.Scheduling.Programmes;

namespace Mentoring.Scheduling.Tests.Partnerships;

public sealed class SuggestingWords
{
    private static readonly string[] EveryClause =
    [
        "purpose", "gap", "topics", "goals", "measure", "cadence", "places", "not-to-be-shared", "may-become-insight", "confidentiality", "sensitivities",
        "disagreement", "review",
    ];

    private static readonly CharterTerms Terms = new(
        null, null, "how customers use AI", [], new Dictionary<string, string> { ["video"] = "P14D" }, ["video"], EveryClause, "One page on what changed.");

    public static TheoryData<string> Languages => [.. SuggestedWording.Languages];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_clause_has_its_own_title_and_words_in_every_language(string language)
    {
        var (text, english) = (Prefilled(language), Prefilled("en"));

        Assert.Equal([.. EveryClause, "project"], text.Clauses.Select(clause => clause.Name));
        Assert.All(text.Clauses, clause => Assert.False(string.IsNullOrWhiteSpace(clause.Title) || string.IsNullOrWhiteSpace(clause.Text)));
        Assert.Equal(text.Clauses.Count, text.Clauses.Select(clause => clause.Title).Distinct().Count());
        Assert.Equal(text.Clauses.Count, text.Clauses.Select(clause => clause.Text).Distinct().Count());
        Assert.DoesNotContain(text.Clauses, clause => clause.Text.Contains('{', StringComparison.Ordinal));
        if (language != "en")
            Assert.DoesNotContain(text.Clauses.Zip(english.Clauses), pair => pair.First.Text == pair.Second.Text);
    }

    [Theory]
    [InlineData("en", "safety", "law", "safeguarding")]
    [InlineData("de", "Sicherheit", "Gesetz", "Vertrauenspersonen")]
    [InlineData("fr", "sécurité", "loi", "personnes de confiance")]
    [InlineData("es", "seguridad", "ley", "personas de confianza")]
    public void Confidentiality_names_its_limits(string language, params string[] words)
    {
        var text = Prefilled(language);

        Assert.All(words, word => Assert.Matches($@"\b{Regex.Escape(word)}", text.Confidentiality));
        Assert.Equal(text.Confidentiality, text.Clauses.Single(clause => clause.Name == "confidentiality").Text);
    }

    [Theory]
    [InlineData("sensitivities", "difficult to talk about", "assumption about the other that may be wrong")]
    [InlineData("disagreement", "to each other first", "no consequence")]
    [InlineData("may-become-insight", "What we both agree on", "insight")]
    [InlineData("not-to-be-shared", "Names", "not passed on")]
    [InlineData("places", "not in the senior's office", "freely")]
    [InlineData("goals", "each of us", "both count the same")]
    [InlineData("review", "Half-way", "without a reason")]
    public void What_the_agreement_of_a_pair_settles_is_said(string clause, params string[] words) =>
        Assert.All(words, word => Assert.Contains(word, Prefilled("en").Clauses.Single(one => one.Name == clause).Text, StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void What_the_mentor_brings_is_listed_as_the_language_does()
    {
        var clauses = new[] { "en", "de", "fr", "es" }.Select(language => Charter.Prefill(
            Terms with { Clauses = ["topics"] }, SuggestedWording.In(language), ["A {0}", "B", "C"], null, DateTimeOffset.UnixEpoch).Text.Clauses[0].Text);

        Assert.Equal(
            [
                "The mentor brings A {0}, B and C. Each of us brings something the other needs, and asks as much as tells.",
                "Das bringt die Mentorenseite mit: A {0}, B und C. Jede Seite bringt etwas mit, das die andere braucht, und fragt so viel, wie sie erzählt.",
                "Ce que le côté mentor apporte : A {0}, B et C. Chacun de nous apporte quelque chose dont l’autre a besoin, et pose autant de questions qu’il donne de réponses.",
                "La parte mentora aporta: A {0}, B, así como C. Cada uno aporta algo que el otro necesita, y pregunta tanto como cuenta.",
            ],
            clauses);
    }

    [Theory]
    [InlineData("de,en", "de-AT,en", null, "de")]
    [InlineData("en,de", "de,en", null, "en")]
    [InlineData("fr,de,en", "en,de,es", null, "de")]
    [InlineData("pl,de", "pl,fr", "es", "es")]
    [InlineData("pl", "pl", null, "en")]
    [InlineData("", "de", "de", "de")]
    [InlineData("de", "", null, "en")]
    [InlineData("DE", "de", "fr", "de")]
    public void It_speaks_what_both_speak_else_what_the_programme_does_else_english(string mentor, string mentee, string? programme, string expected) =>
        Assert.Equal(expected, SuggestedWording.LanguageOf(Split(mentor), Split(mentee), programme));

    [Fact]
    public void A_language_that_both_speak_is_always_found_and_never_one_that_only_one_of_them_does() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.SubListOf("en", "de", "fr", "es", "pl").ToArbitrary(),
        Gen.SubListOf("en", "de", "fr", "es", "it").ToArbitrary(),
        Gen.Elements("en", "de", "fr", "es", "pl").OrNull().ToArbitrary(),
        (mentor, mentee, programme) =>
        {
            var chosen = SuggestedWording.LanguageOf([.. mentor], [.. mentee], programme);
            return SuggestedWording.Languages.Contains(chosen)
                && (mentor.Intersect(mentee).Any() ? mentor.Contains(chosen) && mentee.Contains(chosen) : chosen == SuggestedWording.LanguageOf([], [], programme));
        }));

    [Theory]
    [InlineData("de", "Auf Deutsch.")]
    [InlineData("en", "In English.")]
    // There are none in French: the programme's language, which is German.
    [InlineData("fr", "Auf Deutsch.")]
    public void What_the_programme_words_itself_goes_before_the_platforms(string language, string expected)
    {
        var terms = Terms with
        {
            Language = "de",
            Wording = new Dictionary<string, IReadOnlyDictionary<string, string>>
            {
                ["disagreement"] = new Dictionary<string, string> { ["en"] = "In English.", ["de"] = "Auf Deutsch." },
                ["confidentiality"] = new Dictionary<string, string> { ["es"] = "En español." },
            },
        };
        var text = Charter.Prefill(terms, SuggestedWording.In(language), [], null, DateTimeOffset.UnixEpoch).Text;

        Assert.Equal(expected, text.Clauses.Single(clause => clause.Name == "disagreement").Text);
        Assert.Equal(("En español.", "En español."), (text.Clauses.Single(clause => clause.Name == "confidentiality").Text, text.Confidentiality));
        Assert.Equal(SuggestedWording.In(language).For("review", Terms, [], null), text.Clauses.Single(clause => clause.Name == "review"));
    }

    private static CharterText Prefilled(string language) => Charter.Prefill(Terms, SuggestedWording.In(language), [], null, DateTimeOffset.UnixEpoch).Text;

    private static string[] Split(string tags) => tags.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
