namespace Mentoring.ICalendar;

/// <summary>
/// Counts out a rule on the clock it is written for, without zones (3.3.10, 3.8.5.3). The start is the first instance, whether the rule gives it or not.
/// </summary>
/// <remarks>
/// A rule is a walk over periods (years, months, ... seconds). In each, the days are those that pass every BY part, and the times of each day are the same
/// list; so a period's set is an index into days × times, and BYSETPOS picks from it without listing it. Without COUNT the walk begins just before
/// what is asked for. Every day looked at, period passed over and instance found is a step of the budget: that, and not the rule, ends every walk.
/// </remarks>
internal sealed class Recurrence
{
    private readonly RecurrenceRule _rule;
    private readonly long _start;
    private readonly long _end;
    private readonly Func<long, bool>? _isLate;
    private readonly Budget _budget;

    private readonly int _months;
    private readonly ulong _monthDays;
    private readonly ulong _monthDaysFromEnd;
    private readonly int _weekdays;
    private readonly WeekdayOf[] _numbered;
    private readonly bool _numberedInMonth;
    private readonly HashSet<int>? _yearDays;
    private readonly ulong _weeks;
    private readonly ulong _weeksFromEnd;
    private readonly int _hours;
    private readonly ulong _minutes;
    private readonly ulong _seconds;
    private readonly int _weekStart;
    private int[]? _times;

    /// <param name="rule">The rule.</param>
    /// <param name="start">What the clock says at the start, in seconds of <see cref="Civil"/>.</param>
    /// <param name="end">No instance is later; may be a day too late, as <paramref name="isLate"/> has the last word.</param>
    /// <param name="isLate">Whether an instance near the end is beyond UNTIL, which may be written on another clock.</param>
    /// <param name="budget">What it may cost.</param>
    public Recurrence(RecurrenceRule rule, long start, long end, Func<long, bool>? isLate, Budget budget)
    {
        (_rule, _start, _isLate, _budget) = (rule, start, isLate, budget);
        _end = Math.Min(end, (Civil.LastDay * Civil.Day) - 1);
        var startDay = Civil.Floor(start, Civil.Day);
        var (_, startMonth, startDayOfMonth) = Civil.DateOf(startDay);
        _months = rule.ByMonth.Aggregate(0, (mask, month) => mask | (1 << month));
        foreach (var day in rule.ByMonthDay)
        {
            _monthDays |= day > 0 ? 1UL << day : 0;
            _monthDaysFromEnd |= day < 0 ? 1UL << -day : 0;
        }
        foreach (var week in rule.ByWeekNumber)
        {
            _weeks |= week > 0 ? 1UL << week : 0;
            _weeksFromEnd |= week < 0 ? 1UL << -week : 0;
        }
        _yearDays = rule.ByYearDay.Count > 0 ? [.. rule.ByYearDay] : null;
        _weekdays = rule.ByDay.Where(day => day.Ordinal == 0).Aggregate(0, (mask, day) => mask | (1 << ((int)day.Day - 1)));
        _numbered = [.. rule.ByDay.Where(day => day.Ordinal != 0)];
        _numberedInMonth = rule.Frequency == Frequency.Monthly || _months != 0;
        _weekStart = (int)rule.WeekStart - 1;
        _hours = rule.ByHour.Aggregate(0, (mask, hour) => mask | (1 << hour));
        _minutes = rule.ByMinute.Aggregate(0UL, (mask, minute) => mask | (1UL << minute));
        _seconds = rule.BySecond.Aggregate(0UL, (mask, second) => mask | (1UL << second));

        // What the rule does not say is as at the start.
        var anyDay = rule.ByDay.Count + rule.ByMonthDay.Count + rule.ByYearDay.Count > 0;
        switch (rule.Frequency)
        {
            case Frequency.Yearly when !anyDay && rule.ByWeekNumber.Count == 0:
                _monthDays = 1UL << startDayOfMonth;
                _months = _months == 0 ? 1 << startMonth : _months;
                break;
            case Frequency.Yearly when !anyDay:
            case Frequency.Weekly when !anyDay:
                _weekdays = 1 << Civil.WeekdayOf(startDay);
                break;
            case Frequency.Monthly when !anyDay:
                _monthDays = 1UL << startDayOfMonth;
                break;
            default:
                break;
        }
    }

