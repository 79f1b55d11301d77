namespace Mentoring.Tenancy;

/// <summary>Roles as they stand in a passport. The last two are held in single programmes (<see cref="Caller.ProgrammesAs"/>).</summary>
public static class Roles
{
    /// <summary>Runs the platform; never sees content of a unit.</summary>
    public const string Operator = "operator";

    /// <summary>Brings people in; held by machine clients and by nobody else.</summary>
    public const string Provisioning = "provisioning";
    public const string UnitAdmin = "unit-admin";
    public const string Safeguarding = "safeguarding";
    public const string Participant = "participant";
    public const string ProgrammeManager = "programme-manager";
    public const string Sponsor = "sponsor";
}
