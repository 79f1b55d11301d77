namespace Mentoring.Scheduling.People;

/// <summary>What scheduling knows of somebody: a copy, fed by Participants.</summary>
public sealed class Person
{
    public Guid Id { get; init; }

    public required string Name { get; set; }

    /// <summary>Work e-mail; null for those who have none, or where it has not come.</summary>
    public string? Email { get; set; }

    /// <summary>IANA name.</summary>
    public required string TimeZone { get; set; }

    /// <summary>BCP 47 tags, the preferred first; empty where they have not come.</summary>
    public IReadOnlyList<string> Languages { get; set; } = [];

    /// <summary>Place of work, as imported; its holidays are days off.</summary>
    public string? Location { get; set; }

    /// <summary>Only the id remains then.</summary>
    public bool Left { get; set; }
}
