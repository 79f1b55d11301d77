using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Mentoring.Contracts.Participants;
using Mentoring.Testing;

namespace Mentoring.Matching.Tests.Runs;

public sealed class AskingWhatIf(MatchingFactory service)
{
    [Fact]
    public async Task Everything_in_the_way_of_a_run_is_told_at_once_and_nothing_is_started()
    {
        var stage = await Stage.Open(service, Cast.Programme(waves: [new("first", true, null, null, false, null), new("second", false, "first", 2, false, null)]));
        var validation = await Validate(stage, new { programme = "ai", wave = "second", policy = new { hard = new[] { "same-birthday" }, prefer = new { age = 10 } } });
        Assert.Equal("false", validation.Text("valid"));
        var obstacles = validation.GetProperty("obstacles").EnumerateArray().ToList();
        Assert.Equal(["wave-locked", "policy-unknown", "policy-unknown"], obstacles.Select(obstacle => obstacle.Text("code")));
        Assert.StartsWith("There is no criterion “age” here, and none sees an age or a protected characteristic.", obstacles[2].Text("words"));
        Assert.Empty((await stage.Manager.GetFromJsonAsync<JsonElement>(stage.Unit.At("matching-runs?programme=ai"))).GetProperty("items").EnumerateArray());
        // No nearer than a programme's file may ask for.
        using var near = await stage.Start(policy: new { sameChainAtDistance = 2 });
        await near.IsRefused(HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public async Task A_run_that_may_start_is_told_its_rules_and_whom_it_is_about()
    {
        var stage = await Stage.Open(service);
        await stage.Mentor("Ada");
        await stage.Mentee("Eva");
        await stage.Settled();
        var validation = await Validate(stage, new { programme = "ai", wave = "first" });
        Assert.Equal(("true", "100", "1", "1"), (validation.Text("valid"), validation.Text("mostPoints"), validation.Text("mentors"), validation.Text("mentees")));
        Assert.Equal(
            ["wave", "capacity", "direction", "authority", "topic-overlap", "common-language", "overlapping-hours"],
            validation.GetProperty("rules").EnumerateArray().Select(rule => rule.GetString()));
    }

    [Fact]
    public async Task Another_policy_is_compared_side_by_side_and_never_approved()
    {
        var stage = await Stage.Open(service);
        var ada = await stage.Mentor("Ada", Cast.Junior(Cast.Topic(Cast.Ai, 5)) with { Languages = ["fr"] });
        var ben = await stage.Mentor("Ben", Cast.Junior(Cast.Topic(Cast.Ai, 1)));
        await stage.Mentee("Eva");
        var max = await stage.Mentee("Max", Cast.Senior() with { Languages = ["fr"] });
        var asIs = await stage.Run();
        Assert.Equal("2", asIs.GetProperty("result").Text("pairs"));

        var stricter = await stage.Run(policy: new { hard = new[] { "topic-overlap", "common-language", "different-location" }, prefer = new { gap = 10 } });
        Assert.Equal(("solved", "true"), (stricter.Text("state"), stricter.Text("whatIf")));
        var looser = await stage.Run(bans: new[] { new { mentorId = ben, menteeId = max } }, policy: new { hard = new[] { "topic-overlap" } });

        using (var approved = await stage.Approve(looser))
            await approved.IsRefused(HttpStatusCode.UnprocessableEntity, "run-is-what-if");

        var comparison = await stage.Manager.GetFromJsonAsync<JsonElement>(stage.Unit.At($"matching-runs/{asIs.Text("id")}/compare/{looser.Text("id")}"));
        Assert.Equal(["hard"], comparison.GetProperty("policyDiffers").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(("2", "0", "0"), (comparison.Text("pairsInBoth"), comparison.Text("menteesOnlyHere"), comparison.Text("menteesOnlyThere")));

        var swapped = await stage.Run(locks: new[] { new { mentorId = ada, menteeId = max } }, bans: new[] { new { mentorId = ben, menteeId = await IdOf(stage, asIs, "Eva") } });
        comparison = await stage.Manager.GetFromJsonAsync<JsonElement>(stage.Unit.At($"matching-runs/{asIs.Text("id")}/compare/{swapped.Text("id")}"));
        Assert.Equal(("1", "1", "0"), (comparison.Text("pairsInBoth"), comparison.Text("menteesOnlyHere"), comparison.Text("menteesOnlyThere")));
        var difference = Assert.Single((await stage.Manager.GetFromJsonAsync<JsonElement>(
            stage.Unit.At($"matching-runs/{asIs.Text("id")}/compare/{swapped.Text("id")}/mentees"))).GetProperty("items").EnumerateArray());
        Assert.Equal("Eva", difference.GetProperty("mentee").Text("name"));
        Assert.Equal("Ben", Assert.Single(difference.GetProperty("here").EnumerateArray()).GetProperty("mentor").Text("name"));
        Assert.Empty(difference.GetProperty("there").EnumerateArray());
    }

    [Fact]
    public async Task A_later_run_gives_up_no_more_pairs_of_an_earlier_one_than_asked()
    {
        var stage = await Stage.Open(service);
        var ada = await stage.Mentor("Ada");
        var ben = await stage.Mentor("Ben", Cast.Junior(Cast.Topic(Cast.Ai, 1)));
        var eva = await stage.Mentee("Eva");
        var max = await stage.Mentee("Max", Cast.Senior(Cast.Topic(Cast.Ai, 1)));
        var first = await stage.Run(locks: new[] { new { mentorId = ben, menteeId = eva }, new { mentorId = ada, menteeId = max } });
        await stage.Mentor("Cem");

        var best = await stage.Run(basis: first.Text("id"));
        Assert.Equal(("2", "1"), (best.GetProperty("result").Text("incumbents"), best.GetProperty("result").Text("givenUp")));
        var calm = await stage.Run(basis: first.Text("id"), changes: 0);
        Assert.Equal(("2", "0"), (calm.GetProperty("result").Text("incumbents"), calm.GetProperty("result").Text("givenUp")));
        Assert.True(calm.GetProperty("result").GetProperty("bonusOfKept").GetInt32() > 0);
        Assert.True(calm.GetProperty("result").GetProperty("score").GetInt64() < best.GetProperty("result").GetProperty("score").GetInt64());

        using var unknown = await stage.Start(basis: Guid.CreateVersion7().ToString());
        await unknown.IsRefused(HttpStatusCode.UnprocessableEntity, "basis-unknown");
        using var from = await stage.Start(changes: 1);
        await from.IsRefused(HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public async Task Picked_pairs_pass_the_same_rules_and_become_proposals_like_any_other()
    {
        var stage = await Stage.Open(service);
        var ada = await stage.Mentor("Ada");
        await stage.Mentor("Ben");
        var eva = await stage.Mentee("Eva");
        await stage.Settled();
        using (var nobody = await stage.Start(mode: "manager-picked"))
            await nobody.IsRefused(HttpStatusCode.BadRequest, "invalid");
        var run = await stage.Run(mode: "manager-picked", locks: new[] { new { mentorId = ada, menteeId = eva } });
        Assert.Equal(("manager-picked", "1", "0"), (run.Text("mode"), run.GetProperty("result").Text("pairs"), run.GetProperty("result").Text("blockingPairs")));
        using var approved = await stage.Approve(run);
        Assert.Equal(HttpStatusCode.OK, approved.StatusCode);
        Assert.Equal("open", (await stage.ProposalOf(ada)).Text("state"));
    }

    [Fact]
    public async Task Both_directions_reach_the_pair_with_topics_each_way()
    {
        var programme = Cast.Programme(direction: Direction.Reciprocal);
        var stage = await Stage.Open(service, programme with { Gap = programme.Gap with { Up = [Cast.Ai, Cast.Prompts], Down = [Cast.Strategy] } });
        var ada = await stage.Mentor("Ada");
        var eva = await stage.Mentee("Eva");
        await stage.Propose();
        using (var first = await stage.Accept(ada)) Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        using (var second = await stage.Accept(eva)) Assert.Equal(HttpStatusCode.NoContent, second.StatusCode);

        var formed = await service.Bus.Of<Contracts.Matching.PairFormed>(stage.Unit);
        Assert.Equal([Cast.Ai, Cast.Prompts], formed.Topics.Select(topic => topic.Topic));
        Assert.Equal([Cast.Strategy], formed.TopicsBack!.Select(topic => topic.Topic));
    }

    private static async Task<Guid> IdOf(Stage stage, JsonElement run, string mentee) =>
        (await stage.Pairs(run)).EnumerateArray().Single(pair => pair.GetProperty("mentee").Text("name") == mentee).GetProperty("mentee").GetProperty("id").GetGuid();

    private static async Task<JsonElement> Validate(Stage stage, object request)
    {
        using var answer = await stage.Manager.PostAsJsonAsync(stage.Unit.At("matching-runs/validate"), request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
