namespace Mentoring.Notifications.People;

/// <summary>Whether someone may still sign in to the unit; asked again by open event streams.</summary>
public sealed class Member
{
    public required Guid PersonId { get; init; }
    public bool Ended { get; set; }
}

/// <summary>A role that someone holds in one programme.</summary>
public sealed class ProgrammeRoleHeld
{
    public required Guid ProgrammeId { get; init; }
    public required Guid PersonId { get; init; }

    /// <summary><c>programme-manager</c> or <c>sponsor</c>.</summary>
    public required string Role { get; init; }
}
