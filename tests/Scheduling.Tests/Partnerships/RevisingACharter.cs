using Mentoring.Contracts.Participants;
using Mentoring.Scheduling.Partnerships;
using Mentoring.Scheduling.Programmes;

namespace Mentoring.Scheduling.Tests.Partnerships;

public sealed class RevisingACharter
{
    private static readonly CharterTerms Terms = new(
        "Broader perspectives.",
        "Executives decide on AI tools that they have never opened.",
        null,
        ["fluency (gap-self-rating), from 2.1 to 3.5"],
        new Dictionary<string, string> { ["video"] = "P14D" },
        ["neutral", "video"],
        ["purpose", "gap", "not-to-be-shared", "something-new"]);

    [Fact]
    public void It_begins_complete_with_a_wording_for_every_clause_of_the_programme()
    {
        var charter = Charter.Prefill(Terms, ["Prompt writing"]);

        Assert.Equal(Terms.Clauses, charter.Text.Clauses.Select(clause => clause.Name));
        Assert.All(charter.Text.Clauses, clause => Assert.NotEmpty(clause.Text));
        Assert.Equal("Something new", charter.Text.Clauses[3].Title);
        Assert.True(charter.NamesGap);
    }

    [Fact]
    public void Where_it_goes_both_ways_the_topics_of_each_stand_in_it()
    {
        var charter = Charter.Prefill(Terms with { Clauses = ["topics"] }, ["Prompt writing", "Customer communities", "Frontline reality"], ["Strategy and finance"]);

        Assert.Equal(
            new Clause(
                "topics",
                "Topics each way",
                "The mentor brings Prompt writing, Customer communities and Frontline reality; the mentee brings Strategy and finance. "
                + "On each of these one of us knows and the other asks, and both ways count the same."),
            Assert.Single(charter.Text.Clauses));
        Assert.Equal("To understand Strategy and finance well enough to work with it.", charter.Text.Goals.Mentor);
        Assert.StartsWith("To understand Prompt writing, Customer communities and Frontline reality", charter.Text.Goals.Mentee, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Prompt writing", "The mentor brings Prompt writing. Each of us brings something the other needs, and asks as much as tells.")]
    [InlineData(null, "Each of us brings something the other needs, and asks as much as tells.")]
    public void Where_it_goes_one_way_it_names_what_the_mentor_brings(string? topic, string text) =>
        Assert.Equal(text, Assert.Single(Charter.Prefill(Terms with { Clauses = ["topics"] }, topic is null ? [] : [topic]).Text.Clauses).Text);

    [Fact]
    public void A_project_of_the_programme_stands_in_it_for_the_pair_to_settle()
    {
        var clause = Charter.Prefill(Terms with { Project = "One page on what changed for our customers." }, []).Text.Clauses[^1];

        Assert.Equal(("project", "Project"), (clause.Name, clause.Title));
        Assert.StartsWith("One page on what changed for our customers. ", clause.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_signatures_make_it_signed()
    {
        var (once, _) = Charter.Prefill(Terms, []).Sign(Side.Mentor, 1);
        var (twice, _) = once.Sign(Side.Mentee, 1);

        Assert.False(once.Signed);
        Assert.True(twice.Signed);
    }

    [Fact]
    public void A_change_of_substance_needs_both_again()
    {
        var revised = Signed().Revise(Signed().Text with { Confidentiality = "Nothing leaves the room." });

        Assert.Equal((2, false, false), (revised.Version, revised.SignedByMentor, revised.SignedByMentee));
    }

    [Fact]
    public void Rhythm_and_places_are_logistics_and_keep_both_signatures()
    {
        var revised = Signed().Revise(Signed().Text with { Places = ["off-site"], Cadence = new Dictionary<string, string> { ["video"] = "P30D" } });

        Assert.Equal((2, true), (revised.Version, revised.Signed));
    }

    [Fact]
    public void Nothing_different_is_no_new_version() =>
        Assert.Equal(1, Signed().Revise(Signed().Text with { Clauses = [.. Signed().Text.Clauses] }).Version);

    [Fact]
    public void Another_version_than_the_current_cannot_be_signed() =>
        Assert.Equal(SigningRefusal.Stale, Signed().Revise(Signed().Text with { Gap = "Another." }).Sign(Side.Mentor, 1).Refusal);

    [Fact]
    public void Where_the_programme_has_only_an_area_gap_and_measure_come_first()
    {
        var charter = Charter.Prefill(Terms with { GapSentence = null, GapArea = "communication styles" }, []);

        Assert.Equal(SigningRefusal.GapMissing, charter.Sign(Side.Mentor, 1).Refusal);
        var gapOnly = charter.Revise(charter.Text with { Gap = "He interrupts; she does not know how to stop him." });
        Assert.Equal(SigningRefusal.GapMissing, gapOnly.Sign(Side.Mentor, 2).Refusal);
        var named = gapOnly.Revise(gapOnly.Text with { Measure = "Minutes each speaks in the weekly meeting." });
        Assert.Null(named.Sign(Side.Mentor, 3).Refusal);
    }

    private static Charter Signed() => Charter.Prefill(Terms, []).Sign(Side.Mentor, 1).Charter.Sign(Side.Mentee, 1).Charter;
}
