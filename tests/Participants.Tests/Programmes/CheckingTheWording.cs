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
    [InlineData("Bring our C-suite up to speed", "en")]
    [InlineData("Bring the CEO, CFO and board up to speed", "en")]
    [InlineData("Bringing leaders who decide on AI tools up to speed", "en")]
    [InlineData("Our leaders need to get up-to-speed on AI", "en")]
    [InlineData("up-to-speed leaders", "en")]
    [InlineData("Out-of-touch executives", "en")]
    [InlineData("Out  of\ntouch", "en")]
    [InlineData("Fix how our board decides", "en")]
    [InlineData("Help the board catch up", "en")]
    [InlineData("Leaders catch up on AI", "en")]
    [InlineData("Learn from the younger generation what customers want", "en")]
    [InlineData("Millennials explain customers to leaders", "en")]
    [InlineData("Young employees explain the market", "en")]
    [InlineData("What Generation Z expects of work", "en")]
    [InlineData("Die Lücke zwischen den Generationen", "de")]
    [InlineData("Generationenlücke im Vertrieb", "de")]
    [InlineData("Generationsunterschiede überbrücken", "de")]
    [InlineData("Die Führung auf Stand bringen", "de")]
    [InlineData("Der Vorstand ist nicht auf dem neuesten Stand", "de")]
    [InlineData("Führungskräfte fit machen für KI", "de")]
    [InlineData("Wir machen unsere Führungskräfte fit", "de")]
    [InlineData("Führungskräfte, die Systeme kaufen, auf den neuesten Stand der Technik bringen", "de")]
    [InlineData("Jüngere Mitarbeitende erklären Kunden", "de")]
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
    [InlineData("Gen Z customers buy by phone")]
    [InlineData("How Gen Z shops")]
    [InlineData("What Generation Z customers expect")]
    [InlineData("Young people as customers")]
    [InlineData("jüngere Generation von Kunden")]
    [InlineData("Kunden der jungen Generation")]
    [InlineData("Fix the tools our people use")]
    [InlineData("Teams fix what customers report to the board")]
    [InlineData("Catch up once a month")]
    [InlineData("Mentor and mentee catch up with each other every month")]
    [InlineData("A monthly catch-up")]
    [InlineData("Get our systems up to date")]
    [InlineData("Products that are out of date are withdrawn")]
    [InlineData("Unsere Systeme auf den neuesten Stand bringen")]
    [InlineData("Unsere Produkte fit machen für den Export")]
    [InlineData("Die Zahlen von gestern sehen alle")]
    [InlineData("Executives fix prices; managers on the floor see what it does")]
    public void Words_about_work_customers_and_techniques_pass(string text) => Assert.Empty(WordingCheck.Of("gap.sentence", text));

    [Fact]
    public void One_word_is_flagged_once() =>
        Assert.Single(WordingCheck.Of("purpose", "Learn from the younger generation"));

    [Fact]
    public void A_text_made_to_be_slow_is_answered_in_time()
    {
        var warnings = WordingCheck.Of("purpose", string.Concat(Enumerable.Repeat("bring a b c d ", 70))).ToArray();

        Assert.Empty(warnings);
    }
}
