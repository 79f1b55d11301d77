using Mentoring.Contracts.Participants;
using Mentoring.Participants.Preparation;

namespace Mentoring.Participants.Tests.Preparation;

public sealed class TheModules
{
    public static TheoryData<string> All => [.. PreparationModules.NamesFor(Side.Mentor).Union(PreparationModules.NamesFor(Side.Mentee))];

    [Theory]
    [MemberData(nameof(All))]
    public void Each_has_a_text_and_a_check_that_can_be_passed(string name)
    {
        var module = PreparationModules.Find(name)!;

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
        var module = PreparationModules.Parse("x", """
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
}
