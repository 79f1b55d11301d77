using System.Net.Http.Headers;
using System.Text.Json;
using Mentoring.Gateway.Limits;
using Mentoring.Gateway.Passports;
using Mentoring.Gateway.Routing;
using Mentoring.ServiceDefaults;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Mentoring.Gateway.SignOn;

/// <summary>Where a caller stands: what it may do, and how often still.</summary>
internal sealed record Standing(Membership Membership, Allowance? Allowance)
{
    public bool IsOperator => Membership.Operator;

    public UnitMembership? In(string unit) => Membership.Memberships.FirstOrDefault(membership => membership.Unit == unit);
}

/// <summary>
/// Memberships: asked of Participants, kept in Redis for 30 s, forgotten when one changes. Redis is shared by all gateways, so that the fact of a
/// change, which only one of them receives, takes effect in all.
/// </summary>
internal sealed class Memberships(
    Redis redis, IHttpClientFactory http, PassportIssuer passports, IMemoryCache inMemory, IOptions<GatewayOptions> options)
{
    /// <summary>The promise: a change works within this even if its fact is late.</summary>
    private const int KeepForMilliseconds = 30_000;

    // Whoever is nobody yet is about to be somebody: the fact that makes them a member knows no sign-on that it could evict.
    private const int KeepNobodyForMilliseconds = 3_000;
    private static readonly TimeSpan KeepInMemoryFor = TimeSpan.FromSeconds(3);
    private static readonly Membership None = new(false, []);

    private readonly LimitOptions _limits = options.Value.Limits;

    /// <summary>Membership and limits in one round trip; the membership from Participants when nobody asked for 30 s.</summary>
    /// <param name="login">Who.</param>
    /// <param name="unit">The slug of the unit asked for; null outside units.</param>
    /// <param name="ct">Ends the look-up.</param>
    public async Task<Standing> StandingOf(Login login, string? unit, CancellationToken ct)
    {
        var answer = await redis.Run(Scripts.Admit,
            [Key(login), $"limit:person:{login.Id:N}", $"limit:unit:{unit}"],
            [unit is null ? "" : $"\"unit\":{JsonSerializer.Serialize(unit)}", login.IsMachine ? _limits.ClientPerMinute : _limits.PersonPerMinute, _limits.UnitPerMinute]);

        // Redis is never the record of anything, so its outage must not stop anybody: without it nobody is limited, and memberships come from
        // Participants through a cache so short that no eviction is needed.
        if (answer is null) return new(await FromMemory(login, ct), null);

        var allowance = login.IsMachine ? Allowance.ReadClient(answer, _limits) : Allowance.ReadPerson(answer, _limits);
        if (allowance.IsSpent) return new(None, allowance);
        if (Parse(answer[0]) is { } known) return new(known, allowance);
        if (login.IsMachine && await TooManyLookUps() is { } tooMany) return new(None, tooMany);
        return new(await Fetch(login, ct), allowance);
    }

    /// <summary>A token of a machine client is signed by nobody, and so anybody can make up as many as they like, each of which has to be looked up.</summary>
    private async Task<Allowance?> TooManyLookUps()
    {
        var answer = await redis.Run(Scripts.AdmitLookUp, ["limit:look-ups"], [_limits.ClientLookUpsPerMinute]);
        return answer is not null && Allowance.ReadLookUp(answer, _limits) is { IsSpent: true } spent ? spent : null;
    }

    /// <summary>The membership alone, at no cost to the limits.</summary>
    public async Task<bool> IsMember(Login login, string unit, CancellationToken ct)
    {
        var answer = await redis.Run(Scripts.Look, [Key(login)], []);
        var membership = answer is null ? await FromMemory(login, ct) : Parse(answer[0]) ?? await Fetch(login, ct);
        return membership.IsIn(unit);
    }

    /// <summary>
    /// Forgets what is known of a sign-on, and for two seconds stores nothing of it: a look-up that began before the change cannot bring the old
    /// answer back.
    /// </summary>
    public Task Forget(string issuer, string subject) => redis.Must(Scripts.Forget, [Key(new(issuer, subject))], []);

    private static string Key(Login login) => $"membership:{login.Id:N}";

    private static Membership? Parse(byte[]? json) => json is { Length: > 1 } ? JsonSerializer.Deserialize(json, MembershipJson.Default.Membership) : null;

    private async Task<Membership> FromMemory(Login login, CancellationToken ct)
    {
        if (inMemory.TryGetValue(login.Id, out Membership? known)) return known!;
        var membership = await Ask(login, ct);
        return inMemory.Set(login.Id, membership, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = KeepInMemoryFor, Size = 1 });
    }

    private async Task<Membership> Fetch(Login login, CancellationToken ct)
    {
        var membership = await Ask(login, ct);
        var keepFor = membership is { Operator: false, Memberships.Count: 0, Client: null } ? KeepNobodyForMilliseconds : KeepForMilliseconds;
        await redis.Run(Scripts.Remember, [Key(login)], [JsonSerializer.SerializeToUtf8Bytes(membership, MembershipJson.Default.Membership), keepFor]);
        return membership;
    }

    private async Task<Membership> Ask(Login login, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://participants/gateway/memberships");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", passports.ForGateway(AddressBook.Participants));
        request.Options.Set(ServiceClients.Repeatable, true);
        request.Content = JsonContent.Create(
            new MembershipQuestion(login.Issuer, login.Subject, login.Email, login.EmailVerified, login.Name), MembershipJson.Default.MembershipQuestion);

        using var client = http.CreateClient(AddressBook.Participants);
        using var response = await client.SendAsync(request, ct);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync(MembershipJson.Default.Membership, ct) ?? None;
    }
}
