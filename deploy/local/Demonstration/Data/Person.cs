namespace Mentoring.Demonstration.Data;

/// <summary>One row of the import.</summary>
/// <param name="ExternalId">The number of the files; <c>chief-executive</c> for the one who is not in them.</param>
/// <param name="Title">The position of those who lead, else the title of the files.</param>
/// <param name="UnitPath">Parts joined by <c> / </c>.</param>
/// <param name="Manager">Null for the chief executive only.</param>
/// <param name="Languages">BCP 47 tags, the preferred first.</param>
/// <param name="BirthDate">For the import that is refused, and nothing else; so is <paramref name="Gender"/>.</param>
public sealed record Person(
    string ExternalId,
    string GivenName,
    string FamilyName,
    string Email,
    string Title,
    string UnitPath,
    Person? Manager,
    Location Location,
    IReadOnlyList<string> Languages,
    string? BirthDate,
    string? Gender)
{
    public string Name => $"{GivenName} {FamilyName}";

    public Stage Stage => StageMapping.Of(Title);

    public string Department => UnitPath.Split(" / ")[0];

    /// <summary>Everybody above, the nearest first.</summary>
    public IEnumerable<Person> Chain
    {
        get
        {
            for (var above = Manager; above is not null; above = above.Manager)
                yield return above;
        }
    }

    public bool Equals(Person? other) => other is not null && ExternalId == other.ExternalId;

    public override int GetHashCode() => ExternalId.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => $"{Name} ({ExternalId}, {Title})";
}
