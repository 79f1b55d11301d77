namespace Mentoring.Scheduling.Availability;

/// <summary>A day on which nobody works there.</summary>
public sealed record Holiday(DateOnly Date, string Name);

/// <summary>The holidays of a place of work, as the unit's administrator gave them: days off for everybody whose place it is.</summary>
public sealed class LocationHolidays
{
    /// <summary>As people's location is imported, without regard to case: <see cref="KeyOf"/>.</summary>
    public required string Location { get; init; }

    public required IReadOnlyList<Holiday> Days { get; set; }

    public long Version { get; set; }

    public static string KeyOf(string location) => location.Trim().ToUpperInvariant();
}
