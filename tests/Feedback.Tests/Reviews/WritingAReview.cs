using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Mentoring.Contracts.Feedback;
using Mentoring.Contracts.Matching;
using Mentoring.Contracts.Participants;
using Mentoring.Contracts.Scheduling;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Tests.Reviews;

public sealed class WritingAReview(FeedbackService feedback)
{
    private static async Task<JsonElement> Review(Cohort cohort)
    {
        using var manager = cohort.AsManager();
        var answer = await manager.PostAsJsonAsync(cohort.Unit.At("reviews"), new { programme = Cohort.Slug });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var written = await answer.Json();
        var read = await manager.GetFromJsonAsync<JsonElement>(answer.Headers.Location!);
        Assert.Equal(written.GetRawText(), read.GetRawText());
        return written;
    }

    [Fact]
    public async Task A_young_programme_is_red()
    {
        var cohort = await feedback.Running(pairs: 2);
        var review = await Review(cohort);
        Assert.False(review.GetProperty("green").GetBoolean());
        Assert.All(review.GetProperty("gates").EnumerateArray(), gate => Assert.False(gate.GetProperty("green").GetBoolean()));
        Assert.Equal(JsonValueKind.Null, review.GetProperty("figures").GetProperty("held").ValueKind);

        var published = await feedback.Bus.Of<ReviewPublished>(cohort.Unit);
        Assert.Equal((review.GetProperty("id").GetGuid(), false, 4), (published.ReviewId, published.Green, published.Gates.Count));
        Assert.Contains(published.Gates, gate => gate is { Gate: "measure:fluency", Green: false, Value: null });
        Assert.Equal("review-written", (await feedback.Bus.Of<Contracts.Audit.ActionAudited>(cohort.Unit)).Code);
    }

    [Fact]
    public async Task With_every_figure_good_enough_it_is_green()
    {
        var cohort = await feedback.Running(pairs: 5);
        var baseline = await cohort.OpenSurvey("baseline");
        foreach (var person in cohort.Mentors.Concat(cohort.Mentees))
            await cohort.Answer(person, baseline);
        var final = await cohort.OpenSurvey("final");
        foreach (var person in cohort.Mentors.Concat(cohort.Mentees))
            await cohort.Answer(person, final);
        feedback.Clock.Advance(TimeSpan.FromDays(3));
        foreach (var pair in cohort.Pairs)
            await cohort.Session(pair, feedback.Clock.GetUtcNow().AddHours(-1));
        var cancelled = Guid.CreateVersion7();
        var first = cohort.Pairs[0];
        await feedback.Publish(cohort.Unit, new SessionCancelled(
            cancelled, 2, first.Id, cohort.Programme, first.Mentor, first.Mentee, feedback.Clock.GetUtcNow().AddHours(-3), feedback.Clock.GetUtcNow().AddHours(-2),
            "video", null, 1, Side.Mentee, "clash"));
        await feedback.Publish(cohort.Unit, new MatchNotProceeding(Guid.CreateVersion7(), 1, cohort.Programme, []));
        await Eventually.Holds(async () =>
        {
            Assert.True(await feedback.In(cohort.Unit, db => db.Sessions.AnyAsync(session => session.Id == cancelled)));
            Assert.Equal(1, await feedback.In(cohort.Unit, db => db.LostProposals.CountAsync()));
        });
        var insight = await cohort.RaiseInsight(first.Mentor);
        await cohort.Assign(insight, cohort.Sponsor);
        using var sponsor = cohort.AsSponsor();
        await sponsor.PostAsJsonAsync(cohort.Unit.At($"insights/{insight}/answer"), new { answer = "done", text = "Done.", effect = "policy" });

        var review = await Review(cohort);
        Assert.True(review.GetProperty("green").GetBoolean(), review.GetRawText());
        var figures = review.GetProperty("figures");
        Assert.Equal((6, 5, 1, 0), (Int("planned"), Int("held"), Int("cancelledByMentee"), Int("cancelledByMentor")));
        Assert.Equal((0.833m, 3.0m), (figures.GetProperty("acceptance").GetDecimal(), figures.GetProperty("daysToFirstSession").GetDecimal()));
        Assert.Equal(1, figures.GetProperty("insights").GetProperty("effects").GetProperty("policy").GetInt32());
        Assert.Equal(5m, review.GetProperty("gates").EnumerateArray().Single(gate => gate.GetProperty("gate").GetString() == "measure:fluency").GetProperty("value").GetDecimal());

        int Int(string figure) => figures.GetProperty(figure).GetInt32();
    }

