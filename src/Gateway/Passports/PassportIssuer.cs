using Mentoring.Gateway.SignOn;
using Mentoring.Tenancy;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Mentoring.Gateway.Passports;

/// <summary>
/// Signs a passport for each request: who is calling, for which unit and as what, made out to one service for 60 s. Never cached, so that what it
/// says is at most as old as the membership behind it.
/// </summary>
internal sealed class PassportIssuer(SigningKeys keys)
{
    private static readonly TimeSpan ValidFor = TimeSpan.FromSeconds(60);

    // Not the platform's clock: a demonstration moves that by weeks, and tokens are about the machines' time, as the provider's are.
    private static readonly TimeProvider Clock = TimeProvider.System;

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>For a member, in that unit.</summary>
    public string InUnit(string service, Login login, UnitMembership membership)
    {
        var claims = Claims(CallerKind.Person, membership.PersonId.ToString(), login.Session);
        claims[PassportClaims.Unit] = membership.UnitId.ToString();
        claims[PassportClaims.Slug] = membership.Unit;
        if (membership.Roles is { Count: > 0 } roles) claims[PassportClaims.Roles] = roles.ToArray();
        if (membership.ProgrammeRoles is { Count: > 0 } held)
            claims[PassportClaims.ProgrammeRoles] = held.Select(role => $"{role.ProgrammeId}:{role.Role}").ToArray();
        return Sign(service, claims);
    }

    /// <summary>For a machine client, in its unit.</summary>
    public string ForClient(string service, Login login, MachineClient client)
    {
        var claims = Claims(CallerKind.Client, client.Id.ToString(), login.Session);
        claims[PassportClaims.Unit] = client.UnitId.ToString();
        claims[PassportClaims.Slug] = client.Unit;
        claims[PassportClaims.Roles] = client.Roles.ToArray();
        return Sign(service, claims);
    }

    /// <summary>For whoever is signed in, in no unit; an operator as such.</summary>
    public string OutsideUnits(string service, Login login, bool isOperator)
    {
        var claims = Claims(CallerKind.Person, login.Id.ToString(), login.Session);
        claims[PassportClaims.LoginIssuer] = login.Issuer;
        claims[PassportClaims.LoginSubject] = login.Subject;
        if (login.Email is { } email) claims[PassportClaims.LoginEmail] = email;
        if (login.Name is { } name) claims[PassportClaims.LoginName] = name;
        if (isOperator) claims[PassportClaims.Roles] = new[] { Roles.Operator };
        return Sign(service, claims);
    }

    /// <summary>For whoever holds a link: it says nothing about them, as the link has yet to be found.</summary>
    public string ForLink(string service) => Sign(service, Claims(CallerKind.Link, "link", ""));

    /// <summary>For the gateway's own questions.</summary>
    public string ForGateway(string service) => Sign(service, Claims(CallerKind.Gateway, PassportClaims.Issuer, ""));

    private static Dictionary<string, object> Claims(CallerKind kind, string subject, string session) => new()
    {
        [PassportClaims.Kind] = kind.ToString().ToLowerInvariant(),
        [PassportClaims.Subject] = subject,
        [PassportClaims.Session] = session,
        [JwtRegisteredClaimNames.Jti] = Guid.CreateVersion7().ToString(),
    };

    private string Sign(string service, Dictionary<string, object> claims)
    {
        var now = Clock.GetUtcNow().UtcDateTime;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = PassportClaims.Issuer,
            Audience = service,
            IssuedAt = now,
            Expires = now + ValidFor,
            Claims = claims,
            TokenType = PassportClaims.TokenType,
            SigningCredentials = keys.Current,
        });
    }
}
