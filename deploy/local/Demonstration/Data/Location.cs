namespace Mentoring.Demonstration.Data;

/// <summary>A made-up place of work.</summary>
/// <param name="City">As the import carries it.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="Languages">BCP 47 tags of languages spoken there beside English.</param>
public sealed record Location(string City, string TimeZone, IReadOnlyList<string> Languages)
{
    /// <summary>The head office first.</summary>
    public static IReadOnlyList<Location> All { get; } =
    [
        new("Hamburg", "Europe/Berlin", ["de"]),
        new("Copenhagen", "Europe/Copenhagen", ["da"]),
        new("Stockholm", "Europe/Stockholm", ["sv"]),
        new("Gdańsk", "Europe/Warsaw", ["pl"]),
        new("London", "Europe/London", []),
        new("Lisbon", "Europe/Lisbon", ["pt"]),
        new("Bengaluru", "Asia/Kolkata", ["kn", "hi"]),
        new("New York", "America/New_York", ["es"]),
    ];

    public static Location HeadOffice => All[0];
}