    [Fact]
    public async Task It_shows_what_the_programme_asks_it_to_show()
    {
        var cohort = await feedback.Running(pairs: 3);
        Assert.Equal(3, (await Review(cohort)).GetProperty("figures").GetProperty("pairs").GetInt32());
        await feedback.Publish(cohort.Unit, new ProgrammeChanged(
            cohort.Programme, 2, Facts.Programme(Cohort.Slug, cohort.Sponsor) with { Report = ["held"] }));
        await Eventually.Holds(async () => Assert.True(await feedback.In(cohort.Unit, db => db.Programmes.AnyAsync(p => p.Report != null))));

        var figures = (await Review(cohort)).GetProperty("figures");
        Assert.Equal((JsonValueKind.Null, 0), (figures.GetProperty("pairs").ValueKind, figures.GetProperty("held").GetInt32()));
    }

    [Fact]
    public async Task It_is_for_managers_to_write_and_for_sponsors_to_read()
    {
        var cohort = await feedback.Running(pairs: 1);
        var review = (await Review(cohort)).GetProperty("id").GetGuid();
        using var sponsor = cohort.AsSponsor();
        using var mentor = cohort.As(cohort.Pairs[0].Mentor);
        await (await sponsor.PostAsJsonAsync(cohort.Unit.At("reviews"), new { programme = Cohort.Slug })).Refused(HttpStatusCode.Forbidden, "role-missing");
        Assert.Equal(1, (await sponsor.GetFromJsonAsync<JsonElement>(cohort.Unit.At($"reviews?programme={Cohort.Slug}"))).GetProperty("items").GetArrayLength());
        await (await mentor.GetAsync(cohort.Unit.At($"reviews/{review}"))).Refused(HttpStatusCode.Forbidden, "role-missing");
        await (await sponsor.GetAsync(cohort.Unit.At($"reviews/{Guid.CreateVersion7()}"))).Refused(HttpStatusCode.NotFound, "not-found");
        var elsewhere = await feedback.Running(pairs: 1);
        using var foreigner = elsewhere.AsManager();
        await (await foreigner.GetAsync(elsewhere.Unit.At($"reviews/{review}"))).Refused(HttpStatusCode.NotFound, "not-found");
    }

    /// <summary>The gates of London Ambulance, and British Airways' of one side.</summary>
    [Fact]
    public async Task How_people_rate_the_organisation_is_asked_before_and_after_and_read_by_its_gate()
    {
        var cohort = await feedback.Running(
            pairs: 5,
            measures: [new Measure("communication-flow", "rating", null, 2.8m, 3.4m), new Measure("candour", "rating", Side.Mentor, 2.8m, 3.6m)],
            gates: [new Gate("measure", "communication-flow", 3.4m, NotBelowBaseline: true), new Gate("measure", "candour", 3.6m, NotBelowBaseline: false)]);
        using var mentee = cohort.As(cohort.Pairs[0].Mentee);
        await cohort.Survey("baseline", ("measure-communication-flow", 2), ("measure-candour", 3));
        Assert.False((await cohort.Gates())["measure:communication-flow"].GetProperty("green").GetBoolean());
        var final = await cohort.OpenSurvey("final");
        var asked = (await mentee.GetFromJsonAsync<JsonElement>(cohort.Unit.At("surveys/mine"))).GetProperty("items").EnumerateArray()
            .Single(survey => survey.GetProperty("id").GetGuid() == final).GetProperty("questions").EnumerateArray().Select(q => q.GetProperty("code").GetString()).ToList();
        Assert.Contains("measure-communication-flow", asked);
        Assert.DoesNotContain("measure-candour", asked);
        foreach (var person in cohort.Mentors.Concat(cohort.Mentees))
            await cohort.Answer(person, final, ("measure-communication-flow", 4), ("measure-candour", 3));

        var gates = await cohort.Gates();
        var flow = gates["measure:communication-flow"];
        Assert.Equal((true, 4m), (flow.GetProperty("green").GetBoolean(), flow.GetProperty("value").GetDecimal()));
        Assert.Contains("4, 3.4 needed, 2 at baseline", flow.GetProperty("words").GetString(), StringComparison.Ordinal);
        Assert.Equal((false, 3m), (gates["measure:candour"].GetProperty("green").GetBoolean(), gates["measure:candour"].GetProperty("value").GetDecimal()));
    }