    /// <summary>The instances from one moment to another, both included, ascending. Ends early when the budget is spent.</summary>
    public IEnumerable<long> Between(long from, long to)
    {
        var last = Math.Min(to, _end);
        if (_start >= from && _start <= last && _isLate?.Invoke(_start) != true)
            yield return _start;
        if (_rule.Count == 1)
            yield break;
        long counted = 1;
        var set = new Period();
        var walk = new Walk(this, _rule.Count is null ? Math.Max(from, _start) : _start);
        while (walk.Next(set, last))
        {
            var (at, length) = set.From(_rule.Count is null ? Math.Max(from, _start) : _start);
            for (; at < length; at++)
            {
                var instance = set[at];
                if (instance <= _start)
                    continue;
                if (instance > last || !_budget.Spend())
                    yield break;
                if (_isLate?.Invoke(instance) == true)
                    continue;
                if (instance >= from)
                    yield return instance;
                if (++counted == _rule.Count)
                    yield break;
            }
        }
    }

    private bool Passes(long day, int year, int month, int dayOfMonth)
    {
        if (_months != 0 && (_months >> month & 1) == 0)
            return false;
        if ((_monthDays | _monthDaysFromEnd) != 0
            && (_monthDays >> dayOfMonth & 1) == 0 && (_monthDaysFromEnd >> (Civil.DaysIn(year, month) - dayOfMonth + 1) & 1) == 0)
            return false;
        if (_yearDays is not null)
        {
            var ofYear = (int)(day - Civil.DayOf(year, 1, 1)) + 1;
            if (!_yearDays.Contains(ofYear) && !_yearDays.Contains(ofYear - Civil.DaysIn(year) - 1))
                return false;
        }
        if (_weekdays == 0 && _numbered.Length == 0)
            return true;
        var weekday = Civil.WeekdayOf(day);
        return (_weekdays >> weekday & 1) != 0 || (_numbered.Length > 0 && PassesNumbered(day, weekday, year, month, dayOfMonth));
    }

    private bool PassesNumbered(long day, int weekday, int year, int month, int dayOfMonth)
    {
        var (number, days) = _numberedInMonth
            ? (dayOfMonth, Civil.DaysIn(year, month))
            : ((int)(day - Civil.DayOf(year, 1, 1)) + 1, Civil.DaysIn(year));
        var (ordinal, fromEnd) = (((number - 1) / 7) + 1, -(((days - number) / 7) + 1));
        foreach (var wanted in _numbered)
        {
            if ((int)wanted.Day - 1 == weekday && (wanted.Ordinal == ordinal || wanted.Ordinal == fromEnd))
                return true;
        }
        return false;
    }

    /// <summary>Seconds from the beginning of each day, hour, minute or second, whichever the rule leaves open; made once.</summary>
    private int[] Times()
    {
        if (_times is not null)
            return _times;
        var start = (int)Civil.Modulo(_start, Civil.Day);
        int[] hours = _rule.Frequency < Frequency.Daily ? [0] : Or(_rule.ByHour, start / 3600);
        int[] minutes = _rule.Frequency < Frequency.Hourly ? [0] : Or(_rule.ByMinute, start / 60 % 60);
        int[] seconds = _rule.Frequency < Frequency.Minutely ? [0] : Or(_rule.BySecond, start % 60);
        if (!_budget.Spend(hours.Length * minutes.Length * seconds.Length))
            return _times = [];
        return _times = [.. hours.SelectMany(hour => minutes.SelectMany(minute => seconds.Select(second => (hour * 3600) + (minute * 60) + second)))];

        static int[] Or(IReadOnlyList<int> said, int atStart) => said.Count > 0 ? [.. said.Order()] : [atStart];
    }

