using System.Security.Cryptography;
using Mentoring.Gateway.Tests.Platform;
using Mentoring.Testing;

namespace Mentoring.Gateway.Tests.SignOn;

public sealed class SigningIn(GatewayFactory gateway)
{
    private static readonly Uri Me = new("/api/v1/me", UriKind.Relative);

    [Fact]
    public async Task Without_a_token_one_is_told_to_sign_in()
    {
        using var client = gateway.Anonymous();
        using var response = await client.GetAsync(Me);
        await Refused.With(401, "unauthenticated", response);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public async Task An_access_token_of_the_provider_signs_in()
    {
        using var client = gateway.SignedIn("somebody");
        using var response = await client.GetAsync(Me);
        var told = await GatewayFactory.Read<Told>(response);
        Assert.Equal(gateway.Provider.Issuer, told.Claims["login_iss"]);
        Assert.Equal("somebody", told.Claims["login_sub"]);
        Assert.Equal("somebody@nordlicht.example", told.Claims["email"]);
        Assert.Equal("a-session", told.Claims["ses"]);
        Assert.False(told.Claims.ContainsKey("unit"));
    }

    public static TheoryData<string> WrongTokens => new(
        "expired", "for another audience", "an ID token", "of another issuer", "signed by another key", "unsigned", "changed", "no token at all", "empty");

    [Theory]
    [MemberData(nameof(WrongTokens))]
    public async Task A_wrong_token_does_not(string wrong)
    {
        using var foreign = RSA.Create(2048);
        var right = gateway.Provider.Token("somebody");
        var parts = right.Split('.');
        var token = wrong switch
        {
            "expired" => gateway.Provider.Token("somebody", validFor: TimeSpan.FromMinutes(-1)),
            "for another audience" => gateway.Provider.Token("somebody", audience: "portal"),
            "an ID token" => gateway.Provider.Token("somebody", type: "JWT"),
            "of another issuer" => gateway.Provider.Token("somebody", issuer: "https://elsewhere.example"),
            "signed by another key" => gateway.Provider.Token("somebody", key: foreign),
            "unsigned" => $"{Base64("""{"alg":"none","typ":"at+jwt"}""")}.{parts[1]}.",
            "changed" => $"{parts[0]}.{Base64("""{"sub":"operator","aud":"mentoring-api"}""")}.{parts[2]}",
            "no token at all" => "not-a-token",
            "empty" => ".",
            _ => throw new ArgumentException(wrong),
        };
        using var client = gateway.Bearing(token);
        using var response = await client.GetAsync(Me);
        await Refused.With(401, "unauthenticated", response);
        Assert.NotEmpty(response.Headers.WwwAuthenticate);
    }

    [Fact]
    public async Task A_token_runs_out_on_time_though_it_was_valid_a_moment_ago()
    {
        using var client = gateway.Bearing(gateway.Provider.Token("somebody", validFor: TimeSpan.FromSeconds(2)));
        using (var before = await client.GetAsync(Me)) Assert.True(before.IsSuccessStatusCode);
        // Five seconds later than it says: by so much clocks may differ.
        await Eventually.Holds(async () =>
        {
            using var response = await client.GetAsync(Me);
            await Refused.With(401, "unauthenticated", response);
        });
    }

    [Fact]
    public async Task A_provider_that_does_not_answer_is_an_outage_and_not_the_tokens_fault()
    {
        await using var alone = GatewayFactory.Another();
        await alone.InitializeAsync();
        await alone.Provider.Stop();
        using var client = alone.SignedIn("somebody");
        using var response = await client.GetAsync(Me);
        await Refused.With(503, "service-unavailable", response);
    }

    [Fact]
    public async Task Members_are_looked_up_once_in_half_a_minute()
    {
        var unit = TestUnit.New();
        var subject = gateway.Member(unit);
        using var client = gateway.SignedIn(subject);
        for (var i = 0; i < 5; i++)
        {
            using var response = await client.GetAsync(unit.At("sessions/mine"));
            Assert.True(response.IsSuccessStatusCode);
        }

        Assert.Equal(1, gateway.Participants.Asked[subject]);
    }

    [Fact]
    public async Task Who_loses_the_membership_is_out_as_soon_as_the_fact_arrives()
    {
        var unit = TestUnit.New();
        var subject = gateway.Member(unit);
        using var client = gateway.SignedIn(subject);
        using (var before = await client.GetAsync(unit.At("sessions/mine"))) Assert.True(before.IsSuccessStatusCode);

        gateway.Participants.Members.TryRemove(subject, out _);
        using (var stillCached = await client.GetAsync(unit.At("sessions/mine"))) Assert.True(stillCached.IsSuccessStatusCode);

        await gateway.TellThatMembershipChanged(subject);
        await Eventually.Holds(async () =>
        {
            using var after = await client.GetAsync(unit.At("sessions/mine"));
            await Refused.With(404, "not-found", after);
        }, TimeSpan.FromSeconds(10));
    }

    private static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
