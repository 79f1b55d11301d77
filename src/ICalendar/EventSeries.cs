namespace Mentoring.ICalendar;

/// <summary>An event with all that replaces instances of it: its instances as moments.</summary>
/// <param name="same">All of one UID. Mostly one is without RECURRENCE-ID; none where an invitation was for single instances.</param>
internal sealed class EventSeries(IReadOnlyList<CalendarEvent> same, Zones zones, Budget budget)
{
    // How far the clock may have been changed around a window's border, beside what the days around it show.
    private const long Slack = 3 * 3600;

    /// <summary>
    /// Tells of each instance that touches a window (UID, start and end in Unix seconds, whether it is busy and whether it is of days), and of all that is
    /// left out.
    /// </summary>
    public void Walk(long from, long to, Action<string?, long, long, bool, bool> found, Action<CalendarException> leftOut)
    {
        var replacements = new Replacements();
        foreach (var one in same.Where(one => one.Instead is not null))
        {
            Try(() =>
            {
                replacements.Add(one, ZoneOf(one.Instead!.Value, one.Line).MomentOf(one.Instead.Value.Seconds));
                Single(one, from, to, found);
            });
        }
        foreach (var master in same.Where(one => one.Instead is null))
            Try(() => Master(master, replacements, from, to, found));

        void Try(Action part)
        {
            try
            {
                budget.Next();
                part();
            }
            catch (CalendarException e)
            {
                leftOut(e);
            }
        }
    }

    /// <summary>When a period begins and ends.</summary>
    public static (long Start, long End) Moments(CalendarPeriod period, Zones zones, int line)
    {
        var zone = ZoneOf(zones, period.Start, line);
        var start = zone.MomentOf(period.Start.Seconds);
        return (start, period.Length is { } length ? After(zone, period.Start.Seconds, length)
            : period.End is { } end ? ZoneOf(zones, end, line).MomentOf(end.Seconds)
            : start);
    }

    private void Single(CalendarEvent one, long from, long to, Action<string?, long, long, bool, bool> found)
    {
        var zone = ZoneOf(one.Start, one.Line);
        Tell(one, one.Start.Seconds, zone, SpanOf(one, zone), from, to, found);
    }

    private void Master(CalendarEvent master, Replacements replacements, long from, long to, Action<string?, long, long, bool, bool> found)
    {
        var zone = ZoneOf(master.Start, master.Line);
        var span = SpanOf(master, zone);
        // Instances that lie in the window only because all later ones were moved there, or lengthened, begin elsewhere by the rule.
        var (earlier, later) = (span.Longest, 0L);
        var moves = new Dictionary<CalendarEvent, (long Shift, Span Span)>();
        foreach (var (moment, replacement) in replacements.Future)
        {
            if (!budget.Spend())
                break;
            var itsZone = ZoneOf(replacement.Start, replacement.Line);
            var shift = zone.ClockAt(itsZone.MomentOf(replacement.Start.Seconds)) - zone.ClockAt(moment);
            var itsSpan = SpanOf(replacement, itsZone);
            moves[replacement] = (shift, itsSpan);
            earlier = Math.Max(earlier, shift + itsSpan.Longest);
            later = Math.Max(later, -shift);
        }
        var without = Without(master);
        // A set only where there are several sources that may give the same instance.
        var seen = master.Rules.Count > 1 || master.Further.Count > 0 ? new HashSet<long>() : null;

        // Periods first: a length of its own goes before the event's.
        foreach (var further in master.Further)
        {
            if (!budget.Spend())
                break;
            var itsZone = ZoneOf(further.Start, master.Line);
            var (start, end) = Moments(further, zones, master.Line);
            if (!IsLeftOut(start, further.Start.Kind) && seen?.Add(start) != false && !replacements.Has(start, itsZone))
            {
                var isPeriod = further.End is not null || further.Length is not null;
                Instance(zone.ClockAt(start), start, isPeriod ? end - start : null);
            }
        }
        if (master.Rules.Count == 0)
            ByClock(master.Start.Seconds);
        foreach (var rule in master.Rules)
        {
            var (end, isLate) = End(rule, zone);
            foreach (var clock in new Recurrence(rule, master.Start.Seconds, end, isLate, budget).Between(Clock(zone, from - earlier, -1), Clock(zone, to + later, 1)))
                ByClock(clock);
        }
        if (budget.IsRefused)
            throw new CalendarException(master.Line, "recurrence-too-long", "The event recurs more often than is followed.");

        void ByClock(long clock)
        {
            var start = zone.MomentOf(clock);
            if (!IsLeftOut(start, master.Start.Kind) && seen?.Add(start) != false && !replacements.Has(start, zone))
                Instance(clock, start, null);
        }

        void Instance(long clock, long start, long? length)
        {
            if (replacements.FutureAt(start) is not { } future)
                Tell(master, clock, zone, length is { } itsOwn ? new Span(itsOwn, null) : span, from, to, found);
            else
                Tell(future, clock + moves.GetValueOrDefault(future).Shift, zone, moves.GetValueOrDefault(future).Span, from, to, found);
        }

        bool IsLeftOut(long moment, TimeKind kind) => without is not null && without.Contains((moment, kind == TimeKind.Date));
    }

