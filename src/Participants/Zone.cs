namespace Mentoring.Participants;

/// <summary>Names of time zones.</summary>
public static class Zone
{
    /// <summary>Whether it is an IANA name that this machine knows. Windows names are refused: browsers and calendars do not know them.</summary>
    public static bool IsKnown(string? name) => !string.IsNullOrEmpty(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId;
}
