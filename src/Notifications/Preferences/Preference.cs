using Mentoring.Notifications.Templates;

namespace Mentoring.Notifications.Preferences;

/// <summary>How someone wants to be told. Without a row: by e-mail, at any hour, in the language of the person's record.</summary>
public sealed class Preference
{
    public required Guid PersonId { get; init; }

    public bool Email { get; set; } = true;

    /// <summary>Mail waits from here…</summary>
    public TimeOnly? QuietFrom { get; set; }

    /// <summary>…until here, wall clock in the person's zone.</summary>
    public TimeOnly? QuietTo { get; set; }

    public Language? Language { get; set; }

    public long Version { get; set; }

    public QuietHours? QuietHours => QuietFrom is { } from && QuietTo is { } to ? new QuietHours(from, to) : null;
}
