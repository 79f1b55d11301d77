namespace Mentoring.Notifications.People;

/// <summary>Where mail goes and how words and times are written for someone: a copy, fed by Participants.</summary>
public sealed class Person
{
    public required Guid Id { get; init; }

    /// <summary>Empty once gone.</summary>
    public required string Name { get; set; }

    /// <summary>Null for those who have none: they read their inbox.</summary>
    public string? Email { get; set; }

    /// <summary>IANA name.</summary>
    public required string TimeZone { get; set; }

    /// <summary>BCP 47 tags, the preferred first.</summary>
    public required string[] Languages { get; set; }

    /// <summary>The direct manager, who is never told how a pair of this person is doing.</summary>
    public Guid? ManagerId { get; set; }

    /// <summary>Left or erased: only the id remains, nothing is told any more.</summary>
    public bool Gone { get; set; }

    public void Forget()
    {
        (Name, Email, TimeZone, Languages, ManagerId) = ("", null, "Etc/UTC", [], null);
        Gone = true;
    }

    public static Person Tombstone(Guid id) => new() { Id = id, Name = "", TimeZone = "Etc/UTC", Languages = [], Gone = true };
}
