using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;

namespace Mentoring.Gateway.SignOn;

/// <summary>One sign-on at an OpenID provider, or a machine client: what a validated access token says about its bearer.</summary>
/// <param name="Issuer">The provider.</param>
/// <param name="Subject">The bearer, at the provider.</param>
internal sealed record Login(string Issuer, string Subject)
{
    public string? Email { get; private init; }

    /// <summary>Only a verified address may link a first sign-on to an imported person.</summary>
    public bool EmailVerified { get; private init; }

    public string? Name { get; private init; }

    /// <summary>The provider's session, or the token where it tells of none.</summary>
    public string Session { get; private init; } = "";

    public DateTimeOffset ExpiresAt { get; private init; } = DateTimeOffset.MaxValue;

    /// <summary>
    /// A stable id of this sign-on: the start of a SHA-256. It names the bearer where there is no unit, and keeps provider subjects out of
    /// Redis keys.
    /// </summary>
    public Guid Id { get; } = IdOf(Issuer, Subject);

    public bool IsMachine => Issuer == MachineToken.Issuer;

    public bool HasExpired(TimeProvider clock) => clock.GetUtcNow() >= ExpiresAt;

    public static Login Of(ClaimsPrincipal user) => new(Required(user, "iss"), Required(user, "sub"))
    {
        Email = user.FindFirstValue("email"),
        EmailVerified = user.FindFirstValue("email_verified") is "true" or "True",
        Name = user.FindFirstValue("name"),
        Session = user.FindFirstValue("sid") ?? user.FindFirstValue("jti") ?? "",
        ExpiresAt = long.TryParse(user.FindFirstValue("exp"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : DateTimeOffset.MaxValue,
    };

    private static Guid IdOf(string issuer, string subject)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{issuer}\n{subject}"), hash);
        // Version 8, "made by a rule of one's own" (RFC 9562): not to be taken for a time-ordered id.
        hash[6] = (byte)(hash[6] & 0x0F | 0x80);
        hash[8] = (byte)(hash[8] & 0x3F | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    private static string Required(ClaimsPrincipal user, string claim) =>
        user.FindFirstValue(claim) ?? throw new InvalidOperationException($"A validated token without '{claim}'.");
}
