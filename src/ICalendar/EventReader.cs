using System.Globalization;

namespace Mentoring.ICalendar;

/// <summary>Takes from a component what matters for the time it takes.</summary>
internal static class EventReader
{
    /// <summary>A VEVENT (3.6.1).</summary>
    /// <exception cref="CalendarException">It has no start, or a value that cannot be read.</exception>
    public static CalendarEvent Event(Component component)
    {
        CalendarTime? start = null, end = null, instead = null;
        CalendarDuration? length = null;
        string? uid = null, status = null, transparency = null;
        long sequence = 0, stamp = 0;
        var andFuture = false;
        List<RecurrenceRule>? rules = null;
        List<CalendarPeriod>? further = null;
        List<CalendarTime>? without = null;
        List<string>? declined = null;
        foreach (var line in component.Properties)
        {
            switch (line.Name)
            {
                case "DTSTART":
                    start ??= Time(line);
                    break;
                case "DTEND":
                    end ??= Time(line);
                    break;
                case "DURATION":
                    length ??= CalendarDuration.Parse(line.Value.AsSpan().Trim(), line.Number);
                    break;
                case "UID":
                    uid ??= line.Value;
                    break;
                case "STATUS":
                    status ??= line.Value.Trim();
                    break;
                case "TRANSP":
                    transparency ??= line.Value.Trim();
                    break;
                // What orders versions of an event is no reason to lose it.
                case "SEQUENCE":
                    sequence = long.TryParse(line.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;
                    break;
                case "DTSTAMP" when line.Value.Length is 15 or 16:
                    stamp = Time(line).Seconds;
                    break;
                case "RRULE":
                    (rules ??= []).Add(RecurrenceRule.Parse(line.Value, line.Number));
                    break;
                case "RDATE":
                    (further ??= []).AddRange(Periods(line));
                    break;
                case "EXDATE":
                    (without ??= []).AddRange(Times(line));
                    break;
                case "ATTENDEE" when IsDeclined(line):
                    (declined ??= []).Add(MailOf(line.Value.AsSpan().Trim()));
                    break;
                case "RECURRENCE-ID":
                    instead ??= Time(line);
                    andFuture = string.Equals(line.Parameter("RANGE"), "THISANDFUTURE", StringComparison.OrdinalIgnoreCase);
                    break;
                default:
                    break;
            }
        }
        if (start is null)
            throw new CalendarException(component.Line, "value-missing", "The event has no DTSTART.");
        if (end is { } ends && (ends.Kind == TimeKind.Date) != (start.Value.Kind == TimeKind.Date))
            throw new CalendarException(component.Line, "value-invalid", "The event begins with a day and ends with a time, or the other way round.");
        if (rules is not null && start.Value.Kind == TimeKind.Date && rules.Exists(rule => rule.Frequency < Frequency.Daily))
            throw CalendarException.Rule(component.Line, "A rule for whole days counts at least in days.");
        var isCancelled = string.Equals(status, "CANCELLED", StringComparison.OrdinalIgnoreCase);
        return new CalendarEvent
        {
            Line = component.Line,
            Uid = uid,
            Sequence = sequence,
            Stamp = stamp,
            Start = start.Value,
            End = end,
            Length = end is null ? length : null,
            Rules = rules is null ? [] : [.. rules.Select(rule => start.Value.Kind == TimeKind.Date ? rule with { ByHour = [], ByMinute = [], BySecond = [] } : rule)],
            Further = further ?? [],
            Without = without ?? [],
            Instead = instead,
            AndFuture = andFuture,
            DeclinedBy = declined ?? [],
            IsCancelled = isCancelled,
            IsBusy = !isCancelled && !string.Equals(transparency, "TRANSPARENT", StringComparison.OrdinalIgnoreCase),
        };
    }

    /// <summary>The times of a VFREEBUSY (3.6.4) that are not free. A kind of time that is not known is busy (3.2.9).</summary>
    public static IEnumerable<CalendarPeriod> BusyPeriods(Component component) =>
        from line in component.Properties
        where line.Name == "FREEBUSY" && !string.Equals(line.Parameter("FBTYPE"), "FREE", StringComparison.OrdinalIgnoreCase)
        from value in line.Value.Split(',')
        select CalendarPeriod.Parse(value.AsSpan().Trim(), line.Parameter("TZID"), line.Number);

    /// <summary>A property that is one DATE or DATE-TIME. Which of the two is told by its form: VALUE is forgotten in many files.</summary>
    public static CalendarTime Time(ContentLine line) => CalendarTime.Parse(line.Value.AsSpan().Trim(), line.Parameter("TZID"), line.Number);

    /// <summary>The starts that an RDATE gives.</summary>
    public static IEnumerable<CalendarTime> Starts(ContentLine line) => Periods(line).Select(period => period.Start);

    private static bool IsDeclined(ContentLine line) => string.Equals(line.Parameter("PARTSTAT"), "DECLINED", StringComparison.OrdinalIgnoreCase);

    private static string MailOf(ReadOnlySpan<char> address) => (address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? address[7..] : address).ToString();

    private static List<CalendarTime> Times(ContentLine line)
    {
        var value = line.Value.AsSpan();
        var zone = line.Parameter("TZID");
        var times = new List<CalendarTime>();
        foreach (var range in value.Split(','))
            times.Add(CalendarTime.Parse(value[range].Trim(), zone, line.Number));
        return times;
    }

    private static List<CalendarPeriod> Periods(ContentLine line)
    {
        var value = line.Value.AsSpan();
        var zone = line.Parameter("TZID");
        var periods = new List<CalendarPeriod>();
        foreach (var range in value.Split(','))
        {
            var one = value[range].Trim();
            periods.Add(one.Contains('/') ? CalendarPeriod.Parse(one, zone, line.Number) : new CalendarPeriod(CalendarTime.Parse(one, zone, line.Number), null, null));
        }
        return periods;
    }
}
