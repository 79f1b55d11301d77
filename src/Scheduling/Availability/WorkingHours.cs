using NodaTime;
using NodaTime.TimeZones;

namespace Mentoring.Scheduling.Availability;

/// <summary>A stretch of one weekday on the wall clock. <paramref name="To"/> midnight means the end of the day.</summary>
public sealed record HoursBlock(IsoDayOfWeek Day, LocalTime From, LocalTime To);

/// <summary>What is different on one day: a part of it off, or hours offered beyond the usual ones. <paramref name="To"/> midnight means the end of the day.</summary>
public sealed record HoursChange(LocalDate Day, LocalTime From, LocalTime To, bool Offered);

/// <summary>
/// When a person can be met: weekly hours on the wall clock of one zone, or the shifts of a rota on the days that it covers, without the days off and
/// the parts of days off, and with what the person offers beyond.
/// </summary>
/// <remarks>
/// Invariant: every instant of an interval given out here reads, on the clock of <see cref="Zone"/>, as inside one of the blocks, shifts or hours
/// offered beyond them. These count on a day off as well: whoever names hours of a day means them. Where
/// daylight saving repeats an hour, a block that starts in it starts at its second pass and one that ends in it ends at its first; a
/// block that starts or ends in a skipped hour does so at the jump.
/// </remarks>
public sealed class WorkingHours(
    DateTimeZone zone, IReadOnlyList<HoursBlock> weekly, IEnumerable<LocalDate> daysOff, Duration minimumNotice, IEnumerable<HoursChange>? changes = null,
    ShiftPlan? shifts = null)
{
    private static readonly IsoDayOfWeek[] MondayToFriday =
        [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday];

    private static readonly ZoneLocalMappingResolver Start = Resolvers.CreateMappingResolver(Resolvers.ReturnLater, Resolvers.ReturnStartOfIntervalAfter);
    private static readonly ZoneLocalMappingResolver End = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    /// <summary>Working days off that others wait for: four weeks.</summary>
    public const int LongestAbsence = 20;

    private readonly HashSet<LocalDate> _daysOff = [.. daysOff];
    private readonly ShiftPlan _shifts = shifts ?? ShiftPlan.None;
    private readonly ILookup<LocalDate, HoursChange> _changes = (changes ?? []).ToLookup(change => change.Day);
    // A series asks for the same days again and again, and a zone's rules are looked up for each.
    private readonly Dictionary<LocalDate, Interval[]> _known = [];

    public DateTimeZone Zone { get; } = zone;

    public IReadOnlyList<HoursBlock> Weekly { get; } = weekly;

    /// <summary>How long beforehand others may still book this person.</summary>
    public Duration MinimumNotice { get; } = minimumNotice;

    /// <summary>09:00 to 17:00, Monday to Friday, a day's notice: what holds until the person says otherwise.</summary>
    public static WorkingHours Default(DateTimeZone zone, IEnumerable<LocalDate>? holidays = null, ShiftPlan? shifts = null) => new(
        zone,
        [.. MondayToFriday.Select(day => new HoursBlock(day, new LocalTime(9, 0), new LocalTime(17, 0)))],
        holidays ?? [],
        Duration.FromDays(1),
        shifts: shifts);

    /// <summary>A time on the wall clock as it passes, by the rules of this class; null where daylight saving leaves nothing of it.</summary>
    public static Interval? OnClock(LocalDateTime from, LocalDateTime to, DateTimeZone zone)
    {
        var (starts, ends) = (zone.ResolveLocal(from, Start).ToInstant(), zone.ResolveLocal(to, End).ToInstant());
        return starts < ends ? new Interval(starts, ends) : null;
    }

    /// <summary>The hours of one calendar day, in order.</summary>
    public IReadOnlyList<Interval> On(LocalDate day)
    {
        if (!_known.TryGetValue(day, out var hours))
            _known[day] = hours = [.. OnTheClock(day, Usual(day).Concat(Beyond(day)))];
        return hours;
    }

    /// <summary>Of the hours that touch the given time, what is offered beyond the usual ones.</summary>
    public IEnumerable<Interval> BeyondUsual(Instant from, Instant to) =>
        _changes.Count == 0 ? [] : Days(from, to).SelectMany(day => OnTheClock(day, Beyond(day)));

    /// <summary>The same times of day on each of the days that touch the given time, offered or not.</summary>
    public IEnumerable<Interval> At(IReadOnlyList<TimeOfDay> times, Instant from, Instant to) => Days(from, to).SelectMany(day => OnTheClock(
        day, times.Select(time => (LocalTime.FromTimeOnly(time.From).TickOfDay, EndTick(LocalTime.FromTimeOnly(time.To))))));

    /// <summary>All hours that touch the given time, in order; blocks that meet (at midnight, say) are one.</summary>
    public IEnumerable<Interval> Between(Instant from, Instant to)
    {
        Interval? open = null;
        // A block of the day before may reach past midnight only up to it, so the days themselves are enough.
        foreach (var day in Days(from, to))
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

    private IEnumerable<LocalDate> Days(Instant from, Instant to)
    {
        var last = to.InZone(Zone).Date;
        for (var day = from.InZone(Zone).Date; day <= last; day = day.PlusDays(1))
            yield return day;
    }

    /// <summary>The weekly hours of that day, or its shifts, less what is off; ticks of the day on the wall clock.</summary>
    private IEnumerable<(long From, long To)> Usual(LocalDate day)
    {
        if (_daysOff.Contains(day))
            return [];
        var blocks = _shifts.Covers(day) ? _shifts.On(day) : Weekly.Where(block => block.Day == day.DayOfWeek).Select(block => (block.From.TickOfDay, To: EndTick(block.To)));
        return Less(blocks, _changes[day].Where(change => !change.Offered).Select(Ticks));
    }

    private IEnumerable<(long From, long To)> Beyond(LocalDate day) =>
        _changes.Contains(day) ? Less(_changes[day].Where(change => change.Offered).Select(Ticks), Usual(day)) : [];

    private static IEnumerable<(long From, long To)> Less(IEnumerable<(long From, long To)> times, IEnumerable<(long From, long To)> without) =>
        without.Aggregate(times, (left, gone) => left.SelectMany(time => new[] { (time.From, Math.Min(time.To, gone.From)), (Math.Max(time.From, gone.To), time.To) })
            .Where(time => time.Item1 < time.Item2));

    private IEnumerable<Interval> OnTheClock(LocalDate day, IEnumerable<(long From, long To)> times)
    {
        foreach (var (from, to) in times.Order())
        {
            if (OnClock(At(day, from), At(day, to), Zone) is { } time)
                yield return time;
        }
    }

    private static LocalDateTime At(LocalDate day, long ticks) =>
        ticks == NodaConstants.TicksPerDay ? day.PlusDays(1).AtMidnight() : day.At(LocalTime.FromTicksSinceMidnight(ticks));

    private static (long From, long To) Ticks(HoursChange change) => (change.From.TickOfDay, EndTick(change.To));

    private static long EndTick(LocalTime to) => to == LocalTime.Midnight ? NodaConstants.TicksPerDay : to.TickOfDay;
}
