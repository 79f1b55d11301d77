namespace Mentoring.Contracts.Participants;

/// <summary>
/// What a person may do in the unit has changed. State: whole, never a delta. The gateway forgets what it cached of these
/// identities; others keep the roles.
/// </summary>
/// <param name="MembershipId">The membership; one a person and unit.</param>
/// <param name="Version">Rises with every change of this membership.</param>
/// <param name="PersonId">The person in this unit.</param>
/// <param name="Identities">The sign-ons linked so far, empty before the first.</param>
/// <param name="Roles">Roles in the unit: <c>unit-admin</c>, <c>safeguarding</c>, <c>participant</c>.</param>
/// <param name="ProgrammeRoles">Roles held in single programmes.</param>
/// <param name="Ended">The person may no longer sign in to this unit.</param>
public sealed record MembershipChanged(
    Guid MembershipId,
    long Version,
    Guid PersonId,
    IReadOnlyList<SignOn> Identities,
    IReadOnlyList<string> Roles,
    IReadOnlyList<ProgrammeRole> ProgrammeRoles,
    bool Ended);

/// <summary>One sign-on at an OpenID provider.</summary>
public sealed record SignOn(string Issuer, string Subject);

/// <summary>A role in one programme: <c>programme-manager</c> or <c>sponsor</c>; one that a consumer does not know grants nothing.</summary>
public sealed record ProgrammeRole(Guid ProgrammeId, string Role);
