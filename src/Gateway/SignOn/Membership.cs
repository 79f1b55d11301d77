using System.Text.Json.Serialization;

namespace Mentoring.Gateway.SignOn;

/// <summary>What Participants knows of a sign-on; also what Redis holds for 30 s.</summary>
/// <param name="Operator">Runs the platform.</param>
/// <param name="Memberships">One a unit.</param>
internal sealed record Membership(bool Operator, IReadOnlyList<UnitMembership> Memberships);

/// <param name="UnitId">The unit.</param>
/// <param name="Unit">Its slug.</param>
/// <param name="PersonId">The person in this unit.</param>
/// <param name="Roles">Roles in the unit.</param>
/// <param name="ProgrammeRoles">Roles in single programmes.</param>
internal sealed record UnitMembership(
    Guid UnitId, string Unit, Guid PersonId, IReadOnlyList<string>? Roles, IReadOnlyList<HeldProgrammeRole>? ProgrammeRoles);

internal sealed record HeldProgrammeRole(Guid ProgrammeId, string Role);

/// <summary>What the gateway asks Participants.</summary>
internal sealed record MembershipQuestion(string Issuer, string Subject, string? Email, bool EmailVerified, string? Name);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Membership))]
[JsonSerializable(typeof(MembershipQuestion))]
internal sealed partial class MembershipJson : JsonSerializerContext;
