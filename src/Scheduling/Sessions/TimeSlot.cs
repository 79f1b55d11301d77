namespace Mentoring.Scheduling.Sessions;

/// <summary>A time to meet and how. Instants are UTC.</summary>
public sealed record TimeSlot(DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Channel, string? Place);
