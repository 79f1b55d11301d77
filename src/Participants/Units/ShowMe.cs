using Mentoring.Tenancy;

namespace Mentoring.Participants.Units;

public sealed record Me(string? Name, string? Email, bool Operator, IReadOnlyList<MyUnit> Units);

public sealed record MyUnit(
    string Slug, string Name, Guid PersonId, string PersonName, bool Guest, IReadOnlyList<string> Roles, IReadOnlyList<MyProgrammeRole> ProgrammeRoles);

public sealed record MyProgrammeRole(string Programme, string ProgrammeName, string Role);

/// <summary>Who am I, in which units, as what.</summary>
public static class ShowMe
{
    public static async Task<Me> Handle(Caller caller, TenantDatabase database, IServiceScopeFactory scopes, CancellationToken ct)
    {
        if (caller.Login is not { } login)
            return new Me(null, null, caller.Is(Roles.Operator), []);
        var held = await MembershipsOfSignOn.Read(login.Issuer, login.Subject, database, scopes, ct);
        return new Me(
            login.Name ?? (held.Count > 0 ? held[0].Name : null),
            login.Email,
            caller.Is(Roles.Operator),
            [.. held.Select(m => new MyUnit(
                m.Unit, m.UnitName, m.PersonId, m.Name, m.IsGuest, m.Roles, [.. m.ProgrammeRoles.Select(r => new MyProgrammeRole(r.Programme, r.ProgrammeName, r.Role))]))]);
    }
}
