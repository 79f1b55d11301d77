using System.Net;
using System.Text.RegularExpressions;
using Mentoring.Contracts.Participants;
using Mentoring.Participants.Preparation;

namespace Mentoring.Participants.Tests.Preparation;

public sealed partial class TheModules
{
    private static readonly string[] Languages = ["de", "en", "es", "fr"];

    public static TheoryData<string> All => [.. PreparationModules.NamesFor(Side.Mentor).Union(PreparationModules.NamesFor(Side.Mentee))];

    public static TheoryData<string, string> InEveryLanguage
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var name in PreparationModules.NamesFor(Side.Mentor).Union(PreparationModules.NamesFor(Side.Mentee)))
            {
                foreach (var language in PreparationModules.LanguagesOf(name))
                    data.Add(name, language);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Each_is_there_in_four_languages(string name) => Assert.Equal(Languages, PreparationModules.LanguagesOf(name));

    [Fact]
    public void All_that_a_programme_may_name_are_there() => Assert.Equal(
        ["being-mentored", "bias-and-sensitivities", "listening-and-feedback", "mentoring-someone-senior", "safety"],
        PreparationModules.NamesFor(Side.Mentor).Union(PreparationModules.NamesFor(Side.Mentee)).Order());

    [Theory]
    [MemberData(nameof(InEveryLanguage))]
    public void A_check_can_be_begun_in_one_language_and_passed_in_another(string name, string language)
    {
        var (english, other) = (PreparationModules.Find(name)!, PreparationModules.Find(name, [language])!);

        Assert.Equal(language, other.Language);
        Assert.Equal((english.Minutes, string.Join(',', english.Sides)), (other.Minutes, string.Join(',', other.Sides)));
        Assert.Equal(english.Check.Select(asked => (asked.Answer, asked.Options.Count)), other.Check.Select(asked => (asked.Answer, asked.Options.Count)));
        Assert.Equal(Parts(english.Html), Parts(other.Html));
        if (language != "en")
            Assert.NotEqual(english.Title, other.Title);
    }

    [Theory]
    [InlineData("it-IT,de-CH;q=0.8,en;q=0.5", "en", "de")]
    [InlineData("fr-FR,de-CH;q=0.8,en;q=0.5", "en", "fr")]
    [InlineData("it,es-MX;q=0.9", "en", "es")]
    [InlineData("de;q=0,it", "pl", "en")]
    [InlineData("fr;q=0,it", "es", "es")]
    [InlineData("", "de-AT", "de")]
    [InlineData("*", "de", "de")]
    public void The_reader_gets_the_first_language_there_is(string asked, string own, string read)
    {
        var request = new Microsoft.AspNetCore.Http.DefaultHttpContext().Request;
        request.Headers.AcceptLanguage = asked;

        Assert.Equal(read, PreparationModules.Find("safety", Reading.Wishes(request, [own]))!.Language);
    }

    [Fact]
    public void The_cards_are_the_same_in_every_language()
    {
        Assert.Equal(Languages, ConversationCards.Languages.Order());
        var english = ConversationCards.In("en");
        Assert.Equal(9, english.Count);
        foreach (var cards in Languages.Select(ConversationCards.In))
        {
            Assert.Equal(english.Select(card => Parts(card.Html)), cards.Select(card => Parts(card.Html)));
            Assert.All(cards, card => Assert.NotEmpty(card.Title));
        }
        Assert.Distinct(Languages.SelectMany(ConversationCards.In).Select(card => card.Title));
    }

    [Theory]
    [MemberData(nameof(InEveryLanguage))]
    public void Each_takes_about_as_long_in_every_language(string name, string language)
    {
        var english = Prose(PreparationModules.Find(name)!).Sum(words => words.Length);

        Assert.InRange(Prose(PreparationModules.Find(name, [language])!).Sum(words => words.Length), english * 0.8, english * 1.3);
    }

    [Fact]
    public void French_marks_stand_behind_no_break_spaces() => Assert.All(WrittenIn("fr"), words => Assert.DoesNotMatch(LooseFrenchMark(), words));

    [Fact]
    public void Spanish_marks_open_as_often_as_they_close() => Assert.All(WrittenIn("es"), words =>
    {
        foreach (var (opening, closing) in new[] { ('¿', '?'), ('¡', '!'), ('«', '»') })
            Assert.Equal(words.Count(opening.Equals), words.Count(closing.Equals));
    });

    [Theory]
    [MemberData(nameof(InEveryLanguage))]
    public void Each_has_a_text_and_a_check_that_can_be_passed(string name, string language)
    {
        var module = PreparationModules.Find(name, [language])!;

        Assert.NotEmpty(module.Title);
        Assert.InRange(module.Minutes, 5, 30);
        Assert.Contains("<h2", module.Html, StringComparison.Ordinal);
        Assert.InRange(module.Check.Count, 2, 6);
        Assert.All(module.Check, asked =>
        {
            Assert.InRange(asked.Answer, 0, asked.Options.Count - 1);
            Assert.NotEmpty(asked.Because);
        });
        Assert.Empty(module.Mistakes([.. module.Check.Select(asked => asked.Answer)]));
    }

    [Fact]
    public void A_seniors_takes_a_quarter_of_an_hour() => Assert.Equal(15, PreparationModules.Find("being-mentored")!.Minutes);

    [Fact]
    public void Wrong_and_missing_answers_are_named_with_why()
    {
        var module = PreparationModules.Find("safety")!;

        Assert.Equal([0, 2], module.Mistakes([0, module.Check[1].Answer]).Keys.Order());
    }

    [Fact]
    public void Raw_html_does_not_get_through()
    {
        var module = PreparationModules.Parse("x", "en", """
            ---
            title: X
            minutes: 5
            sides: [mentor]
            check: []
            ---
            <script>alert(1)</script> **bold** [link](https://example.org)
            """.ReplaceLineEndings("\n") + "\n");

        Assert.DoesNotContain("<script", module.Html, StringComparison.Ordinal);
        Assert.Contains("<strong>bold</strong>", module.Html, StringComparison.Ordinal);
    }

    /// <summary>How a text is built: its elements in their order, whatever they say.</summary>
    private static string Parts(string html) => string.Concat(Element().Matches(html).Select(element => element.Value));

    private static IEnumerable<string> WrittenIn(string language) =>
    [
        .. All.SelectMany(name => Prose(PreparationModules.Find(name.Data, [language])!)),
        .. ConversationCards.In(language).SelectMany(card => new[] { card.Title, Text(card.Html) }),
    ];

    private static IEnumerable<string> Prose(PreparationModule module) =>
        [module.Title, Text(module.Html), .. module.Check.SelectMany(asked => (string[])[asked.Question, .. asked.Options, asked.Because])];

    private static string Text(string html) => WebUtility.HtmlDecode(Tag().Replace(html, ""));

    [GeneratedRegex("<(h2|p|ul|ol|li|table|tr|t[hd]|blockquote)[ >]")]
    private static partial Regex Element();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"(?<!\u00A0)[;:!?»]|«(?!\u00A0)")]
    private static partial Regex LooseFrenchMark();
}