    /// <summary>What one period gives: days × times, or those of them that BYSETPOS picks.</summary>
    private sealed class Period
    {
        private readonly List<long> _days = [];
        private int[] _times = [];
        private long[]? _picked;

        public long this[long index]
        {
            get
            {
                var at = _picked is null ? index : _picked[index];
                return _days[(int)(at / _times.Length)] + _times[at % _times.Length];
            }
        }

        public void Begin(int[] times) => (_times, _picked) = (times, Clear());

        /// <param name="at">The second a day, an hour, a minute begins with.</param>
        public void Add(long at) => _days.Add(at);

        public void Pick(IReadOnlyList<int> positions, Budget budget)
        {
            var all = (long)_days.Count * _times.Length;
            if (positions.Count > 0)
                _picked = !budget.Spend(positions.Count) ? [] : [.. positions.Select(position => position > 0 ? position - 1L : all + position).Where(index => index >= 0 && index < all).Distinct().Order()];
        }

        /// <summary>The first that may be of interest, and how many there are.</summary>
        public (long First, long Length) From(long from)
        {
            if (_picked is not null)
                return (0, _picked.Length);
            var first = 0;
            while (_times.Length > 0 && first < _days.Count && _days[first] + _times[^1] < from)
                first++;
            return ((long)first * _times.Length, (long)_days.Count * _times.Length);
        }

        private long[]? Clear()
        {
            _days.Clear();
            return null;
        }
    }

    /// <summary>From period to period.</summary>
    private sealed class Walk
    {
        private readonly Recurrence _of;
        private readonly Frequency _frequency;
        private readonly long _interval;
        // A year, a month counted from year 0, the first day of a week, a day, or the first second of an hour, minute or second.
        private long _at;

        public Walk(Recurrence of, long from)
        {
            _of = of;
            _frequency = of._rule.Frequency;
            _interval = of._rule.Interval * Unit(_frequency);
            var begin = PeriodOf(of._start);
            // One period early: a week of the year may lie in the year before, and a set may reach over its period's end.
            var passed = Civil.Floor(PeriodOf(from) - begin, _interval) - 1;
            _at = begin + (Math.Max(0, passed) * _interval);
        }

        /// <summary>Fills in the next period that has anything; false when there is none up to the last moment, or nothing left to spend.</summary>
        public bool Next(Period set, long last)
        {
            if (_frequency < Frequency.Daily)
                return NextOfTheClock(set, last);
            while (true)
            {
                var (first, end) = Days();
                if (first * Civil.Day > last)
                    return false;
                set.Begin(_of.Times());
                var any = Fill(set, first, end);
                if (_of._budget.IsRefused)
                    return false;
                _at += _interval;
                if (!any)
                    continue;
                set.Pick(_of._rule.BySetPosition, _of._budget);
                return true;
            }
        }

        private (long First, long End) Days()
        {
            switch (_frequency)
            {
                case Frequency.Yearly when _at > Civil.LastYear:
                case Frequency.Monthly when _at >= (Civil.LastYear + 1) * 12L:
                    return (Civil.LastDay + 1, Civil.LastDay + 2);
                case Frequency.Yearly when _of._rule.ByWeekNumber.Count > 0:
                    return (FirstWeek((int)_at), FirstWeek((int)_at + 1));
                case Frequency.Yearly:
                    return (Civil.DayOf((int)_at, 1, 1), Civil.DayOf((int)_at + 1, 1, 1));
                case Frequency.Monthly:
                    var (year, month) = ((int)(_at / 12), (int)(_at % 12) + 1);
                    var first = Civil.DayOf(year, month, 1);
                    return (first, first + Civil.DaysIn(year, month));
                case Frequency.Weekly:
                    return (_at, _at + 7);
                default:
                    return (_at, _at + 1);
            }
        }

