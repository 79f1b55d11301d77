using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Mentoring.ServiceDefaults;
using Microsoft.Net.Http.Headers;

namespace Mentoring.Gateway.SignOn;

/// <summary>
/// The secret token of a machine client: <c>mcl_</c>, then the unit's id and 256 random bits in base64url; Participants draws it and knows its hash.
/// Of that hash a sign-on is made here, so that neither Redis nor a log nor another part ever holds the secret.
/// </summary>
internal static class MachineToken
{
    /// <summary>No provider can be configured by this name, so no token of one can say it.</summary>
    public const string Issuer = "urn:mentoring:machine-client";

    private const string Prefix = "mcl_";
    private const int TokenBytes = 16 + 32;

    public static bool IsMeant(string? token) => token is not null && token.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The sign-on of whoever sends it, known or not; null for what no token can be.</summary>
    public static ClaimsPrincipal? Read(string token)
    {
        Span<byte> bytes = stackalloc byte[TokenBytes];
        var secret = token.AsSpan(Prefix.Length);
        if (secret.Length != Base64Url.GetEncodedLength(TokenBytes) || !Base64Url.IsValid(secret) || Base64Url.DecodeFromChars(secret, bytes) != TokenBytes) return null;
        var unit = new Guid(bytes[..16], bigEndian: true);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(token)));
        return unit == Guid.Empty ? null : new(new ClaimsIdentity([new("iss", Issuer), new("sub", $"{unit:D}.{hash}")], "machine client"));
    }

    /// <summary>The one answer for a token that is unknown, has run out, was revoked or never was one.</summary>
    public static IResult Refusal() => new Unknown();

    private sealed class Unknown : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer error=\"invalid_token\"";
            return Problems.Of(StatusCodes.Status401Unauthorized, "unauthenticated",
                "This token of a machine client is unknown, has expired or was revoked. A unit administrator can make another one.")
                .ExecuteAsync(httpContext);
        }
    }
}
