namespace Mentoring.Tenancy;

/// <summary>
/// Roles as they stand in a passport. <see cref="ProgrammeManager"/> and <see cref="Sponsor"/> are held in single programmes
/// (<see cref="Caller.ProgrammesAs"/>).
/// </summary>
public static class Roles
{
    /// <summary>Runs the platform; never sees content of a unit.</summary>
    public const string Operator = "operator";
    public const string UnitAdmin = "unit-admin";
    public const string Safeguarding = "safeguarding";
    public const string Participant = "participant";
    public const string ProgrammeManager = "programme-manager";
    public const string Sponsor = "sponsor";

    /// <summary>Brings people in; a machine client's, and no person's.</summary>
    public const string Provisioning = "provisioning";
}
