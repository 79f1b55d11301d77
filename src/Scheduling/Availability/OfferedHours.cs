using NodaTime;
using NodaTime.Extensions;

namespace Mentoring.Scheduling.Availability;

/// <summary>One block of a week as a person gave it.</summary>
public sealed record WeeklyBlock(DayOfWeek Day, TimeOnly From, TimeOnly To);

/// <summary>A day that is not like the others.</summary>
/// <param name="Date">On the calendar of the person's zone.</param>
/// <param name="Reason">For the person's own memory.</param>
/// <param name="From">With <paramref name="To"/> the part of the day that is meant; without both it is the whole day, which is off.</param>
/// <param name="To"><c>00:00</c> is the end of the day.</param>
/// <param name="Offered">These hours are offered beyond the usual ones; otherwise they are off.</param>
public sealed record DayException(DateOnly Date, string? Reason = null, TimeOnly? From = null, TimeOnly? To = null, bool Offered = false);

/// <summary>When a person has said they can be met. Who has said nothing has no row: the default holds.</summary>
public sealed class OfferedHours
{
    public Guid PersonId { get; init; }

    /// <summary>IANA name.</summary>
    public required string TimeZone { get; set; }

    public required IReadOnlyList<WeeklyBlock> Weekly { get; set; }

    public required IReadOnlyList<DayException> Exceptions { get; set; }

    public TimeSpan MinimumNotice { get; set; }

    /// <summary>Null where nothing was said.</summary>
    public Preferences? Preferences { get; set; }

    public long Version { get; set; }

    /// <param name="holidays">Of the person's place of work.</param>
    /// <param name="shifts">Stand for the weekly hours on the days they cover.</param>
    public WorkingHours ToWorkingHours(IEnumerable<LocalDate> holidays, ShiftPlan? shifts = null) => new(
        ZoneOf(TimeZone),
        [.. Weekly.Select(block => new HoursBlock(block.Day.ToIsoDayOfWeek(), LocalTime.FromTimeOnly(block.From), LocalTime.FromTimeOnly(block.To)))],
        Exceptions.Where(day => day.From is null).Select(day => LocalDate.FromDateOnly(day.Date)).Concat(holidays),
        Duration.FromTimeSpan(MinimumNotice),
        Exceptions.Where(day => day is { From: not null, To: not null }).Select(day => new HoursChange(
            LocalDate.FromDateOnly(day.Date), LocalTime.FromTimeOnly(day.From!.Value), LocalTime.FromTimeOnly(day.To!.Value), day.Offered)),
        shifts);

    /// <summary>UTC for a name nobody knows any more: a person is rather met at an odd hour than not at all.</summary>
    public static DateTimeZone ZoneOf(string? name) =>
        (name is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(name)) ?? DateTimeZone.Utc;
}
