using Mentoring.ICalendar;
using NodaTime;

namespace Mentoring.Scheduling.Calendars;

/// <summary>What is taken out of a calendar: times, and nothing else of it. Pure.</summary>
/// <param name="Times">Ascending, apart from one another: busy ones, or shifts.</param>
/// <param name="LeftOut">Events that could not be read.</param>
public sealed record CalendarTimes(IReadOnlyList<Interval> Times, int LeftOut)
{
    public const int MostBusy = 5000;
    public const int MostShifts = 800;

    /// <summary>Months that are known ahead at least, from the first of the present one.</summary>
    private const int MonthsAhead = 14;

    /// <summary>How the platform's own invitations end.</summary>
    private const string OwnUid = "@mentoring";

    private static readonly Duration DaysBack = Duration.FromDays(1);
    private static readonly Duration ShiftsBack = Duration.FromDays(31);

    /// <summary>
    /// Up to where a calendar is read now: it moves once a month, so that hour by hour the same calendar gives the same times.
    /// </summary>
    public static Instant HorizonOf(Instant now)
    {
        var today = now.InUtc().Date;
        return new LocalDate(today.Year, today.Month, 1).PlusMonths(MonthsAhead).AtStartOfDayInZone(DateTimeZone.Utc).ToInstant();
    }

    /// <param name="agenda">The calendar.</param>
    /// <param name="kind">A rota's events are shifts whether they say busy or not; whole days are none, as they do not say from when to when.</param>
    /// <param name="now">From a day before on; of a rota from a month before.</param>
    /// <param name="owner">For whole days and for times without a zone.</param>
    /// <param name="sessions">The owner's sessions here: their invitations are neither.</param>
    /// <param name="address">The owner's mail address, if known: what it has declined takes no time.</param>
    /// <returns>Null where there are too many.</returns>
    /// <exception cref="CalendarException">More of it is unreadable than readable.</exception>
    public static CalendarTimes? Of(Agenda agenda, CalendarKind kind, Instant now, DateTimeZone owner, IReadOnlySet<Guid> sessions, string? address = null)
    {
        var window = kind is CalendarKind.Rota ? WindowOf(now, ShiftsBack) : WindowOf(now);
        var busy = agenda.Busy(window, owner, IsOwn, address);
        var times = kind is CalendarKind.Rota
            ? Merged(agenda.Occurrences(window, owner).Where(shift => !shift.IsAllDay && shift.Start < shift.End && !(shift.Uid is { } uid && IsOwn(uid))).Select(shift => (shift.Start, shift.End)))
            : busy.Busy;
        return times.Count > (kind is CalendarKind.Rota ? MostShifts : MostBusy) ? null : new CalendarTimes(times, busy.Problems.Count);

        bool IsOwn(string uid) =>
            uid.EndsWith(OwnUid, StringComparison.OrdinalIgnoreCase) && Guid.TryParse(uid.AsSpan(0, uid.Length - OwnUid.Length), out var session) && sessions.Contains(session);
    }

    /// <summary>Of an account, of which a provider tells only when it is busy, and not by what.</summary>
    /// <param name="busy">In any order.</param>
    /// <param name="now">From a day before on.</param>
    /// <param name="own">The owner's sessions here, in any order: nothing else can be booked at these times, so that leaving them out hides nothing.</param>
    /// <returns>Null where there are too many.</returns>
    public static CalendarTimes? Of(IEnumerable<Interval> busy, Instant now, IEnumerable<Interval> own)
    {
        var window = WindowOf(now);
        var left = Merged(busy.Select(time => Within(time, window)).OfType<Interval>().OrderBy(time => time.Start).Select(time => (time.Start, time.End)));
        foreach (var session in own)
            left = [.. left.SelectMany(time => Without(time, session))];
        return left.Count > MostBusy ? null : new CalendarTimes(left, 0);
    }

    /// <summary>What of an account is asked for.</summary>
    public static Interval WindowOf(Instant now) => WindowOf(now, DaysBack);

    private static Interval WindowOf(Instant now, Duration back) => new((now - back).InUtc().Date.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant(), HorizonOf(now));

    private static Interval? Within(Interval time, Interval window) =>
        time.Start < window.End && window.Start < time.End ? new Interval(Instant.Max(time.Start, window.Start), Instant.Min(time.End, window.End)) : null;

    private static IEnumerable<Interval> Without(Interval time, Interval other)
    {
        if (other.Start >= time.End || other.End <= time.Start)
        {
            yield return time;
            yield break;
        }
        if (time.Start < other.Start)
            yield return new Interval(time.Start, other.Start);
        if (other.End < time.End)
            yield return new Interval(other.End, time.End);
    }

    private static List<Interval> Merged(IEnumerable<(Instant Start, Instant End)> ascending)
    {
        var merged = new List<Interval>();
        foreach (var next in ascending)
        {
            if (merged.Count > 0 && merged[^1] is var last && next.Start <= last.End)
                merged[^1] = new Interval(last.Start, Instant.Max(last.End, next.End));
            else
                merged.Add(new Interval(next.Start, next.End));
        }
        return merged;
    }
}
