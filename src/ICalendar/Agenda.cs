using NodaTime;

namespace Mentoring.ICalendar;

/// <summary>An instance of an event within a window.</summary>
/// <param name="Uid">Of its event; null where the file gives none.</param>
/// <param name="IsBusy">Takes time: neither transparent nor cancelled.</param>
/// <param name="IsAllDay">Written as days; start and end are those of the days in the owner's zone.</param>
public sealed record Occurrence(string? Uid, Instant Start, Instant End, bool IsBusy, bool IsAllDay);

/// <summary>Something in a file that could not be read, and was left out.</summary>
/// <param name="Line">Of the file, from 1.</param>
/// <param name="Code">As of <see cref="CalendarException"/>; besides <c>zone-unknown</c> and <c>recurrence-too-long</c>.</param>
public sealed record CalendarProblem(int Line, string Code, string Message);

/// <summary>When the owner of a calendar is not free.</summary>
/// <param name="Busy">Ascending, apart from one another, cut at the window's borders.</param>
/// <param name="Problems">What was left out; whoever is shown the times is to be shown these.</param>
public sealed record BusyTimes(IReadOnlyList<Interval> Busy, IReadOnlyList<CalendarProblem> Problems);

/// <summary>
/// What the events of a calendar file take of a window of time. An event that cannot be read is left out and told of; the file as a whole is refused only
/// where it cannot be taken apart.
/// </summary>
/// <remarks>
/// Of several events with one UID the highest SEQUENCE counts, then the latest DTSTAMP; equals all count, as a file that gives one UID to different
/// events hides nothing that way. An instance that was moved counts where it was moved to, also when its event no longer has it.
/// </remarks>
public sealed class Agenda
{
    private readonly List<CalendarEvent> _events = [];
    private readonly List<CalendarPeriod> _busy = [];
    private readonly List<int> _busyLines = [];
    private readonly List<Component> _zones = [];
    private readonly List<CalendarProblem> _problems = [];
    private readonly CalendarLimits _limits;

    private Agenda(CalendarLimits limits) => _limits = limits;

    /// <summary>Events that were read.</summary>
    public int Events => _events.Count;

    /// <summary>Events that could not be read.</summary>
    public IReadOnlyList<CalendarProblem> Problems => _problems;

    /// <exception cref="CalendarException">The stream is no calendar, is broken or is beyond the limits.</exception>
    public static async Task<Agenda> Read(Stream stream, CalendarLimits? limits = null, CancellationToken cancellationToken = default)
    {
        var agenda = new Agenda(limits ?? CalendarLimits.Default);
        await foreach (var component in CalendarReader.Read(stream, limits, cancellationToken))
            agenda.Take(component);
        return agenda;
    }

    /// <summary>When the owner is not free within a window.</summary>
    /// <param name="window">With both ends.</param>
    /// <param name="owner">For whole days and for times without a zone.</param>
    /// <param name="isLeftOut">Events whose UID it holds for do not count.</param>
    /// <param name="address">The owner's mail address, if known: what it has declined takes no time.</param>
    /// <exception cref="CalendarException"><c>too-many-problems</c></exception>
    public BusyTimes Busy(Interval window, DateTimeZone owner, Func<string, bool>? isLeftOut = null, string? address = null)
    {
        var taken = new List<(long Start, long End)>();
        var problems = Walk(window, owner, address, (uid, start, end, isBusy, _) =>
        {
            if (!isBusy || end <= start || (uid is not null && isLeftOut?.Invoke(uid) == true))
                return;
            // A rule gives its instances in order, so those that touch are put together at once.
            if (taken.Count > 0 && taken[^1] is var last && start >= last.Start && start <= last.End)
                taken[^1] = (last.Start, Math.Max(last.End, end));
            else
                taken.Add((start, end));
        });
        taken.Sort();
        var busy = new List<Interval>();
        var (from, to) = (window.Start, window.End);
        for (var i = 0; i < taken.Count;)
        {
            var (start, end) = taken[i];
            for (i++; i < taken.Count && taken[i].Start <= end; i++)
                end = Math.Max(end, taken[i].End);
            busy.Add(new Interval(Instant.Max(from, At(start)), Instant.Min(to, At(end))));
        }
        return new BusyTimes(busy, problems);
    }

