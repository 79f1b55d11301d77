using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Mentoring.Contracts.Matching;
using Mentoring.Testing;

namespace Mentoring.Matching.Tests.Proposals;

public sealed class AskingForMore(MatchingFactory service)
{
    [Fact]
    public async Task Whoever_is_asked_learns_all_there_is_and_has_the_time_anew_once()
    {
        var stage = await Stage.Open(service);
        var ada = await stage.Mentor("Ada");
        await stage.Mentee("Eva");
        await stage.Propose();
        var id = (await stage.ProposalOf(ada)).Text("id");

        var full = await stage.As(ada).GetFromJsonAsync<JsonElement>(stage.Unit.At($"proposals/{id}"));
        Assert.Equal(("true", "60", "P6M"), (full.Text("moreTime"), full.Text("sessionMinutes"), full.Text("length")));
        Assert.Equal([Cast.Ai, Cast.Prompts], full.GetProperty("brings").EnumerateArray().Select(topic => topic.Text("topic")));
        Assert.Equal("Executives decide on tools they have never opened.", full.Text("gap"));
        Assert.Equal(["gap", "wishes", "reach", "time", "channel"], full.GetProperty("points").EnumerateArray().Select(points => points.Text("criterion")));

        using (var more = await Ask(stage, ada, id))
        {
            Assert.Equal(HttpStatusCode.OK, more.StatusCode);
            Assert.Equal("false", (await more.Content.ReadFromJsonAsync<JsonElement>()).Text("moreTime"));
        }
        // The question is not put again: the next anybody hears is the reminder, which names the day there is now.
        Assert.Single(service.Bus.All<MatchProposed>(stage.Unit));
        using (var again = await Ask(stage, ada, id)) await again.IsRefused(HttpStatusCode.Conflict, "more-was-asked");
        using var accepted = await stage.Accept(ada);
        Assert.Equal(HttpStatusCode.NoContent, accepted.StatusCode);
    }

    [Fact]
    public async Task The_senior_may_ask_for_more_as_well_and_the_junior_sees_no_difference()
    {
        var stage = await Stage.Open(service);
        var ada = await stage.Mentor("Ada");
        var eva = await stage.Mentee("Eva");
        await stage.Propose();
        var id = (await stage.ProposalOf(ada)).Text("id");
        using (var more = await Ask(stage, ada, id)) Assert.Equal(HttpStatusCode.OK, more.StatusCode);
        using (var early = await Ask(stage, eva, id)) await early.IsRefused(HttpStatusCode.NotFound, "not-found");
        using (var accepted = await stage.Accept(ada)) Assert.Equal(HttpStatusCode.NoContent, accepted.StatusCode);
        var before = (await stage.ProposalOf(ada)).GetRawText();
        using (var more = await Ask(stage, eva, id)) Assert.Equal(HttpStatusCode.OK, more.StatusCode);
        Assert.Equal(before, (await stage.ProposalOf(ada)).GetRawText());
        using var notAsked = await Ask(stage, ada, id);
        await notAsked.IsRefused(HttpStatusCode.Conflict, "proposal-not-open");
    }

    private static Task<HttpResponseMessage> Ask(Stage stage, Guid person, string? id) =>
        stage.As(person).PostAsJsonAsync(stage.Unit.At($"proposals/{id}/ask-for-more"), new { });
}
