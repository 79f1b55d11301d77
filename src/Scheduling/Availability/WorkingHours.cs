using NodaTime;
using NodaTime.TimeZones;

namespace Mentoring.Scheduling.Availability;

/// <summary>A stretch of one weekday on the wall clock. <paramref name="To"/> midnight means the end of the day.</summary>
public sealed record HoursBlock(IsoDayOfWeek Day, LocalTime From, LocalTime To);

/// <summary>
/// When a person can be met: weekly hours on the wall clock of one zone, without the days off.
/// </summary>
/// <remarks>
/// Invariant: every instant of an interval given out here reads, on the clock of <see cref="Zone"/>, as inside one of the blocks. Where
/// daylight saving repeats an hour, a block that starts in it starts at its second pass and one that ends in it ends at its first; a
/// block that starts or ends in a skipped hour does so at the jump.
/// </remarks>
public sealed class WorkingHours(DateTimeZone zone, IReadOnlyList<HoursBlock> weekly, IEnumerable<LocalDate> daysOff, Duration minimumNotice)
{
    private static readonly IsoDayOfWeek[] MondayToFriday =
        [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday];

    private static readonly ZoneLocalMappingResolver Start = Resolvers.CreateMappingResolver(Resolvers.ReturnLater, Resolvers.ReturnStartOfIntervalAfter);
    private static readonly ZoneLocalMappingResolver End = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    /// <summary>Working days off that others wait for: four weeks.</summary>
    public const int LongestAbsence = 20;

    private readonly HashSet<LocalDate> _daysOff = [.. daysOff];

    public DateTimeZone Zone { get; } = zone;

    public IReadOnlyList<HoursBlock> Weekly { get; } = weekly;

    /// <summary>How long beforehand others may still book this person.</summary>
    public Duration MinimumNotice { get; } = minimumNotice;

    /// <summary>09:00 to 17:00, Monday to Friday, a day's notice: what holds until the person says otherwise.</summary>
    public static WorkingHours Default(DateTimeZone zone) => new(
        zone,
        [.. MondayToFriday.Select(day => new HoursBlock(day, new LocalTime(9, 0), new LocalTime(17, 0)))],
        [],
        Duration.FromDays(1));

    /// <summary>The hours of one calendar day, in order.</summary>
    public IEnumerable<Interval> On(LocalDate day)
    {
        if (_daysOff.Contains(day))
            yield break;
        foreach (var block in Weekly.Where(block => block.Day == day.DayOfWeek).OrderBy(block => block.From))
        {
            var ends = block.To == LocalTime.Midnight ? day.PlusDays(1).AtMidnight() : day.At(block.To);
            var from = Zone.ResolveLocal(day.At(block.From), Start).ToInstant();
            var to = Zone.ResolveLocal(ends, End).ToInstant();
            if (from < to)
                yield return new Interval(from, to);
        }
    }

    /// <summary>All hours that touch the given time, in order; blocks that meet (at midnight, say) are one.</summary>
    public IEnumerable<Interval> Between(Instant from, Instant to)
    {
        Interval? open = null;
        // A block of the day before may reach past midnight only up to it, so the days themselves are enough.
        var last = to.InZone(Zone).Date;
        for (var day = from.InZone(Zone).Date; day <= last; day = day.PlusDays(1))
        {
            foreach (var next in On(day))
            {
                if (open is { } current && next.Start <= current.End)
                {
                    open = new Interval(current.Start, Instant.Max(current.End, next.End));
                    continue;
                }
                if (open is { } finished)
                    yield return finished;
                open = next;
            }
        }
        if (open is { } remaining)
            yield return remaining;
    }

    /// <summary>The stretch of hours that holds all of the given time; null where it is not inside the hours.</summary>
    public Interval? Around(Interval time)
    {
        foreach (var hours in Between(time.Start, time.End))
        {
            if (hours.Start <= time.Start && time.End <= hours.End)
                return hours;
        }
        return null;
    }

    /// <summary>
    /// The same time of day, <paramref name="days"/> working days later: Mondays to Fridays in this zone, less the days off that were named.
    /// </summary>
    /// <remarks>
    /// Hours are not asked: whoever offers few or none is the one for whom somebody waits. Days off put it off by <see cref="LongestAbsence"/>
    /// at most; who is away for longer than that has given up the time.
    /// </remarks>
    public Instant AfterWorkingDays(Instant from, int days)
    {
        var local = from.InZone(Zone);
        var day = local.Date;
        var absent = 0;
        while (days > 0)
        {
            day = day.PlusDays(1);
            if (!MondayToFriday.Contains(day.DayOfWeek))
                continue;
            if (_daysOff.Contains(day) && absent < LongestAbsence)
                absent++;
            else
                days--;
        }
        return Zone.AtLeniently(day.At(local.TimeOfDay)).ToInstant();
    }
}
