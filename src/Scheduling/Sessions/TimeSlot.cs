using System.Text.Json.Serialization;
using NodaTime;

namespace Mentoring.Scheduling.Sessions;

/// <summary>A time to meet and how. Instants are UTC.</summary>
public sealed record TimeSlot(DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Channel, string? Place)
{
    [JsonIgnore]
    public Interval Time => new(Instant.FromDateTimeOffset(StartsAt), Instant.FromDateTimeOffset(EndsAt));

    /// <summary>Of each to get there, and as long back.</summary>
    public (TimeSpan Mentor, TimeSpan Mentee) WaysOf(Attendee mentor, Attendee mentee) =>
        (mentor.Preferences.WayTo(Channel, Place).ToTimeSpan(), mentee.Preferences.WayTo(Channel, Place).ToTimeSpan());
}
