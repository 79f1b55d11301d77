using System.Text.Json;
using Mentoring.Contracts.Participants;
using Mentoring.Scheduling.Partnerships;
using Mentoring.Scheduling.Programmes;
using Mentoring.ServiceDefaults;

namespace Mentoring.Scheduling.Tests.Partnerships;

public sealed class RevisingACharter
{
    private static readonly DateTimeOffset Now = new(2026, 1, 12, 9, 0, 0, TimeSpan.Zero);

    private static readonly CharterTerms Terms = new(
        "Broader perspectives.",
        "Executives decide on AI tools that they have never opened.",
        null,
        ["fluency (gap-self-rating): 2.1 → 3.5"],
        new Dictionary<string, string> { ["video"] = "P14D" },
        ["neutral", "video"],
        ["purpose", "gap", "not-to-be-shared", "something-new"]);

    [Fact]
    public void It_begins_complete_with_a_wording_for_every_clause_of_the_programme()
    {
        var charter = Prefilled(Terms, ["Prompt writing"]);

        Assert.Equal(Terms.Clauses, charter.Text.Clauses.Select(clause => clause.Name));
        Assert.All(charter.Text.Clauses, clause => Assert.NotEmpty(clause.Text));
        Assert.Equal("Something new", charter.Text.Clauses[3].Title);
        Assert.True(charter.NamesGap);
    }

    [Fact]
    public void Where_it_goes_both_ways_the_topics_of_each_stand_in_it()
    {
        var charter = Prefilled(Terms with { Clauses = ["topics"] }, ["Prompt writing", "Customer communities", "Frontline reality"], ["Strategy and finance"]);

        Assert.Equal(
            new Clause(
                "topics",
                "Topics each way",
                "The mentor brings Prompt writing, Customer communities and Frontline reality; the mentee brings Strategy and finance. "
                + "On each of these one of us knows and the other asks, and both ways count the same."),
            Assert.Single(charter.Text.Clauses));
        Assert.Equal("To understand Strategy and finance well enough to work with it.", charter.Text.Goals.Mentor.Text);
        Assert.StartsWith("To understand Prompt writing, Customer communities and Frontline reality", charter.Text.Goals.Mentee.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Prompt writing", "The mentor brings Prompt writing. Each of us brings something the other needs, and asks as much as tells.")]
    [InlineData(null, "Each of us brings something the other needs, and asks as much as tells.")]
    public void Where_it_goes_one_way_it_names_what_the_mentor_brings(string? topic, string text) =>
        Assert.Equal(text, Assert.Single(Prefilled(Terms with { Clauses = ["topics"] }, topic is null ? [] : [topic]).Text.Clauses).Text);

    [Fact]
    public void A_project_of_the_programme_stands_in_it_for_the_pair_to_settle()
    {
        var clause = Prefilled(Terms with { Project = "One page on what changed for our customers." }, []).Text.Clauses[^1];

        Assert.Equal(("project", "Project"), (clause.Name, clause.Title));
        Assert.StartsWith("One page on what changed for our customers. ", clause.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_signatures_make_it_signed()
    {
        var (once, _) = Prefilled(Terms, []).Sign(Side.Mentor, 1);
        var (twice, _) = once.Sign(Side.Mentee, 1);

        Assert.False(once.Signed);
        Assert.True(twice.Signed);
    }

    [Fact]
    public void A_change_of_substance_needs_both_again()
    {
        var revised = Signed().Revise(Signed().Text with { Confidentiality = "Nothing leaves the room." }, Side.Mentee, Now);

        Assert.Equal((2, false, false), (revised.Version, revised.SignedByMentor, revised.SignedByMentee));
    }

    [Fact]
    public void Rhythm_and_places_are_logistics_and_keep_both_signatures()
    {
        var revised = Signed().Revise(Signed().Text with { Places = ["off-site"], Cadence = new Dictionary<string, string> { ["video"] = "P30D" } }, Side.Mentee, Now);

        Assert.Equal((2, true), (revised.Version, revised.Signed));
    }

    [Fact]
    public void Nothing_different_is_no_new_version() =>
        Assert.Equal(1, Signed().Revise(Signed().Text with { Clauses = [.. Signed().Text.Clauses] }, Side.Mentee, Now).Version);

    [Fact]
    public void Another_version_than_the_current_cannot_be_signed() =>
        Assert.Equal(SigningRefusal.Stale, Signed().Revise(Signed().Text with { Gap = "Another." }, Side.Mentee, Now).Sign(Side.Mentor, 1).Refusal);

    [Fact]
    public void Where_the_programme_has_only_an_area_gap_and_measure_come_first()
    {
        var charter = Prefilled(Terms with { GapSentence = null, GapArea = "communication styles" }, []);

        Assert.Equal(SigningRefusal.GapMissing, charter.Sign(Side.Mentor, 1).Refusal);
        var gapOnly = charter.Revise(charter.Text with { Gap = "He interrupts; she does not know how to stop him." }, Side.Mentee, Now);
        Assert.Equal(SigningRefusal.GapMissing, gapOnly.Sign(Side.Mentor, 2).Refusal);
        var named = gapOnly.Revise(gapOnly.Text with { Measure = "Minutes each speaks in the weekly meeting." }, Side.Mentee, Now);
        Assert.Null(named.Sign(Side.Mentor, 3).Refusal);
    }

    [Fact]
    public void A_measure_of_ones_own_goal_is_substance()
    {
        var goals = Signed().Text.Goals;
        var revised = Signed().Revise(Signed().Text with { Goals = goals with { Mentor = goals.Mentor with { Measure = "I have spoken in two of their meetings." } } }, Side.Mentor, Now);

        Assert.Equal((2, false, false, Side.Mentor, Now), (revised.Version, revised.SignedByMentor, revised.SignedByMentee, revised.WrittenBy, revised.WrittenAt));
    }

    [Fact]
    public void Charters_stored_before_goals_had_measures_are_still_read()
    {
        var charter = StoredCharter.Read("""
            {"text": {"gap": "A gap.", "goals": {"mentee": "To decide.", "mentor": "To be heard."}, "places": ["video"], "cadence": {"video": "P14D"},
                      "clauses": [{"name": "gap", "text": "We work on it.", "title": "Gap"}], "measure": "fluency", "confidentiality": "It stays here."},
             "version": 3, "signedByMentee": true, "signedByMentor": false}
            """)!;

        Assert.Equal((3, false, true, null, null), (charter.Version, charter.SignedByMentor, charter.SignedByMentee, charter.WrittenBy, charter.WrittenAt));
        Assert.Equal(new Goals(new Goal("To be heard."), new Goal("To decide.")), charter.Text.Goals);
        Assert.Equal(charter.Text.Goals, StoredCharter.Read(JsonSerializer.Serialize(charter, Json.Options))!.Text.Goals);
    }

    private static Charter Prefilled(CharterTerms terms, IReadOnlyList<string> topics, IReadOnlyList<string>? topicsBack = null) =>
        Charter.Prefill(terms, SuggestedWording.In("en"), topics, topicsBack, Now);

    private static Charter Signed() => Prefilled(Terms, []).Sign(Side.Mentor, 1).Charter.Sign(Side.Mentee, 1).Charter;
}
