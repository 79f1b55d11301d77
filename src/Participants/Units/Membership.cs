using Mentoring.Contracts.Participants;

namespace Mentoring.Participants.Units;

/// <summary>
/// What one person may do in one unit, and by which sign-ons the person is known. Everybody who belongs is a participant; other roles are
/// given. Invariants: one a person and unit; once ended it holds no sign-on and no role and is never revived (whoever comes back is
/// a new person); <see cref="Version"/> rises with every change.
/// </summary>
public sealed class Membership
{
    /// <summary>Roles that hold in the whole unit and can be given.</summary>
    public static readonly IReadOnlyList<string> UnitRoles = [Tenancy.Roles.UnitAdmin, Tenancy.Roles.Safeguarding];

    /// <summary>Roles that are held in single programmes.</summary>
    public static readonly IReadOnlyList<string> RolesInProgrammes = [Tenancy.Roles.ProgrammeManager, Tenancy.Roles.Sponsor];

    private readonly List<SignOnLink> _signOns = [];
    private readonly List<RoleInProgramme> _programmeRoles = [];

    private Membership()
    {
    }

    public Guid Id { get; private init; }
    public Guid UnitId { get; private init; }
    public Guid PersonId { get; private init; }

    /// <summary>For a guest the unit that offered the person and whose providers vouch for the sign-on; null for the unit's own people.</summary>
    public Guid? HomeUnitId { get; private init; }

    public bool IsGuest => HomeUnitId is not null;
    public long Version { get; private set; }
    public bool Ended { get; private set; }

    /// <summary>Given roles of the unit; <c>participant</c> goes without saying.</summary>
    public IReadOnlyList<string> GivenRoles { get; private set; } = [];

    public IReadOnlyList<RoleInProgramme> ProgrammeRoles => _programmeRoles;
    public IReadOnlyList<SignOnLink> SignOns => _signOns;

    public IReadOnlyList<string> Roles => Ended ? [] : [Tenancy.Roles.Participant, .. GivenRoles];

    /// <summary>Whether the person's details concern other services: being a participant alone does not.</summary>
    public bool HoldsARole => GivenRoles.Count > 0 || _programmeRoles.Count > 0;

    public static Membership Open(Guid unitId, Guid personId, DateTimeOffset now, Guid? homeUnitId = null) => new()
    {
        Id = Guid.CreateVersion7(now),
        UnitId = unitId,
        PersonId = personId,
        HomeUnitId = homeUnitId,
        Version = 1,
    };

    /// <summary>Links a sign-on, one a provider. False when one of this provider is linked already.</summary>
    public bool Link(string issuer, string subject)
    {
        if (Ended || _signOns.Any(link => link.Issuer == issuer))
            return false;
        _signOns.Add(new SignOnLink(UnitId, issuer, subject));
        Version++;
        return true;
    }

    /// <summary>Gives a role. False when it is held already.</summary>
    /// <param name="role">One of <see cref="UnitRoles"/> without a programme, one of <see cref="RolesInProgrammes"/> with one.</param>
    /// <param name="programmeId">Where the role holds.</param>
    public bool Give(string role, Guid? programmeId)
    {
        if (Ended)
            return false;
        if (programmeId is { } programme)
        {
            if (_programmeRoles.Any(held => held.ProgrammeId == programme && held.Role == role))
                return false;
            _programmeRoles.Add(new RoleInProgramme(programme, role));
        }
        else
        {
            if (GivenRoles.Contains(role))
                return false;
            GivenRoles = [.. GivenRoles, role];
        }
        Version++;
        return true;
    }

    /// <summary>Takes a role back. False when it is not held.</summary>
    public bool Take(string role, Guid? programmeId)
    {
        var taken = programmeId is { } programme
            ? _programmeRoles.RemoveAll(held => held.ProgrammeId == programme && held.Role == role)
            : GivenRoles.Count(held => held == role);
        if (taken == 0)
            return false;
        if (programmeId is null)
            GivenRoles = [.. GivenRoles.Where(held => held != role)];
        Version++;
        return true;
    }

    /// <summary>
    /// Ends it: sign-ons and roles go. The fact still names the sign-ons, because whoever caches by them has to forget them. Null when it
    /// had ended before.
    /// </summary>
    public MembershipChanged? End()
    {
        if (Ended)
            return null;
        var known = _signOns.Select(link => new SignOn(link.Issuer, link.Subject)).ToArray();
        _signOns.Clear();
        _programmeRoles.Clear();
        GivenRoles = [];
        Ended = true;
        Version++;
        return new MembershipChanged(Id, Version, PersonId, known, [], [], Ended: true);
    }

    public MembershipChanged ToFact() => new(
        Id,
        Version,
        PersonId,
        [.. _signOns.Select(link => new SignOn(link.Issuer, link.Subject))],
        Roles,
        [.. _programmeRoles.Select(held => new ProgrammeRole(held.ProgrammeId, held.Role))],
        Ended);
}

/// <summary>A sign-on at a provider, linked to a membership of this unit.</summary>
public sealed record SignOnLink(Guid UnitId, string Issuer, string Subject);

public sealed record RoleInProgramme(Guid ProgrammeId, string Role);
