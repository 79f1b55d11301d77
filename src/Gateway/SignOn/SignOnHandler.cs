using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Mentoring.Gateway.SignOn;

/// <summary>
/// Chooses the scheme of the token's issuer, and remembers for a minute that a token was found valid: a page sends the same one with each of its
/// requests, and checking a signature costs more than all the rest of passing the request on. A token that runs out is refused on time all the
/// same; a signing key that the provider takes back, up to a minute later. The token of a machine client is no provider's, and none gets to see it.
/// </summary>
internal sealed class SignOnHandler(
    IOptionsMonitor<SignOnOptions> options, ILoggerFactory logger, UrlEncoder encoder, IMemoryCache known)
    : AuthenticationHandler<SignOnOptions>(options, logger, encoder)
{
    private const string Bearer = "Bearer ";
    private static readonly TimeSpan Remember = TimeSpan.FromMinutes(1);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (TokenOf(Request) is not { } token) return AuthenticateResult.NoResult();
        if (MachineToken.IsMeant(token))
            return MachineToken.Read(token) is { } client ? AuthenticateResult.Success(new(client, Scheme.Name)) : AuthenticateResult.Fail("No token of a machine client.");

        // By its hash: a memory dump of the cache is no bunch of keys.
        var key = new Digest(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        var now = TimeProvider.System.GetUtcNow();
        if (known.TryGetValue(key, out Valid? valid) && valid!.Until > now) return valid.Result;

        var result = await Context.AuthenticateAsync(SchemeOf(token));
        if (result.Succeeded && long.TryParse(result.Principal.FindFirst("exp")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            var expires = DateTimeOffset.FromUnixTimeSeconds(seconds);
            var until = expires < now + Remember ? expires : now + Remember;
            if (until > now) known.Set(key, new Valid(result, until), new MemoryCacheEntryOptions { AbsoluteExpiration = until, Size = 1 });
        }

        return result;
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => MachineToken.IsMeant(TokenOf(Request))
        ? MachineToken.Refusal().ExecuteAsync(Context)
        : Context.ChallengeAsync(SchemeOf(TokenOf(Request)), properties);

    /// <summary>An unknown issuer is refused by the first scheme, like any other wrong token.</summary>
    private string SchemeOf(string? token) =>
        Options.Issuers.Count > 1 && token is not null && IssuerOf(token) is { } named && Options.Issuers.Contains(named) ? named : Options.Issuers[0];

    private static string? TokenOf(HttpRequest request)
    {
        string? header = request.Headers.Authorization;
        return header is not null && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..] : null;
    }

    private static string? IssuerOf(string token)
    {
        try
        {
            return new JsonWebToken(token).Issuer;
        }
        catch (ArgumentException)
        {
            // Not a token; whichever scheme gets it says so.
            return null;
        }
    }

    private sealed record Valid(AuthenticateResult Result, DateTimeOffset Until);

    private readonly struct Digest(byte[] bytes) : IEquatable<Digest>
    {
        private readonly byte[] _bytes = bytes;

        public bool Equals(Digest other) => _bytes.AsSpan().SequenceEqual(other._bytes);

        public override bool Equals(object? obj) => obj is Digest other && Equals(other);

        public override int GetHashCode() => BitConverter.ToInt32(_bytes);
    }
}

/// <summary>The accepted issuers, each also the name of its scheme.</summary>
internal sealed class SignOnOptions : AuthenticationSchemeOptions
{
    public IReadOnlyList<string> Issuers { get; set; } = [];
}
