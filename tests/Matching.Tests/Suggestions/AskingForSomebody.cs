using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Mentoring.Contracts.Participants;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Tests.Suggestions;

public sealed class AskingForSomebody(MatchingFactory service)
{
    [Fact]
    public async Task Suggestions_are_those_with_whom_a_pair_breaks_no_rule_the_best_first()
    {
        var stage = await SelfChosen();
        await stage.Mentor("Ben", Cast.Junior(Cast.Topic(Cast.Ai, 1)));
        await stage.Mentor("Ada");
        await stage.Mentor("Guy", Cast.Junior() with { Languages = ["fr"] });
        await stage.Mentor("Zoe", prepared: false);
        var eva = await stage.Mentee("Eva");
        await stage.Settled();

        var suggestions = (await Suggestions(stage, eva, "mentee")).EnumerateArray().ToList();
        Assert.Equal(["Ada", "Ben"], suggestions.Select(one => one.Text("name")));
        Assert.Equal(["generative ai at work", "prompt writing"], suggestions[0].GetProperty("learns").EnumerateArray().Select(topic => topic.GetString()));
        // What people are told before they consent, and no more: no level, no interest, no hours, no grade.
        Assert.Equal(["id", "name", "title", "learns", "brings", "askedFor"], suggestions[0].EnumerateObject().Select(field => field.Name));
    }

    [Fact]
    public async Task A_run_weighs_what_people_asked_for_and_tells_of_two_who_wanted_one_another()
    {
        var stage = await SelfChosen();
        var ada = await stage.Mentor("Ada");
        var ben = await stage.Mentor("Ben", Cast.Junior(Cast.Topic(Cast.Ai, 1)));
        var eva = await stage.Mentee("Eva");
        var max = await stage.Mentee("Max", Cast.Senior(Cast.Topic(Cast.Prompts, 1)));
        await stage.Settled();
        await Wish(stage, eva, "mentee", ada, ben);
        await Wish(stage, ada, "mentor", eva);
        await Wish(stage, max, "mentee", ada);

        var run = await stage.Run();
        Assert.Equal(("self-chosen", "4", "1"), (run.Text("mode"), run.GetProperty("result").Text("wishes"), run.GetProperty("result").Text("blockingPairs")));
        // Two pairs are better than one, although Ada and Eva want one another most; that is not hidden.
        Assert.Equal(
            new HashSet<string> { "Ada Max", "Ben Eva" },
            (await stage.Pairs(run)).EnumerateArray().Select(pair => $"{pair.GetProperty("mentor").Text("name")} {pair.GetProperty("mentee").Text("name")}").ToHashSet());
        var blocking = Assert.Single((await stage.Manager.GetFromJsonAsync<JsonElement>(
            stage.Unit.At($"matching-runs/{run.Text("id")}/blocking-pairs"))).GetProperty("items").EnumerateArray());
        Assert.Equal(("Ada", "Eva"), (blocking.GetProperty("mentor").Text("name"), blocking.GetProperty("mentee").Text("name")));
    }

    [Fact]
    public async Task Nobody_is_told_that_somebody_asked_for_them()
    {
        var stage = await SelfChosen();
        var ada = await stage.Mentor("Ada");
        var eva = await stage.Mentee("Eva");
        await stage.Settled();
        var before = (await Suggestions(stage, ada, "mentor")).GetRawText();
        await Wish(stage, eva, "mentee", ada);
        Assert.Equal(before, (await Suggestions(stage, ada, "mentor")).GetRawText());
        Assert.Empty(await stage.ProposalsOf(ada));
        Assert.Equal("1", (await Suggestions(stage, eva, "mentee"))[0].Text("askedFor"));
    }

    [Fact]
    public async Task Whom_one_may_not_have_one_cannot_ask_for_and_no_rule_is_named()
    {
        var stage = await SelfChosen();
        var french = await stage.Mentor("Guy", Cast.Junior() with { Languages = ["fr"] });
        var eva = await stage.Mentee("Eva");
        await stage.Settled();
        foreach (var other in new[] { french, Guid.CreateVersion7() })
        {
            using var refused = await Post(stage, eva, "mentee", other);
            var problem = await refused.IsRefused(HttpStatusCode.UnprocessableEntity, "wish-forbidden");
            Assert.DoesNotContain("language", problem.GetRawText());
            Assert.Equal(other.ToString(), problem.GetProperty("errors").GetProperty("people")[0].GetString());
        }
        using var twice = await Post(stage, eva, "mentee", french, french);
        await twice.IsRefused(HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public async Task Wishes_are_replaced_and_taken_back_and_two_lists_at_once_leave_one_of_them()
    {
        var stage = await SelfChosen();
        var (ada, ben) = (await stage.Mentor("Ada"), await stage.Mentor("Ben"));
        var eva = await stage.Mentee("Eva");
        await stage.Settled();
        await Wish(stage, eva, "mentee", ada, ben);
        await Wish(stage, eva, "mentee", ben);
        Assert.Equal(["Ben"], await Names(stage, eva));

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Post(stage, eva, "mentee", i % 2 == 0 ? [ada, ben] : [ben])));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        var names = await Names(stage, eva);
        Assert.True(names is ["Ada", "Ben"] or ["Ben"], string.Join(' ', names));
        await Wish(stage, eva, "mentee");
        Assert.Empty(await Names(stage, eva));
    }

    [Fact]
    public async Task Whoever_withdraws_is_no_longer_asked_for()
    {
        var stage = await SelfChosen();
        var ada = await stage.Mentor("Ada");
        var eva = await stage.Mentee("Eva");
        await stage.Settled();
        await Wish(stage, eva, "mentee", ada);
        await stage.Withdraw(ada);
        await Eventually.Holds(async () => Assert.Equal(0, await service.In(stage.Unit, db => db.Wishes.CountAsync())));
    }

    [Fact]
    public async Task A_programme_that_finds_the_pairs_itself_takes_no_wishes()
    {
        var stage = await Stage.Open(service);
        var ada = await stage.Mentor("Ada");
        var eva = await stage.Mentee("Eva");
        await stage.Settled();
        using var refused = await Post(stage, eva, "mentee", ada);
        await refused.IsRefused(HttpStatusCode.UnprocessableEntity, "not-self-chosen");
        using var stranger = await Post(stage, Guid.CreateVersion7(), "mentee", ada);
        await stranger.IsRefused(HttpStatusCode.NotFound, "not-found");
    }

    private Task<Stage> SelfChosen() => Stage.Open(service, Cast.Programme(mode: MatchingMode.SelfChosen));

    private static async Task<JsonElement> Suggestions(Stage stage, Guid person, string side) =>
        (await stage.As(person).GetFromJsonAsync<JsonElement>(stage.Unit.At($"proposals/suggestions?programme=ai&side={side}"))).GetProperty("items");

    private static async Task<string[]> Names(Stage stage, Guid person) =>
        [.. (await stage.As(person).GetFromJsonAsync<JsonElement>(stage.Unit.At("proposals/wishes?programme=ai&side=mentee")))
            .GetProperty("people").EnumerateArray().Select(one => one.Text("name")!)];

    private static Task<HttpResponseMessage> Post(Stage stage, Guid person, string side, params Guid[] people) =>
        stage.As(person).PostAsJsonAsync(stage.Unit.At("proposals/wishes"), new { programme = "ai", side, people });

    private static async Task Wish(Stage stage, Guid person, string side, params Guid[] people)
    {
        using var answer = await Post(stage, person, side, people);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
