using NodaTime;
using NodaTime.Calendars;

namespace Mentoring.ICalendar.Tests;

/// <summary>
/// The table of RFC 5545, section 3.3.10, taken literally: every second of every day is asked by each part of the rule whether it belongs. Slow, and in
/// nothing like what it is compared with: no jumps, no masks, and the calendar is NodaTime's.
/// </summary>
internal static class SlowRecurrence
{
    public static List<LocalDateTime> Instances(RecurrenceRule rule, LocalDateTime start, LocalDate last)
    {
        var sets = new SortedDictionary<long, List<LocalDateTime>>();
        // Whole periods: BYSETPOS counts from their beginning, which may lie before the start.
        for (var date = new LocalDate(start.Year, 1, 1).PlusDays(-7); date <= last.PlusDays(400); date = date.PlusDays(1))
        {
            if (!DayBelongs(rule, start, date))
                continue;
            foreach (var hour in Enumerable.Range(0, 24).Where(hour => Belongs(rule.ByHour, hour, rule.Frequency > Frequency.Hourly, start.Hour)))
                foreach (var minute in Enumerable.Range(0, 60).Where(minute => Belongs(rule.ByMinute, minute, rule.Frequency > Frequency.Minutely, start.Minute)))
                    foreach (var second in Enumerable.Range(0, 60).Where(second => Belongs(rule.BySecond, second, rule.Frequency > Frequency.Secondly, start.Second)))
                    {
                        var time = date.At(new LocalTime(hour, minute, second));
                        var period = PeriodOf(rule, time) - PeriodOf(rule, start);
                        if (period < 0 || period % rule.Interval != 0)
                            continue;
                        if (!sets.TryGetValue(period, out var set))
                            sets[period] = set = [];
                        set.Add(time);
                    }
            // Finer rules are asked over few days only.
            if (rule.Frequency < Frequency.Daily && date > last.PlusDays(1))
                break;
        }
        var all = sets.Values.SelectMany(set => rule.BySetPosition.Count == 0
            ? set
            : rule.BySetPosition.Select(position => position > 0 ? position - 1 : set.Count + position).Where(at => at >= 0 && at < set.Count).Distinct().Order().Select(at => set[at]));
        var after = all.Where(time => time > start && (rule.Until is not { } until || time <= until.Local));
        var instances = new List<LocalDateTime> { start };
        instances.AddRange(after.Take((rule.Count ?? int.MaxValue) - 1));
        return [.. instances.Where(time => time.Date <= last)];
    }

    private static bool Belongs(IReadOnlyList<int> said, int value, bool isExpanded, int atStart) =>
        said.Count > 0 ? said.Contains(value) : !isExpanded || value == atStart;

    private static bool DayBelongs(RecurrenceRule rule, LocalDateTime start, LocalDate date)
    {
        var saysDay = rule.ByDay.Count + rule.ByMonthDay.Count + rule.ByYearDay.Count > 0;
        var month = rule.ByMonth.Count > 0 ? rule.ByMonth.Contains(date.Month)
            : rule.Frequency != Frequency.Yearly || saysDay || rule.ByWeekNumber.Count > 0 || date.Month == start.Month;
        var isDayOfMonthFromStart = !saysDay && (rule.Frequency == Frequency.Monthly || (rule.Frequency == Frequency.Yearly && rule.ByWeekNumber.Count == 0));
        var dayOfMonth = rule.ByMonthDay.Count > 0
            ? rule.ByMonthDay.Any(wanted => wanted > 0 ? date.Day == wanted : date.Day == date.Calendar.GetDaysInMonth(date.Year, date.Month) + 1 + wanted)
            : !isDayOfMonthFromStart || date.Day == start.Day;
        var dayOfYear = rule.ByYearDay.Count == 0
            || rule.ByYearDay.Any(wanted => wanted > 0 ? date.DayOfYear == wanted : date.DayOfYear == date.Calendar.GetDaysInYear(date.Year) + 1 + wanted);
        var isWeekdayFromStart = !saysDay && (rule.Frequency == Frequency.Weekly || (rule.Frequency == Frequency.Yearly && rule.ByWeekNumber.Count > 0));
        var weekday = rule.ByDay.Count > 0
            ? rule.ByDay.Any(wanted => wanted.Day == date.DayOfWeek && (wanted.Ordinal == 0 || Ordinals(rule, date).Contains(wanted.Ordinal)))
            : !isWeekdayFromStart || date.DayOfWeek == start.DayOfWeek;
        var weeks = Weeks(rule);
        var week = rule.ByWeekNumber.Count == 0
            || rule.ByWeekNumber.Any(wanted => weeks.GetWeekOfWeekYear(date) == (wanted > 0 ? wanted : weeks.GetWeeksInWeekYear(weeks.GetWeekYear(date)) + 1 + wanted));
        return month && dayOfMonth && dayOfYear && weekday && week;
    }

    /// <summary>Which Monday it is, counted from the beginning and from the end: of its month, or of its year where no month is said.</summary>
    private static int[] Ordinals(RecurrenceRule rule, LocalDate date)
    {
        var inMonth = rule.Frequency == Frequency.Monthly || rule.ByMonth.Count > 0;
        bool Same(LocalDate other) => other.Year == date.Year && (!inMonth || other.Month == date.Month);
        int before = 0, behind = 0;
        for (var other = date; Same(other); other = other.PlusWeeks(-1))
            before++;
        for (var other = date; Same(other); other = other.PlusWeeks(1))
            behind++;
        return [before, -behind];
    }

    private static IWeekYearRule Weeks(RecurrenceRule rule) => WeekYearRules.ForMinDaysInFirstWeek(4, rule.WeekStart);

    private static long PeriodOf(RecurrenceRule rule, LocalDateTime time)
    {
        var days = Period.DaysBetween(new LocalDate(1900, 1, 1), time.Date);
        return rule.Frequency switch
        {
            Frequency.Yearly => rule.ByWeekNumber.Count > 0 ? WeekYear(rule, time) : time.Year,
            Frequency.Monthly => (time.Year * 12) + time.Month,
            Frequency.Weekly => (days - ((((int)time.DayOfWeek - (int)rule.WeekStart) % 7 + 7) % 7)) / 7,
            Frequency.Daily => days,
            Frequency.Hourly => (days * 24L) + time.Hour,
            Frequency.Minutely => (((days * 24L) + time.Hour) * 60) + time.Minute,
            _ => (((((days * 24L) + time.Hour) * 60) + time.Minute) * 60) + time.Second,
        };
    }

    private static int WeekYear(RecurrenceRule rule, LocalDateTime time) => Weeks(rule).GetWeekYear(time.Date);
}
