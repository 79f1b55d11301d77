using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Mentoring.Contracts.Participants;
using Mentoring.Testing;

namespace Mentoring.Matching.Tests.Pool;

public sealed class ExportingMyData(MatchingFactory service)
{
    [Fact]
    public async Task Ones_part_and_the_proposals_one_was_asked_about_are_in_one_file()
    {
        var stage = await Stage.Open(service);
        var boss = Guid.CreateVersion7();
        var ada = await stage.Mentor("Ada", chain: boss);
        var eva = await stage.Mentee("Eva");
        await stage.Propose();

        using var answer = await stage.As(ada).GetAsync(stage.Unit.At("pairs/mine/export"));

        Assert.Equal(("matching.json", true), (answer.Content.Headers.ContentDisposition?.FileName?.Trim('"'), answer.Headers.CacheControl?.NoStore));
        var export = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(("matching", ada.ToString()), (export.Text("service"), export.Text("personId")));
        var data = export.GetProperty("data");
        Assert.Equal(("Ada", boss.ToString()), (data.Text("name"), Assert.Single(data.GetProperty("chain").EnumerateArray()).GetString()));
        var part = Assert.Single(data.GetProperty("parts").EnumerateArray());
        Assert.Equal(("mentor", stage.ProgrammeId.ToString()), (part.Text("side"), part.Text("programmeId")));
        Assert.Equal(JsonValueKind.Object, part.GetProperty("snapshot").ValueKind);
        Assert.Equal("open", Assert.Single(data.GetProperty("proposals").EnumerateArray()).Text("state"));
        // The senior has not been asked yet.
        Assert.Empty((await Export(stage, eva)).GetProperty("proposals").EnumerateArray());
    }

    [Fact]
    public async Task A_pair_is_in_both_files_and_stays_there_once_it_has_ended()
    {
        var stage = await Stage.Open(service);
        var ada = await stage.Mentor("Ada");
        var eva = await stage.Mentee("Eva");
        await stage.Propose();
        foreach (var person in new[] { ada, eva })
        {
            using var accepted = await stage.Accept(person);
            Assert.Equal(HttpStatusCode.NoContent, accepted.StatusCode);
        }
        Assert.Equal(JsonValueKind.Null, (await OnlyPair(stage, eva)).GetProperty("endedAt").ValueKind);

        await stage.Withdraw(eva);

        await Eventually.Holds(async () => Assert.Equal(JsonValueKind.String, (await OnlyPair(stage, ada)).GetProperty("endedAt").ValueKind));
    }

    [Fact]
    public async Task A_decline_by_the_other_reads_as_everywhere_else()
    {
        var stage = await Stage.Open(service);
        var ada = await stage.Mentor("Ada");
        var eva = await stage.Mentee("Eva");
        await stage.Propose();
        using (var accepted = await stage.Accept(ada)) Assert.Equal(HttpStatusCode.NoContent, accepted.StatusCode);
        var before = (await Export(stage, ada)).GetProperty("proposals").GetRawText();

        using (var declined = await stage.Decline(eva)) Assert.Equal(HttpStatusCode.NoContent, declined.StatusCode);

        Assert.Equal(before, (await Export(stage, ada)).GetProperty("proposals").GetRawText());
        await stage.Morning();
        Assert.Equal("not-proceeding", (await Export(stage, ada)).GetProperty("proposals")[0].Text("state"));
        Assert.DoesNotContain("declin", (await Export(stage, ada)).GetRawText(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Whom_one_asked_for_is_in_it_and_who_asked_for_one_is_not()
    {
        var stage = await Stage.Open(service, Cast.Programme(mode: MatchingMode.SelfChosen));
        var ada = await stage.Mentor("Ada");
        var eva = await stage.Mentee("Eva");
        await stage.Settled();
        using var wished = await stage.As(eva).PostAsJsonAsync(stage.Unit.At("proposals/wishes"), new { programme = "ai", side = "mentee", people = new[] { ada } });
        Assert.Equal(HttpStatusCode.OK, wished.StatusCode);

        Assert.Equal(ada.ToString(), Assert.Single((await Export(stage, eva)).GetProperty("wishes").EnumerateArray()).Text("personId"));
        Assert.DoesNotContain(eva.ToString(), (await Export(stage, ada)).GetRawText(), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> Export(Stage stage, Guid person) =>
        (await stage.As(person).GetFromJsonAsync<JsonElement>(stage.Unit.At("pairs/mine/export"))).GetProperty("data");

    private static async Task<JsonElement> OnlyPair(Stage stage, Guid person) =>
        Assert.Single((await Export(stage, person)).GetProperty("pairs").EnumerateArray());
}
