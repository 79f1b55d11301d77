using NodaTime;
using NodaTime.Extensions;

namespace Mentoring.Scheduling.Availability;

/// <summary>One block of a week as a person gave it.</summary>
public sealed record WeeklyBlock(DayOfWeek Day, TimeOnly From, TimeOnly To);

/// <summary>A day on which the person cannot be met.</summary>
public sealed record DayOff(DateOnly Date, string? Reason);

/// <summary>When a person has said they can be met. Who has said nothing has no row: the default holds.</summary>
public sealed class OfferedHours
{
    public Guid PersonId { get; init; }

    /// <summary>IANA name.</summary>
    public required string TimeZone { get; set; }

    public required IReadOnlyList<WeeklyBlock> Weekly { get; set; }

    public required IReadOnlyList<DayOff> Exceptions { get; set; }

    public TimeSpan MinimumNotice { get; set; }

    public long Version { get; set; }

    public WorkingHours ToWorkingHours() => new(
        ZoneOf(TimeZone),
        [.. Weekly.Select(block => new HoursBlock(block.Day.ToIsoDayOfWeek(), LocalTime.FromTimeOnly(block.From), LocalTime.FromTimeOnly(block.To)))],
        Exceptions.Select(day => LocalDate.FromDateOnly(day.Date)),
        Duration.FromTimeSpan(MinimumNotice));

    /// <summary>UTC for a name nobody knows any more: a person is rather met at an odd hour than not at all.</summary>
    public static DateTimeZone ZoneOf(string? name) =>
        (name is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(name)) ?? DateTimeZone.Utc;
}
