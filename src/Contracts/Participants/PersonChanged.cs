namespace Mentoring.Contracts.Participants;

/// <summary>
/// A person's details, published only for those enrolled or holding a role. State: whole.
/// </summary>
/// <param name="PersonId">The person in this unit.</param>
/// <param name="Version">Rises with every change of this person.</param>
/// <param name="Name">As shown to others.</param>
/// <param name="Email">Where mail goes; null for those who have none (shift workers).</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="Languages">BCP 47 tags, the preferred first.</param>
/// <param name="Stage">Structural position.</param>
/// <param name="UnitPath">Organisation path, parts joined by <c> / </c>.</param>
/// <param name="Location">Place of work, as imported.</param>
/// <param name="Title">Job title, as imported.</param>
/// <param name="Chain">Everybody above this person, the nearest first; ids only.</param>
public sealed record PersonChanged(
    Guid PersonId,
    long Version,
    string Name,
    string? Email,
    string TimeZone,
    IReadOnlyList<string> Languages,
    CareerStage Stage,
    string UnitPath,
    string? Location,
    string? Title,
    IReadOnlyList<Guid> Chain);
