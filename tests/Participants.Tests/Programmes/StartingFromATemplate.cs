using Mentoring.Contracts.Participants;
using Mentoring.Participants.Programmes;
using Mentoring.Participants.Topics;

namespace Mentoring.Participants.Tests.Programmes;

public sealed class StartingFromATemplate
{
    /// <summary>What a file must add to those templates that leave something open on purpose.</summary>
    private static readonly Dictionary<string, string> s_leftOpen = new()
    {
        ["cbiz"] = """
            gap: { sentence: Leaders decide how offices work together; those who serve clients know where it gets stuck., topics: [collaboration-across-functions] }
            measures: [{ name: handovers, instrument: count, baseline: 9, target: 4 }]
            cadence: { video: P30D }
            """,
        ["procter-gamble-2024"] = "gap: { strategicPriority: ai-readiness }",
        ["estee-lauder-2015"] = "accountable: { emea: accountable@example.org }",
        ["skills-and-interests"] = """
            purpose: Everybody learns one thing a quarter.
            preparation: { mentor: [safety], mentee: [safety] }
            measures: [{ name: learned, instrument: self-rating, baseline: 1, target: 3 }]
            expansion: [{ gate: measure, name: learned, atLeast: 3 }]
            """,
    };

    public static TheoryData<string> Templates => [.. ProgrammeTemplates.Names];

    [Fact]
    public void All_eighteen_ship() => Assert.Equal(18, ProgrammeTemplates.Names.Count);

    [Theory]
    [MemberData(nameof(Templates))]
    public void Every_template_is_a_programme_once_it_has_a_sponsor(string template)
    {
        var reading = Read(template, s_leftOpen.GetValueOrDefault(template, ""));

        Assert.Empty(reading.Problems);
        Assert.Empty(reading.Settings!.Gap.Topics.Except(StarterCatalogue.Topics.Select(topic => topic.Slug)));
        Assert.Empty(WordingCheck.Of(reading.Settings));
    }

    [Theory]
    [InlineData("cbiz", "gap-missing")]
    [InlineData("cbiz", "measure-missing")]
    [InlineData("cbiz", "setting-missing")]
    [InlineData("procter-gamble-2024", "priority-missing")]
    [InlineData("estee-lauder-2015", "setting-missing")]
    [InlineData("skills-and-interests", "measure-missing")]
    [InlineData("skills-and-interests", "setting-missing")]
    public void What_a_template_leaves_open_must_be_named(string template, string code) =>
        Assert.Contains(Read(template, "").Problems, problem => problem.Code == code);

    [Fact]
    public void A_file_cannot_waive_what_its_template_requires() =>
        Assert.Contains(Read("procter-gamble-2024", "requires: []").Problems, problem => problem.Code == "priority-missing");

    [Theory]
    [InlineData("procter-gamble-2024", "cadence")]
    [InlineData("career-transition", "cadence")]
    [InlineData("citi-university", "cadence")]
    [InlineData("mastercard-seven-practices", "  - { gate: attested")]
    public void What_no_account_tells_is_marked_as_our_assumption(string template, string setting) =>
        Assert.Contains("# (a)", ProgrammeTemplates.Find(template)!.Split('\n').Single(line => line.StartsWith(setting, StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void Rules_of_their_own_are_only_data()
    {
        Assert.Equal(3, Read("general-electric-1999", "").Settings!.SameChainAtDistance);
        Assert.Equal(2, Read("british-airways-2023", "").Settings!.Mentees.Capacity);
        Assert.Equal(Side.Mentor, Read("citi-university", "").Settings!.Guests!.Side);
        Assert.Equal(["deciding-under-uncertainty", "strategy-and-finance"], Read("both-directions", "").Settings!.Gap.Down);
        Assert.Equal(Direction.Traditional, Read("career-transition", "").Settings!.Direction);
        Assert.Equal(new EnrolFirstSettings(Side.Mentee, 5), Read("cisco-executive-exchange", "").Settings!.EnrolFirst);
        Assert.Contains("different-department", Read("microsoft-2014", "").Settings!.HardRules);
        Assert.Contains("different-department", Read("mastercard-seven-practices", "").Settings!.HardRules);
        Assert.Equal("policy", Read("pwc-uk-2014", "").Settings!.Gates.Single(gate => gate.Name == "effect-count").Measure);
        Assert.Contains(Read("ground-rules", "").Settings!.Gates, gate => gate is { Name: "attested", Measure: "evaluation-passed" });
        Assert.Contains(Read("mastercard-seven-practices", "").Settings!.Gates, gate => gate is { Name: "attested", Measure: "alumni-nurture-new-mentors" });
    }

    private static FileReading Read(string template, string more) => ProgrammeFile.Read(
        $"template: {template}\nsponsor: sponsor@example.org\n{more}", json: false, ProgrammeTemplates.Find);
}