    /// <summary>The measure of the governance gates.</summary>
    [Fact]
    public async Task What_leaders_predict_is_held_against_what_mentors_report_and_the_distance_is_to_shrink()
    {
        var cohort = await feedback.Running(
            pairs: 5,
            measures: [new Measure("perception-gap", "perception-gap", null, 1.5m, 0.8m)],
            gates: [new Gate("measure", "perception-gap", 0.8m, NotBelowBaseline: true, AtMost: 0.8m)]);
        await cohort.Survey("baseline", ("predicted-perception-gap", 6), ("reported-perception-gap", 3));
        await cohort.Survey("middle", ("predicted-perception-gap", 3), ("reported-perception-gap", 4));
        var gate = (await cohort.Gates())["measure:perception-gap"];
        Assert.Equal((false, 1m), (gate.GetProperty("green").GetBoolean(), gate.GetProperty("value").GetDecimal()));
        Assert.EndsWith("is 1, at most 0.8 allowed, 3 at baseline.", gate.GetProperty("words").GetString(), StringComparison.Ordinal);

        // One side alone shows no distance.
        var final = await cohort.OpenSurvey("final");
        foreach (var mentor in cohort.Mentors)
            await cohort.Answer(mentor, final, ("reported-perception-gap", 4));
        foreach (var mentee in cohort.Mentees.Take(4))
            await cohort.Answer(mentee, final, ("predicted-perception-gap", 4));
        Assert.True(Distance(await cohort.Results(final)).GetProperty("suppressed").GetBoolean());
        Assert.Equal(JsonValueKind.Null, (await cohort.Gates())["measure:perception-gap"].GetProperty("value").ValueKind);

        await cohort.Answer(cohort.Pairs[4].Mentee, final, ("predicted-perception-gap", 5));
        var shown = Distance(await cohort.Results(final));
        Assert.Equal((0.2m, 5), (shown.GetProperty("mean").GetDecimal(), shown.GetProperty("answered").GetInt32()));
        Assert.True((await cohort.Gates())["measure:perception-gap"].GetProperty("green").GetBoolean());
        using var manager = cohort.AsManager();
        var recorded = new { programme = Cohort.Slug, measure = "perception-gap", value = 0.1, asOf = "2026-01-12", source = "Guessed" };
        await (await manager.PostAsJsonAsync(cohort.Unit.At("figures"), recorded)).Refused(HttpStatusCode.UnprocessableEntity, "measure-is-surveyed");

        static JsonElement Distance(JsonElement results) =>
            results.GetProperty("questions").EnumerateArray().Single(row => row.GetProperty("code").GetString() == "measure-perception-gap");
    }

    [Fact]
    public async Task A_sponsor_attests_a_gate_in_writing()
    {
        var cohort = await feedback.Running(pairs: 1, gates: [new Gate("attested", "visible-action", null, NotBelowBaseline: false)]);
        Assert.False((await Review(cohort)).GetProperty("green").GetBoolean());
        using var sponsor = cohort.AsSponsor();
        var attestation = new { programme = Cohort.Slug, what = "visible-action", words = "Three rules were changed." };
        await (await sponsor.PostAsJsonAsync(cohort.Unit.At("reviews/attestations"), attestation with { what = "harmony" })).Refused(HttpStatusCode.BadRequest, "invalid");
        Assert.Equal(HttpStatusCode.Created, (await sponsor.PostAsJsonAsync(cohort.Unit.At("reviews/attestations"), attestation)).StatusCode);
        Assert.True((await Review(cohort)).GetProperty("green").GetBoolean());
    }
}
