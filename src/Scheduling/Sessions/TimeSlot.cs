using System.Text.Json.Serialization;
using NodaTime;

namespace Mentoring.Scheduling.Sessions;

/// <summary>A time to meet and how. Instants are UTC.</summary>
public sealed record TimeSlot(DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Channel, string? Place)
{
    [JsonIgnore]
    public Interval Time => new(Instant.FromDateTimeOffset(StartsAt), Instant.FromDateTimeOffset(EndsAt));
}
