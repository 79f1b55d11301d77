using System.Text.Json;
using Mentoring.Gateway.Tests.Platform;
using Mentoring.Testing;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Mentoring.Gateway.Tests.Passports;

public sealed class RotatingKeys : IAsyncLifetime
{
    private readonly GatewayFactory _gateway = GatewayFactory.Another();

    public ValueTask InitializeAsync() => _gateway.InitializeAsync();

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task A_key_is_published_first_signs_later_and_the_old_one_goes_without_a_restart_or_a_refusal()
    {
        var unit = TestUnit.New();
        using var client = _gateway.SignedIn(_gateway.Member(unit));
        Assert.Equal("first", await SigningKey(client, unit));

        // Fresh: published at once, so that services learn it, but not yet used.
        _gateway.AddKey("second", ago: TimeSpan.Zero);
        await Eventually.Holds(async () => Assert.Equal(["first", "second"], await PublishedKeys()));
        Assert.Equal("first", await SigningKey(client, unit));

        // Long enough there: it signs, and the services accept it.
        _gateway.AddKey("third", ago: TimeSpan.FromSeconds(61));
        await Eventually.Holds(async () => Assert.Equal("third", await SigningKey(client, unit)));

        _gateway.RemoveKey("first");
        await Eventually.Holds(async () => Assert.Equal(["second", "third"], await PublishedKeys()));
        Assert.Equal("third", await SigningKey(client, unit));
    }

    [Fact]
    public async Task An_emptied_folder_or_a_broken_file_stops_nobody()
    {
        var unit = TestUnit.New();
        using var client = _gateway.SignedIn(_gateway.Member(unit));
        _gateway.RemoveKey("first");
        _gateway.AddBrokenKey("broken");
        Assert.Equal("first", await SigningKey(client, unit));
        _gateway.AddKey("next", ago: TimeSpan.FromMinutes(2));
        await Eventually.Holds(async () => Assert.Equal("next", await SigningKey(client, unit)));
    }

    [Fact]
    public async Task Keys_are_published_without_their_private_parts_and_only_inside()
    {
        using var client = _gateway.Anonymous();
        var text = await client.GetStringAsync(new Uri("/.well-known/passport-keys", UriKind.Relative));
        Assert.DoesNotContain("\"d\"", text, StringComparison.Ordinal);

        client.DefaultRequestHeaders.TryAddWithoutValidation("X-Forwarded-For", "203.0.113.7");
        using var fromOutside = await client.GetAsync(new Uri("/.well-known/passport-keys", UriKind.Relative));
        await Refused.With(404, "not-found", fromOutside);
    }

    private static async Task<string> SigningKey(HttpClient client, TestUnit unit)
    {
        using var response = await client.GetAsync(unit.At("sessions/mine"));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        var told = await GatewayFactory.Read<Told>(response);
        return new JsonWebToken(told.Headers["authorization"]["Bearer ".Length..]).Kid;
    }

    private async Task<string[]> PublishedKeys()
    {
        using var client = _gateway.Anonymous();
        using var keys = JsonDocument.Parse(await client.GetStringAsync(new Uri("/.well-known/passport-keys", UriKind.Relative)));
        return [.. keys.RootElement.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("kid").GetString()!).Order()];
    }
}