    /// <summary>What the clock shows at a moment, or a little outside of it where clocks are changed around then.</summary>
    private static long Clock(Zone zone, long moment, int outwards)
    {
        var offset = zone.OffsetAt(moment);
        var change = Math.Max(Math.Abs(zone.OffsetAt(moment - (2 * Civil.Day)) - offset), Math.Abs(zone.OffsetAt(moment + (2 * Civil.Day)) - offset));
        return moment + offset + (outwards * (change + Slack));
    }

    /// <summary>EXDATE as moments; days leave out days, and times leave out times.</summary>
    private HashSet<(long, bool)>? Without(CalendarEvent master) => master.Without.Count == 0 ? null
        : [.. master.Without.TakeWhile(_ => budget.Spend()).Select(time => (ZoneOf(time, master.Line).MomentOf(time.Seconds), time.Kind == TimeKind.Date))];

    /// <summary>Until when a rule goes, on its own clock, and whether an instance near it is beyond.</summary>
    private static (long End, Func<long, bool>? IsLate) End(RecurrenceRule rule, Zone zone)
    {
        switch (rule.Until)
        {
            case null:
                return (long.MaxValue, null);
            // Days and the clock's time are compared as they stand. A day that ends a rule of times, against the RFC, is meant with all of its hours.
            case { Kind: TimeKind.Date } day:
                return (day.Seconds + Civil.Day - 1, null);
            case { Kind: TimeKind.Utc } moment:
                return (zone.ClockAt(moment.Seconds) + Civil.Day, clock => zone.MomentOf(clock) > moment.Seconds);
            case { } clock:
                return (clock.Seconds, null);
        }
    }

    private static void Tell(CalendarEvent one, long clock, Zone zone, Span span, long from, long to, Action<string?, long, long, bool, bool> found)
    {
        if (one.IsCancelled)
            return;
        var start = zone.MomentOf(clock);
        var end = span.Nominal is { } length ? After(zone, clock, length) : start + span.Exact;
        if (start < to && (end > from || (start >= from && end == start)))
            found(one.Uid, start, end, one.IsBusy, one.IsAllDay);
    }

    /// <summary>How long an instance takes: with DTEND exactly as long as the first, with DURATION as long as the calendar says; else a day or nothing.</summary>
    private Span SpanOf(CalendarEvent one, Zone zone)
    {
        if (one.IsAllDay)
        {
            var days = one.End is { } last ? (last.Seconds - one.Start.Seconds) / Civil.Day : one.Length is { } length ? length.Days + (length.Seconds / Civil.Day) : 1;
            // Many write a single day as one that ends when it begins.
            return new Span(0, new CalendarDuration(days == 0 ? 1 : Ordered(days), 0));
        }
        if (one.Length is { } nominal)
            return new Span(0, nominal with { Days = Ordered(nominal.Days), Seconds = Ordered(nominal.Seconds) });
        return new Span(one.End is { } end ? Ordered(ZoneOf(end, one.Line).MomentOf(end.Seconds) - zone.MomentOf(one.Start.Seconds)) : 0, null);

        long Ordered(long length) => length >= 0 ? length : throw new CalendarException(one.Line, "value-invalid", "The event ends before it begins.");
    }

    /// <summary>Days on the clock first, then seconds as they pass (3.3.6).</summary>
    private static long After(Zone zone, long clock, CalendarDuration length) => zone.MomentOf(clock + (length.Days * Civil.Day)) + length.Seconds;

    private Zone ZoneOf(CalendarTime time, int line) => ZoneOf(zones, time, line);

    private static Zone ZoneOf(Zones zones, CalendarTime time, int line) => zones.Of(time)
        ?? throw new CalendarException(line, "zone-unknown", $"Nobody knows a zone '{CalendarException.Piece(time.ZoneName)}', and the file has no table of it.");

    private readonly record struct Span(long Exact, CalendarDuration? Nominal)
    {
        public long Longest => Nominal is { } length ? (length.Days * Civil.Day) + length.Seconds : Exact;
    }

    /// <summary>What replaces instances, by the moment at which these would have begun.</summary>
    private sealed class Replacements
    {
        private readonly HashSet<long> _at = [];
        private readonly HashSet<long> _days = [];
        private readonly List<(long Moment, CalendarEvent Event)> _future = [];
        private bool _isSorted = true;

        /// <summary>Those that stand for all later instances too, by the moment of the first.</summary>
        public List<(long Moment, CalendarEvent Event)> Future
        {
            get
            {
                if (!_isSorted)
                    _future.Sort((one, other) => one.Moment.CompareTo(other.Moment));
                _isSorted = true;
                return _future;
            }
        }

        public void Add(CalendarEvent one, long moment)
        {
            _at.Add(moment);
            // Named by its day alone, which many do for an event of times.
            if (one.Instead!.Value.Kind == TimeKind.Date)
                _days.Add(Civil.Floor(one.Instead.Value.Seconds, Civil.Day));
            if (!one.AndFuture)
                return;
            _future.Add((moment, one));
            _isSorted = false;
        }

        public bool Has(long moment, Zone zone) => _at.Contains(moment) || (_days.Count > 0 && _days.Contains(Civil.Floor(zone.ClockAt(moment), Civil.Day)));

        /// <summary>The last that stands for this instance and all later ones.</summary>
        public CalendarEvent? FutureAt(long moment)
        {
            var future = Future;
            int low = 0, high = future.Count;
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (future[middle].Moment > moment)
                    high = middle;
                else
                    low = middle + 1;
            }
            return low == 0 ? null : future[low - 1].Event;
        }
    }
}
