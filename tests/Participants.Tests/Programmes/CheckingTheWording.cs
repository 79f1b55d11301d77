using Mentoring.Participants.Programmes;

namespace Mentoring.Participants.Tests.Programmes;

public sealed class CheckingTheWording
{
    [Theory]
    [InlineData("Bring our executives up to speed on AI", "en")]
    [InlineData("Get them up to date", "en")]
    [InlineData("Leaders are out of touch with customers", "en")]
    [InlineData("Fix our senior leaders", "en")]
    [InlineData("Close the gap between generations", "en")]
    [InlineData("Learn from the younger generation", "en")]
    [InlineData("Digital natives explain the web to boomers", "en")]
    [InlineData("Remedial lessons for old-fashioned managers", "en")]
    [InlineData("Die Führung auf den neuesten Stand bringen", "de")]
    [InlineData("Nachhilfe für den Vorstand", "de")]
    [InlineData("Von der jüngeren Generation lernen", "de")]
    [InlineData("Veraltete Denkweisen der Führungskräfte", "de")]
    public void Words_that_correct_people_are_flagged_with_a_suggestion(string text, string language)
    {
        var warnings = WordingCheck.Of("gap.sentence", text).ToArray();

        Assert.Contains(warnings, warning => warning.Language == language && warning.Suggestion.Length > 0);
    }

    [Theory]
    [InlineData("Next-generation consumers choose in other ways")]
    [InlineData("Executives decide on tools for text generation that teams use daily")]
    [InlineData("Lead generation and code generation at the desk")]
    [InlineData("The next generation of customers shops by phone")]
    [InlineData("Fixes closed within a month")]
    [InlineData("Executives decide on AI tools that frontline teams use daily and they have never opened.")]
    [InlineData("Die nächste Generation unserer Kunden kauft mobil")]
    [InlineData("Vorstände entscheiden über Werkzeuge, die Teams täglich nutzen")]
    public void Words_about_work_customers_and_techniques_pass(string text) => Assert.Empty(WordingCheck.Of("gap.sentence", text));

    [Fact]
    public void A_text_made_to_be_slow_is_answered_in_time()
    {
        var warnings = WordingCheck.Of("purpose", string.Concat(Enumerable.Repeat("bring a b c d ", 70))).ToArray();

        Assert.Empty(warnings);
    }
}
