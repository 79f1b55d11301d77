using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mentoring.Contracts.Participants;
using Mentoring.Contracts.Scheduling;
using Mentoring.Testing;

namespace Mentoring.Scheduling.Tests.Partnerships;

public sealed class SigningACharter(SchedulingService service)
{
    [Fact]
    public async Task Prefilled_by_the_programme_it_can_be_signed_right_away_by_both()
    {
        var pair = await APair.Formed(service);

        await pair.Signs(pair.Mentor);
        Assert.True((await pair.Mentee.Json(pair.Own("/charter"))).GetProperty("signedByOther").GetBoolean());
        await pair.Signs(pair.Mentee);

        var fact = await service.Bus.Of<CharterSigned>(pair.Unit);
        Assert.Equal((pair.Id, 1), (fact.PartnershipId, fact.CharterVersion));
        Assert.Equal("active", (await pair.Mentor.Json(pair.Own())).Text("state"));
    }

    [Fact]
    public async Task Two_signatures_at_the_same_moment_both_count()
    {
        for (var round = 0; round < 5; round++)
        {
            var pair = await APair.Formed(service);

            await Task.WhenAll(pair.Signs(pair.Mentor), pair.Signs(pair.Mentee));

            await service.Bus.Of<CharterSigned>(pair.Unit);
            Assert.Single(service.Bus.All<CharterSigned>(pair.Unit));
        }
    }

    [Fact]
    public async Task What_it_says_is_for_the_two_alone_and_the_manager_sees_that_it_is_signed()
    {
        var pair = await APair.Active(service);

        await pair.Manager.FindsNothing(pair.Own("/charter"));
        await (await pair.Assistant()).FindsNothing(pair.Own("/charter"));
        await pair.Somebody.FindsNothing(pair.Own("/charter"));
        await pair.Somebody.FindsNothing(pair.Own());
        var seen = (await pair.Manager.Json(pair.Unit.At($"partnerships?programme={pair.Slug}"))).GetProperty("items")[0];
        Assert.True(seen.GetProperty("signed").GetBoolean());
        Assert.DoesNotContain("gap", seen.GetRawText(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task With_only_an_area_the_two_name_gap_and_measure_first()
    {
        var pair = await APair.Formed(service, gapSentence: null);
        await pair.Mentor.IsRefused(pair.Own("/charter/sign"), new { version = 1 }, 422, "gap-missing");

        using var edited = await Edit(pair, charter => (charter.gap, charter.measure) = ("What is not said in meetings.", "Objections raised a month."));

        Assert.Equal(HttpStatusCode.OK, edited.StatusCode);
        await pair.Mentor.IsRefused(pair.Own("/charter/sign"), new { version = 1 }, 409, "charter-stale");
        await pair.Signs(pair.Mentor);
        await pair.Signs(pair.Mentee);
        Assert.Equal(2, (await service.Bus.Of<CharterSigned>(pair.Unit)).CharterVersion);
    }

    [Fact]
    public async Task A_change_of_substance_after_one_signature_needs_both_again()
    {
        var pair = await APair.Formed(service);
        await pair.Signs(pair.Mentor);

        using var edited = await Edit(pair, charter => charter.confidentiality = "Nothing leaves the room.");

        var charter = await pair.Mentor.Json(pair.Own("/charter"));
        Assert.Equal((2, false), (charter.GetProperty("version").GetInt32(), charter.GetProperty("signedByMe").GetBoolean()));
    }

    [Fact]
    public async Task An_edit_names_the_version_it_was_made_from()
    {
        var pair = await APair.Formed(service);

        using var stale = await Edit(pair, charter => charter.gap = "Another.", "\"7\"");
        using var unseen = await Edit(pair, charter => charter.gap = "Another.", "");

        Assert.Equal((HttpStatusCode.PreconditionFailed, HttpStatusCode.PreconditionRequired), (stale.StatusCode, unseen.StatusCode));
    }

    [Fact]
    public async Task A_clause_of_the_programme_cannot_be_left_out()
    {
        var pair = await APair.Formed(service);

        using var edited = await Edit(pair, charter => charter.clauses = []);

        Assert.Equal(HttpStatusCode.BadRequest, edited.StatusCode);
    }

    [Theory]
    [InlineData("P7D", true)]
    [InlineData("P28D", true)]
    [InlineData("P6D", false)]
    [InlineData("P29D", false)]
    [InlineData("P1Y", false)]
    public async Task One_side_alone_cannot_take_the_rhythm_beyond_the_programmes_bounds(string period, bool accepted)
    {
        var pair = await APair.Active(service);
        foreach (var who in new[] { pair.Mentor, pair.Mentee })
        {
            using var edited = await pair.Edits(who, charter => charter["cadence"] = new JsonObject { ["video"] = period });

            Assert.Equal(accepted ? HttpStatusCode.OK : HttpStatusCode.UnprocessableEntity, edited.StatusCode);
            if (accepted)
                continue;
            var problem = await edited.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal("cadence-out-of-bounds", problem.Text("code"));
            Assert.Contains("every 7 to every 28 days", problem.Text("detail"), StringComparison.Ordinal);
            Assert.Equal("P14D", (await who.Json(pair.Own("/charter"))).GetProperty("cadence").Text("video"));
        }
    }

    [Fact]
    public async Task The_usual_channel_cannot_be_left_out_to_meet_rarely()
    {
        var pair = await APair.Active(service);

        using var edited = await pair.Edits(pair.Mentee, charter => charter["cadence"]!.AsObject().Remove("video"));

        Assert.Equal("cadence-out-of-bounds", (await edited.Content.ReadFromJsonAsync<JsonElement>()).Text("code"));
    }

    [Fact]
    public async Task A_rhythm_that_the_programme_has_left_behind_does_not_stand_in_the_way_of_other_words()
    {
        var pair = await APair.Active(service);
        var message = Guid.CreateVersion7();
        var slower = pair.Programme() with { Cadence = new Dictionary<string, string> { ["video"] = "P60D" } };
        await service.Publish(pair.Unit, new ProgrammeChanged(pair.ProgrammeId, 2, slower), message);
        await service.HasConsumed(message, "copy-terms-when-programme-changed");

        using var edited = await pair.Edits(pair.Mentee, charter => charter["places"] = new JsonArray("off-site"));

        Assert.Equal(HttpStatusCode.OK, edited.StatusCode);
    }

    private sealed class Draft
    {
#pragma warning disable IDE1006 // As they stand in the JSON.
        public JsonElement[] clauses { get; set; } = [];
        public string? gap { get; set; }
        public string? measure { get; set; }
        public JsonElement goals { get; set; }
        public JsonElement cadence { get; set; }
        public JsonElement places { get; set; }
        public string? confidentiality { get; set; }
#pragma warning restore IDE1006
    }

    private static async Task<HttpResponseMessage> Edit(APair pair, Action<Draft> change, string? etag = null)
    {
        var current = await pair.Mentee.Json(pair.Own("/charter"));
        var draft = current.Deserialize<Draft>()!;
        change(draft);
        using var request = new HttpRequestMessage(HttpMethod.Put, pair.Own("/charter")) { Content = JsonContent.Create(draft) };
        request.Headers.TryAddWithoutValidation("If-Match", etag ?? current.Text("etag"));
        return await pair.Mentee.SendAsync(request);
    }
}