    /// <summary>The instances that touch a window, by their start. Cancelled ones are left out.</summary>
    /// <exception cref="CalendarException"><c>too-many-problems</c></exception>
    public IReadOnlyList<Occurrence> Occurrences(Interval window, DateTimeZone owner)
    {
        var occurrences = new List<Occurrence>();
        Walk(window, owner, null, (uid, start, end, isBusy, isAllDay) => occurrences.Add(new Occurrence(uid, At(start), At(end), isBusy, isAllDay)));
        return [.. occurrences.OrderBy(occurrence => occurrence.Start).ThenBy(occurrence => occurrence.End)];
    }

    private static Instant At(long moment) =>
        Instant.FromUnixTimeSeconds(Math.Clamp(moment, Civil.DayOf(Civil.FirstYear, 1, 1) * Civil.Day, Civil.LastDay * Civil.Day));

    private void Take(Component component)
    {
        try
        {
            switch (component.Name)
            {
                case "VEVENT":
                    _events.Add(EventReader.Event(component));
                    break;
                case "VFREEBUSY":
                    foreach (var period in EventReader.BusyPeriods(component))
                    {
                        _busy.Add(period);
                        _busyLines.Add(component.Line);
                    }
                    break;
                case "VTIMEZONE":
                    _zones.Add(component);
                    break;
                default:
                    break;
            }
        }
        catch (CalendarException e)
        {
            Tell(_problems, e);
        }
    }

    private void Tell(List<CalendarProblem> problems, CalendarException e)
    {
        if (problems.Count >= _limits.Problems)
            throw new CalendarException(e.Line, "too-many-problems", $"More than {_limits.Problems} events cannot be read; the last: {e.Message}");
        problems.Add(new CalendarProblem(e.Line, e.Code, e.Message));
    }

    private List<CalendarProblem> Walk(Interval window, DateTimeZone owner, string? address, Action<string?, long, long, bool, bool> found)
    {
        ArgumentNullException.ThrowIfNull(owner);
        var (from, to) = (window.Start.ToUnixTimeSeconds(), window.End.ToUnixTimeSeconds());
        var problems = new List<CalendarProblem>(_problems);
        var budget = new Budget(_limits);
        var zones = new Zones(owner, budget, to + (2 * Civil.Day));
        foreach (var zone in _zones)
            zones.Add(zone);
        foreach (var same in Current(address))
            new EventSeries(same, zones, budget).Walk(from, to, found, e => Tell(problems, e));
        for (var i = 0; i < _busy.Count; i++)
        {
            try
            {
                var (start, end) = EventSeries.Moments(_busy[i], zones, _busyLines[i]);
                if (start < to && end > from)
                    found(null, start, end, true, false);
            }
            catch (CalendarException e)
            {
                Tell(problems, e);
            }
        }
        return problems;
    }

    /// <summary>Events with what replaces instances of them. Those of which there is a newer version are left out.</summary>
    private IEnumerable<IReadOnlyList<CalendarEvent>> Current(string? address)
    {
        foreach (var same in _events.Select(read => IsDeclined(read, address) ? read with { IsBusy = false } : read).GroupBy(read => read.Uid))
        {
            if (same.Key is null)
            {
                foreach (var alone in same)
                    yield return [alone];
                continue;
            }
            yield return [.. same.GroupBy(read => read.Instead).SelectMany(Newest)];
        }
    }

    private static bool IsDeclined(CalendarEvent read, string? address) =>
        address is not null && read.DeclinedBy.Count > 0 && read.DeclinedBy.Contains(address, StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<CalendarEvent> Newest(IEnumerable<CalendarEvent> versions)
    {
        var all = versions.ToArray();
        if (all.Length == 1)
            return all;
        var newest = all.Max(read => (read.Sequence, read.Stamp));
        return all.Where(read => (read.Sequence, read.Stamp) == newest);
    }
}
