using Mentoring.Participants.MachineClients;
using Mentoring.Tenancy;
using Microsoft.Extensions.Options;

namespace Mentoring.Participants.Units;

/// <param name="Issuer">The provider that signed the person on.</param>
/// <param name="Subject">Who it is at that provider.</param>
/// <param name="Email">As the provider tells it.</param>
/// <param name="EmailVerified">Whether the provider says that the address is the person's.</param>
/// <param name="Name">As the provider tells it.</param>
public sealed record FindMembershipsRequest(string Issuer, string Subject, string? Email = null, bool EmailVerified = false, string? Name = null);

/// <param name="Operator">Runs the platform.</param>
/// <param name="Memberships">A person's, one a unit.</param>
/// <param name="Client">The machine client that it is instead of a person.</param>
public sealed record FoundMemberships(bool Operator, IReadOnlyList<FoundMembership> Memberships, FoundClient? Client = null);

public sealed record FoundMembership(
    Guid UnitId, string Unit, string UnitName, Guid PersonId, string Name, IReadOnlyList<string> Roles, IReadOnlyList<FoundProgrammeRole> ProgrammeRoles, bool Guest);

public sealed record FoundProgrammeRole(Guid ProgrammeId, string Role);

/// <summary>The gateway asks what a sign-on may do; a first sign-on is linked on the way. The one synchronous call between parts.</summary>
public static class FindMemberships
{
    public static async Task<FoundMemberships> Handle(
        FindMembershipsRequest request, TenantDatabase database, IServiceScopeFactory scopes, IOptions<ParticipantsOptions> options, CancellationToken ct)
    {
        if (request.Issuer == MachineToken.Issuer)
            return new FoundMemberships(Operator: false, [], await ClientOfSignOn.Find(request.Subject, scopes, ct));
        if (request is { EmailVerified: true, Email: { } email } && MailAddressText.IsValid(email))
            await LinkFirstSignOn.Everywhere(request.Issuer, request.Subject, email.ToLowerInvariant(), database, scopes, ct);
        var held = await MembershipsOfSignOn.Read(request.Issuer, request.Subject, database, scopes, ct);
        return new FoundMemberships(
            IsOperator(request, options.Value),
            [.. held.Select(m => new FoundMembership(
                m.UnitId, m.Unit, m.UnitName, m.PersonId, m.Name, m.Roles, [.. m.ProgrammeRoles.Select(r => new FoundProgrammeRole(r.ProgrammeId, r.Role))], m.IsGuest))]);
    }

    private static bool IsOperator(FindMembershipsRequest request, ParticipantsOptions options) =>
        request is { EmailVerified: true, Email: { } email }
        && options.OperatorIssuers.Contains(request.Issuer, StringComparer.Ordinal)
        && options.Operators.Contains(email, StringComparer.OrdinalIgnoreCase);
}
