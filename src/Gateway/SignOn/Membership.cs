using System.Text.Json.Serialization;

namespace Mentoring.Gateway.SignOn;

/// <summary>What Participants knows of a sign-on; also what Redis holds for 30 s.</summary>
/// <param name="Operator">Runs the platform.</param>
/// <param name="Memberships">A person's, one a unit.</param>
/// <param name="Client">The machine client that it is instead of a person.</param>
internal sealed record Membership(bool Operator, IReadOnlyList<UnitMembership> Memberships, MachineClient? Client = null)
{
    public bool IsIn(string unit) => Client is { } client ? client.Unit == unit : Memberships.Any(held => held.Unit == unit);
}

/// <param name="UnitId">The unit.</param>
/// <param name="Unit">Its slug.</param>
/// <param name="PersonId">The person in this unit.</param>
/// <param name="Roles">Roles in the unit.</param>
/// <param name="ProgrammeRoles">Roles in single programmes.</param>
internal sealed record UnitMembership(
    Guid UnitId, string Unit, Guid PersonId, IReadOnlyList<string>? Roles, IReadOnlyList<HeldProgrammeRole>? ProgrammeRoles);

/// <param name="Id">The machine client.</param>
/// <param name="UnitId">The one unit it works for.</param>
/// <param name="Unit">Its slug.</param>
/// <param name="Roles">What it may do there.</param>
internal sealed record MachineClient(Guid Id, Guid UnitId, string Unit, IReadOnlyList<string> Roles);

internal sealed record HeldProgrammeRole(Guid ProgrammeId, string Role);

/// <summary>What the gateway asks Participants.</summary>
internal sealed record MembershipQuestion(string Issuer, string Subject, string? Email, bool EmailVerified, string? Name);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Membership))]
[JsonSerializable(typeof(MembershipQuestion))]
internal sealed partial class MembershipJson : JsonSerializerContext;
