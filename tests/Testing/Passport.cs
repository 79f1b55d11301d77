using System.Security.Cryptography;
using System.Text.Json;
using Mentoring.Tenancy;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Mentoring.Testing;

/// <summary>Issues passports as the gateway does, with a key of the test's own.</summary>
public sealed class PassportOffice : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly string _kid = Guid.CreateVersion7().ToString("N");

    /// <summary>The public key, as <c>/.well-known/passport-keys</c> publishes it.</summary>
    public string Jwks()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        return JsonSerializer.Serialize(new
        {
            keys = new[]
            {
                new { kty = "EC", crv = "P-256", use = "sig", alg = "ES256", kid = _kid, x = Base64UrlEncoder.Encode(point.X), y = Base64UrlEncoder.Encode(point.Y) },
            },
        });
    }

    public string Issue(string audience, IReadOnlyDictionary<string, object> claims, TimeSpan? lifetime = null)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = PassportClaims.Issuer,
            Audience = audience,
            TokenType = PassportClaims.TokenType,
            IssuedAt = now,
            Expires = now + (lifetime ?? TimeSpan.FromMinutes(30)),
            Claims = new Dictionary<string, object>(claims),
            SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(_key) { KeyId = _kid }, SecurityAlgorithms.EcdsaSha256),
        });
    }

    /// <summary>The claims of a person in a unit.</summary>
    public static Dictionary<string, object> Person(TestUnit unit, Guid personId, IEnumerable<string> roles, IEnumerable<(Guid ProgrammeId, string Role)> programmeRoles) => new()
    {
        [PassportClaims.Kind] = "person",
        [PassportClaims.Subject] = personId.ToString(),
        [PassportClaims.Unit] = unit.Id.ToString(),
        [PassportClaims.Slug] = unit.Slug,
        [PassportClaims.Roles] = roles.ToArray(),
        [PassportClaims.ProgrammeRoles] = programmeRoles.Select(held => $"{held.ProgrammeId}:{held.Role}").ToArray(),
        [PassportClaims.Session] = "test",
    };

    /// <summary>The claims of a machine client of a unit.</summary>
    public static Dictionary<string, object> Machine(TestUnit unit, Guid clientId, IEnumerable<string> roles) => new()
    {
        [PassportClaims.Kind] = "client",
        [PassportClaims.Subject] = clientId.ToString(),
        [PassportClaims.Unit] = unit.Id.ToString(),
        [PassportClaims.Slug] = unit.Slug,
        [PassportClaims.Roles] = roles.ToArray(),
        [PassportClaims.Session] = "",
    };

    public void Dispose() => _key.Dispose();
}
