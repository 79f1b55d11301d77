using System.Security.Claims;

namespace Mentoring.Tenancy;

/// <summary>What kind of party a passport was issued to.</summary>
public enum CallerKind
{
    /// <summary>A person, in a unit or (for <c>/me</c> and for operators) in none.</summary>
    Person,

    /// <summary>A machine client of a unit.</summary>
    Client,

    /// <summary>The holder of a secret link.</summary>
    Link,

    /// <summary>The gateway itself, asking for memberships.</summary>
    Gateway,
}

/// <summary>Names of the claims in a passport. The gateway writes them, services read them.</summary>
public static class PassportClaims
{
    public const string Issuer = "mentoring-gateway";
    public const string TokenType = "passport+jwt";

    public const string Kind = "kind";
    public const string Subject = "sub";

    /// <summary>The unit's id; absent for operators, for the gateway itself and on <c>/me</c>.</summary>
    public const string Unit = "unit";

    /// <summary>The unit's slug, as it stands in the address.</summary>
    public const string Slug = "slug";

    /// <summary>One claim a role.</summary>
    public const string Roles = "roles";

    /// <summary>One claim a programme role: <c>{programmeId}:{role}</c>.</summary>
    public const string ProgrammeRoles = "proles";
    public const string Session = "ses";

    /// <summary>The sign-on behind a passport without a unit: who it is at the provider.</summary>
    public const string LoginIssuer = "login_iss";
    public const string LoginSubject = "login_sub";
    public const string LoginEmail = "email";
    public const string LoginName = "name";
}

/// <summary>Who is calling, for which unit and as what: read from the passport, nothing else.</summary>
public sealed class Caller
{
    private readonly ClaimsPrincipal _principal;

    public Caller(ClaimsPrincipal principal)
    {
        _principal = principal;
        ProgrammeRoles =
        [
            .. from claim in principal.FindAll(PassportClaims.ProgrammeRoles)
               let parts = claim.Value.Split(':', 2)
               where parts.Length == 2 && Guid.TryParse(parts[0], out _)
               select (Guid.Parse(parts[0]), parts[1]),
        ];
    }

    public CallerKind Kind => Enum.TryParse<CallerKind>(Value(PassportClaims.Kind), ignoreCase: true, out var kind)
        ? kind
        : throw new InvalidOperationException("A passport without a kind.");

    /// <summary>The unit's id. Throws where the passport has none.</summary>
    public Guid UnitId => Guid.Parse(Required(PassportClaims.Unit));

    /// <summary>The unit's slug. Throws where the passport has none.</summary>
    public string Unit => Required(PassportClaims.Slug);

    /// <summary>The person in this unit; for an operator an id made from the sign-on, for a machine client its own.</summary>
    public Guid PersonId => Guid.Parse(Required(PassportClaims.Subject));

    public string Session => Value(PassportClaims.Session) ?? "";

    /// <summary>The sign-on behind a passport without a unit; null in a unit.</summary>
    public (string Issuer, string Subject, string? Email, string? Name)? Login =>
        Value(PassportClaims.LoginIssuer) is { } issuer && Value(PassportClaims.LoginSubject) is { } subject
            ? (issuer, subject, Value(PassportClaims.LoginEmail), Value(PassportClaims.LoginName))
            : null;

    public IReadOnlyList<(Guid ProgrammeId, string Role)> ProgrammeRoles { get; }

    public bool Is(string role) => _principal.HasClaim(PassportClaims.Roles, role);

    public bool Is(string programmeRole, Guid programmeId) => ProgrammeRoles.Contains((programmeId, programmeRole));

    public IReadOnlyList<Guid> ProgrammesAs(string programmeRole) =>
        [.. ProgrammeRoles.Where(held => held.Role == programmeRole).Select(held => held.ProgrammeId)];

    private string? Value(string claim) => _principal.FindFirst(claim)?.Value;

    private string Required(string claim) => Value(claim) ?? throw new InvalidOperationException($"A passport without '{claim}'.");
}
