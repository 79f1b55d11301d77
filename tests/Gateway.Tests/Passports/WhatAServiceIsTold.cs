using System.Net.Http.Headers;
using System.Net.Http.Json;
using Mentoring.Gateway.Tests.Platform;
using Mentoring.Testing;

namespace Mentoring.Gateway.Tests.Passports;

public sealed class WhatAServiceIsTold(GatewayFactory gateway)
{
    [Fact]
    public async Task The_person_the_unit_and_the_roles_and_nothing_of_the_providers_token()
    {
        var unit = TestUnit.New();
        var person = Guid.CreateVersion7();
        var programme = Guid.CreateVersion7();
        var subject = $"manager-{Guid.CreateVersion7():N}";
        gateway.Admit(subject, unit, person, ["participant", "unit-admin"], (programme, "programme-manager"));

        var told = await Ask(gateway.SignedIn(subject), unit);

        Assert.Equal("mentoring-gateway", told.Claims["iss"]);
        Assert.Equal("scheduling", told.Claims["aud"]);
        Assert.Equal("person", told.Claims["kind"]);
        Assert.Equal(person.ToString(), told.Claims["sub"]);
        Assert.Equal(unit.Id.ToString(), told.Claims["unit"]);
        Assert.Equal(unit.Slug, told.Claims["slug"]);
        Assert.Equal("participant unit-admin", told.Claims["roles"]);
        Assert.Equal($"{programme}:programme-manager", told.Claims["proles"]);
        Assert.Equal(7, Guid.Parse(told.Claims["jti"]).Version);
        Assert.Equal(60, long.Parse(told.Claims["exp"]) - long.Parse(told.Claims["iat"]));
        Assert.DoesNotContain(subject, string.Join(' ', told.Headers.Values) + string.Join(' ', told.Claims.Values));
    }

    [Fact]
    public async Task Each_request_has_a_passport_of_its_own()
    {
        var unit = TestUnit.New();
        using var client = gateway.SignedIn(gateway.Member(unit));
        var first = await Ask(client, unit);
        var second = await Ask(client, unit);
        Assert.NotEqual(first.Claims["jti"], second.Claims["jti"]);
    }

    [Fact]
    public async Task Only_headers_that_services_read_come_through()
    {
        var unit = TestUnit.New();
        using var client = gateway.SignedIn(gateway.Member(unit));
        string[] forged =
        [
            "X-Unit", "X-Person", "X-Roles", "X-Passport", "X-Forwarded-For", "X-Forwarded-Host", "X-Original-URL", "X-HTTP-Method-Override", "Forwarded", "Cookie",
            "baggage", "Proxy-Authorization", "X-Anything",
        ];
        foreach (var header in forged) client.DefaultRequestHeaders.TryAddWithoutValidation(header, "forged");
        client.DefaultRequestHeaders.TryAddWithoutValidation("Idempotency-Key", "key-1");
        client.DefaultRequestHeaders.TryAddWithoutValidation("If-Match", "\"7\"");
        client.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Language", "de");

        var told = await Ask(client, unit);

        Assert.DoesNotContain("forged", told.Headers.Values);
        Assert.Equal("key-1", told.Headers["idempotency-key"]);
        Assert.Equal("\"7\"", told.Headers["if-match"]);
        Assert.Equal("de", told.Headers["accept-language"]);
        string[] expected = ["accept-language", "authorization", "host", "idempotency-key", "if-match", "traceparent"];
        Assert.Equal(expected, told.Headers.Keys.Order());
    }

    [Fact]
    public async Task The_trace_of_the_caller_goes_on()
    {
        var unit = TestUnit.New();
        using var client = gateway.SignedIn(gateway.Member(unit));
        const string trace = "0af7651916cd43dd8448eb211c80319c";
        client.DefaultRequestHeaders.TryAddWithoutValidation("traceparent", $"00-{trace}-b7ad6b7169203331-00");
        var told = await Ask(client, unit);
        // Of the same trace, and recorded although the caller asked for none.
        Assert.Matches($"^00-{trace}-[0-9a-f]{{16}}-01$", told.Headers["traceparent"]);
    }

    [Fact]
    public async Task A_service_takes_neither_the_providers_token_nor_another_services_passport()
    {
        var unit = TestUnit.New();
        var subject = gateway.Member(unit);
        var toldToScheduling = await Ask(gateway.SignedIn(subject), unit);
        var passport = toldToScheduling.Headers["authorization"]["Bearer ".Length..];

        Assert.Equal(200, await Directly("scheduling", passport, unit));
        Assert.Equal(401, await Directly("matching", passport, unit));
        Assert.Equal(401, await Directly("scheduling", gateway.Provider.Token(subject), unit));
        Assert.Equal(404, await Directly("scheduling", passport, TestUnit.New()));
    }

    [Fact]
    public async Task A_passport_sent_from_outside_is_no_token()
    {
        var unit = TestUnit.New();
        var told = await Ask(gateway.SignedIn(gateway.Member(unit)), unit);
        using var client = gateway.Bearing(told.Headers["authorization"]["Bearer ".Length..]);
        using var response = await client.GetAsync(unit.At("sessions/mine"));
        await Refused.With(401, "unauthenticated", response);
    }

    [Fact]
    public async Task What_is_meant_for_the_gateway_is_not_reached_through_it()
    {
        using var client = gateway.SignedIn("operator");
        using var memberships = await client.PostAsJsonAsync(new Uri("/gateway/memberships", UriKind.Relative), new { });
        await Refused.With(404, "not-found", memberships);
        using var inside = await client.GetAsync(new Uri("/inside", UriKind.Relative));
        await Refused.With(404, "not-found", inside);
    }

    private static async Task<Told> Ask(HttpClient client, TestUnit unit)
    {
        using var response = await client.GetAsync(unit.At("sessions/mine"));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await GatewayFactory.Read<Told>(response);
    }

    private async Task<int> Directly(string service, string token, TestUnit unit)
    {
        using var client = new HttpClient { BaseAddress = new Uri(gateway.Upstreams[service].Address) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await client.GetAsync(unit.At("sessions/mine"));
        return (int)response.StatusCode;
    }
}
