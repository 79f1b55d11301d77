namespace Mentoring.ICalendar;

/// <summary>
/// A DURATION (3.3.6). Days are days of the calendar, which may have 23 or 25 hours; seconds are seconds. Both are below zero for one that goes back.
/// </summary>
public readonly record struct CalendarDuration(long Days, long Seconds)
{
    // Nine digits of weeks: whatever is added up stays far from the end of a 64-bit number.
    private const int Digits = 9;

    /// <param name="value">Such as <c>PT1H30M</c>, <c>-P1W</c> or <c>P15DT5H0M20S</c>.</param>
    /// <param name="line">For the error.</param>
    /// <exception cref="CalendarException"><c>value-invalid</c></exception>
    public static CalendarDuration Parse(ReadOnlySpan<char> value, int line = 0)
    {
        var rest = value;
        var sign = 1;
        if (rest is ['+' or '-', ..])
        {
            sign = rest[0] == '-' ? -1 : 1;
            rest = rest[1..];
        }
        if (rest is not ['P' or 'p', ..])
            throw CalendarException.Value(line, "duration", value);
        rest = rest[1..];
        long days = 0, seconds = 0;
        // Weeks stand alone, and each unit comes after the larger ones.
        var last = 0;
        var inTime = false;
        while (!rest.IsEmpty)
        {
            if (rest[0] is 'T' or 't' && !inTime && last != 1)
            {
                inTime = true;
                rest = rest[1..];
                if (!rest.IsEmpty)
                    continue;
            }
            var digits = 0;
            long number = 0;
            while (digits < rest.Length && char.IsAsciiDigit(rest[digits]))
                number = digits < Digits ? (number * 10) + rest[digits++] - '0' : throw CalendarException.Value(line, "duration", value);
            var unit = digits == 0 || digits == rest.Length ? 0 : (char.ToUpperInvariant(rest[digits]), inTime) switch
            {
                ('W', false) when last == 0 => 1,
                ('D', false) => 2,
                ('H', true) => 3,
                ('M', true) => 4,
                ('S', true) => 5,
                _ => 0,
            };
            if (unit <= last || last == 1)
                throw CalendarException.Value(line, "duration", value);
            days += unit switch { 1 => number * 7, 2 => number, _ => 0 };
            seconds += unit switch { 3 => number * 3600, 4 => number * 60, 5 => number, _ => 0 };
            last = unit;
            rest = rest[(digits + 1)..];
        }
        return last > 0 ? new CalendarDuration(sign * days, sign * seconds) : throw CalendarException.Value(line, "duration", value);
    }
}

/// <summary>A PERIOD (3.3.9): a start with an end or a length.</summary>
/// <param name="End">Null where the length is given.</param>
/// <param name="Length">Null where the end is given.</param>
public readonly record struct CalendarPeriod(CalendarTime Start, CalendarTime? End, CalendarDuration? Length)
{
    /// <exception cref="CalendarException"><c>value-invalid</c></exception>
    public static CalendarPeriod Parse(ReadOnlySpan<char> value, string? zoneName = null, int line = 0)
    {
        var slash = value.IndexOf('/');
        if (slash < 0)
            throw CalendarException.Value(line, "period", value);
        var start = CalendarTime.Parse(value[..slash], zoneName, line);
        var rest = value[(slash + 1)..];
        var period = rest is ['P' or 'p' or '+' or '-', ..]
            ? new CalendarPeriod(start, null, CalendarDuration.Parse(rest, line))
            : new CalendarPeriod(start, CalendarTime.Parse(rest, zoneName, line), null);
        var ordered = period.Length is { } length ? length is { Days: >= 0, Seconds: >= 0 } : period.End!.Value.Kind == start.Kind && period.End.Value.Seconds >= start.Seconds;
        return ordered && start.Kind != TimeKind.Date ? period : throw CalendarException.Value(line, "period", value);
    }
}
