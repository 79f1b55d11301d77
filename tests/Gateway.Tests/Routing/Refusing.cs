using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Mentoring.Gateway.Tests.Platform;
using Mentoring.Testing;

namespace Mentoring.Gateway.Tests.Routing;

public sealed class Refusing(GatewayFactory gateway)
{
    [Fact]
    public async Task A_foreign_unit_an_unknown_unit_and_a_missing_thing_look_the_same()
    {
        var mine = TestUnit.New();
        var foreign = TestUnit.New();
        gateway.Member(foreign);
        using var client = gateway.SignedIn(gateway.Member(mine));

        var missing = await Seen(client, mine.At("sessions/missing"));
        var notMine = await Seen(client, foreign.At("sessions/mine"));
        var unknown = await Seen(client, TestUnit.New().At("sessions/mine"));

        Assert.Equal(missing, notMine);
        Assert.Equal(missing, unknown);
        Assert.Contains("not-found", missing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_runs_the_platform_is_no_member_of_any_unit()
    {
        using var client = gateway.SignedIn("operator");
        using var response = await client.GetAsync(TestUnit.New().At("sessions/mine"));
        await Refused.With(404, "not-found", response);
    }

    [Fact]
    public async Task Operations_are_for_operators()
    {
        using var operating = gateway.SignedIn("operator");
        foreach (var service in GatewayFactory.AllServices)
        {
            using var response = await operating.GetAsync(new Uri($"/api/v1/operations/{service}/outbox", UriKind.Relative));
            var told = await GatewayFactory.Read<Told>(response);
            Assert.Equal("operator", told.Claims["roles"]);
            Assert.Equal(service, told.Claims["aud"]);
        }

        using var member = gateway.SignedIn(gateway.Member(TestUnit.New(), null, "unit-admin"));
        using var refused = await member.GetAsync(new Uri("/api/v1/operations/scheduling/outbox", UriKind.Relative));
        await Refused.With(403, "role-missing", refused);
        using var creating = await member.PostAsync(new Uri("/api/v1/units", UriKind.Relative), null);
        await Refused.With(403, "role-missing", creating);
    }

    [Theory]
    [InlineData("/api/v1/units/nordlicht/nonsense")]
    [InlineData("/api/v1/operations/gateway/outbox")]
    [InlineData("/api/v2/me")]
    [InlineData("/nothing/here")]
    public async Task An_address_of_nobody_is_not_found(string path)
    {
        using var client = gateway.SignedIn("somebody");
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
        await Refused.With(404, "not-found", response);
    }

    [Fact]
    public async Task A_body_may_be_a_mebibyte_and_an_import_many()
    {
        var unit = TestUnit.New();
        using var client = gateway.SignedIn(gateway.Member(unit));
        const int slightlyMore = 1024 * 1024 + 1024;
        const int threeMebibytes = 3 * 1024 * 1024;

        // Asked first, as otherwise the server closes while the client is still sending.
        using var announced = new HttpRequestMessage(HttpMethod.Post, unit.At("sessions")) { Content = Json(slightlyMore) };
        announced.Headers.ExpectContinue = true;
        using var large = await client.SendAsync(announced);
        await Refused.With(413, "too-large", large);

        // Without a length nobody can refuse before reading.
        using var chunked = new HttpRequestMessage(HttpMethod.Post, unit.At("sessions")) { Content = Json(slightlyMore) };
        chunked.Headers.TransferEncodingChunked = true;
        using var refused = await client.SendAsync(chunked);
        await Refused.With(413, "too-large", refused);

        using var import = await client.PostAsync(unit.At("people/imports"), Json(threeMebibytes));
        Assert.Equal(threeMebibytes, (await GatewayFactory.Read<JsonObject>(import))["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_service_that_is_away_is_said_to_be()
    {
        await using var alone = GatewayFactory.Another();
        await alone.InitializeAsync();
        var unit = TestUnit.New();
        using var client = alone.SignedIn(alone.Member(unit));
        using (var before = await client.GetAsync(unit.At("sessions/mine"))) Assert.True(before.IsSuccessStatusCode);

        await alone.Upstreams["scheduling"].Stop();
        using var response = await client.GetAsync(unit.At("sessions/mine"));
        await Refused.With(502, "service-unavailable", response);
        Assert.NotNull(response.Headers.RetryAfter);

        // And the health of all says so, while the gateway stays in rotation.
        using var health = await client.GetAsync(new Uri("/health", UriKind.Relative));
        Assert.True(health.IsSuccessStatusCode);
        var parts = (await GatewayFactory.Read<JsonObject>(health))["parts"]!.AsArray().ToDictionary(part => part!["name"]!.GetValue<string>(), part => part!["status"]!.GetValue<string>());
        Assert.Equal("degraded", parts["scheduling"]);
        Assert.Equal("healthy", parts["matching"]);
        Assert.Equal("healthy", parts["redis"]);

        await alone.Upstreams["participants"].Stop();
        using var stranger = alone.SignedIn("never-seen");
        using var nobodyKnows = await stranger.GetAsync(unit.At("sessions/mine"));
        await Refused.With(503, "service-unavailable", nobodyKnows);
    }

    [Fact]
    public async Task Every_answer_tells_browsers_what_they_may_not_do()
    {
        using var client = gateway.Anonymous();
        foreach (var path in new[] { "/api/v1/me", "/nothing", "/openapi/v1.json", "/problems/not-found", "/health" })
        {
            using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
            Assert.Contains("frame-ancestors 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.False(response.Headers.Contains("Server"));
        }
    }

    // Everything a caller can see, apart from what differs between any two requests.
    private static async Task<string> Seen(HttpClient client, Uri address)
    {
        using var response = await client.GetAsync(address);
        var body = (await GatewayFactory.Read<JsonObject>(response));
        Assert.NotNull(body["traceId"]);
        body.Remove("traceId");
        string[] varying = ["Date", "RateLimit-Remaining", "RateLimit-Reset"];
        var headers = response.Headers.Concat(response.Content.Headers).Where(header => !varying.Contains(header.Key)).OrderBy(header => header.Key, StringComparer.Ordinal);
        return $"{(int)response.StatusCode}\n{string.Join('\n', headers.Select(header => $"{header.Key}: {string.Join(", ", header.Value)}"))}\n{body.ToJsonString()}";
    }

    private static ByteArrayContent Json(int bytes)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes($"\"{new string('x', bytes - 2)}\""));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }
}
