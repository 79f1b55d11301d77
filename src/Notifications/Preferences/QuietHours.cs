using NodaTime;
using NodaTime.Extensions;
using NodaTime.TimeZones;

namespace Mentoring.Notifications.Preferences;

/// <summary>Hours of the wall clock in which no mail arrives; over midnight where <paramref name="From"/> is later than <paramref name="To"/>.</summary>
public sealed record QuietHours(TimeOnly From, TimeOnly To)
{
    // In autumn an hour comes twice and quiet ends with the second; in spring an end that is skipped is where the gap ends.
    private static readonly ZoneLocalMappingResolver EndOfQuiet = Resolvers.CreateMappingResolver(Resolvers.ReturnLater, Resolvers.ReturnStartOfIntervalAfter);

    /// <summary>When mail may arrive: the end of the quiet hours that <paramref name="now"/> falls into, or null outside of them.</summary>
    public DateTimeOffset? HoldUntil(DateTimeOffset now, DateTimeZone zone)
    {
        var local = now.ToInstant().InZone(zone).LocalDateTime;
        var (time, from, to) = (local.TimeOfDay, LocalTime(From), LocalTime(To));
        var quiet = from <= to ? time >= from && time < to : time >= from || time < to;
        if (!quiet)
            return null;
        var day = time < to ? local.Date : local.Date.PlusDays(1);
        return (day + to).InZone(zone, EndOfQuiet).ToInstant().ToDateTimeOffset();
    }

    private static LocalTime LocalTime(TimeOnly time) => time.ToLocalTime();
}