        private bool Fill(Period set, long first, long end)
        {
            var any = false;
            var (year, month, dayOfMonth) = Civil.DateOf(first);
            var weeks = (int)((end - first) / 7);
            for (var day = first; day < end && _of._budget.Spend();)
            {
                // A month that is not meant is one step, whatever its days: many tables of zones go back to 1601.
                var days = Civil.DaysIn(year, month);
                var passed = _of._months != 0 && (_of._months >> month & 1) == 0 ? days - dayOfMonth + 1 : 1;
                if (passed == 1 && _of.Passes(day, year, month, dayOfMonth) && ((_of._weeks | _of._weeksFromEnd) == 0 || OfWeek((int)(day - first) / 7, weeks)))
                {
                    set.Add(day * Civil.Day);
                    any = true;
                }
                day += passed;
                dayOfMonth += passed;
                if (dayOfMonth > days)
                {
                    dayOfMonth = 1;
                    month = month == 12 ? 1 : month + 1;
                    year += month == 1 ? 1 : 0;
                }
            }
            return any;
        }

        private bool OfWeek(int week, int weeks) => (_of._weeks >> (week + 1) & 1) != 0 || (_of._weeksFromEnd >> (weeks - week) & 1) != 0;

        /// <summary>The first day of the week that has at least four days in the year.</summary>
        private long FirstWeek(int year)
        {
            var fourth = Civil.DayOf(year, 1, 4);
            return fourth - Civil.Modulo(Civil.WeekdayOf(fourth) - _of._weekStart, 7);
        }

        private bool NextOfTheClock(Period set, long last)
        {
            while (_at <= last)
            {
                if (!_of._budget.Spend())
                    return false;
                var day = Civil.Floor(_at, Civil.Day);
                var (year, month, dayOfMonth) = Civil.DateOf(day);
                if (_of._months != 0 && (_of._months >> month & 1) == 0)
                {
                    To(Civil.DayOf(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1) * Civil.Day);
                    continue;
                }
                if (!_of.Passes(day, year, month, dayOfMonth))
                {
                    To((day + 1) * Civil.Day);
                    continue;
                }
                var second = (int)(_at - (day * Civil.Day));
                if (_of._hours != 0 && (_of._hours >> (second / 3600) & 1) == 0)
                {
                    To(_at - (second % 3600) + 3600);
                    continue;
                }
                if (_frequency < Frequency.Hourly && _of._minutes != 0 && (_of._minutes >> (second / 60 % 60) & 1) == 0)
                {
                    To(_at - (second % 60) + 60);
                    continue;
                }
                if (_frequency < Frequency.Minutely && _of._seconds != 0 && (_of._seconds >> (second % 60) & 1) == 0)
                {
                    _at += _interval;
                    continue;
                }
                set.Begin(_of.Times());
                set.Add(_at);
                set.Pick(_of._rule.BySetPosition, _of._budget);
                _at += _interval;
                return true;
            }
            return false;
        }

        /// <summary>The first period that the interval gives from a moment on.</summary>
        private void To(long moment) => _at += (Civil.Floor(moment - _at - 1, _interval) + 1) * _interval;

        private long PeriodOf(long second)
        {
            var day = Civil.Floor(second, Civil.Day);
            switch (_frequency)
            {
                case Frequency.Yearly:
                    var of = Civil.DateOf(day).Year;
                    // The year of its week, where weeks are counted: the 30th of December may be in the next year's first.
                    return _of._rule.ByWeekNumber.Count == 0 ? of : day >= FirstWeek(of + 1) ? of + 1 : day < FirstWeek(of) ? of - 1 : of;
                case Frequency.Monthly:
                    var (year, month, _) = Civil.DateOf(day);
                    return (year * 12L) + month - 1;
                case Frequency.Weekly:
                    return day - Civil.Modulo(Civil.WeekdayOf(day) - _of._weekStart, 7);
                case Frequency.Daily:
                    return day;
                default:
                    return second - Civil.Modulo(second, Unit(_frequency));
            }
        }

        private static long Unit(Frequency frequency) => frequency switch
        {
            Frequency.Weekly => 7,
            Frequency.Hourly => 3600,
            Frequency.Minutely => 60,
            _ => 1,
        };
    }
}
