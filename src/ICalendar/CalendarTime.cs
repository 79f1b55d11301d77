using NodaTime;

namespace Mentoring.ICalendar;

/// <summary>How a DATE or DATE-TIME is meant (3.3.4, 3.3.5).</summary>
public enum TimeKind
{
    /// <summary>A whole day, wherever one is.</summary>
    Date,

    /// <summary>What the clock on the wall says, wherever one is.</summary>
    Floating,

    Utc,

    /// <summary>What the clock on the wall says in a named zone.</summary>
    Zoned,
}

/// <summary>A DATE or a DATE-TIME as it is written.</summary>
/// <param name="Seconds">What the clock says, in seconds since it said 1970-01-01T00:00:00.</param>
/// <param name="ZoneName">The TZID, as the file says it; null but for <see cref="TimeKind.Zoned"/>.</param>
public readonly record struct CalendarTime(long Seconds, TimeKind Kind, string? ZoneName = null)
{
    /// <summary>What the clock says.</summary>
    public LocalDateTime Local
    {
        get
        {
            var (year, month, day) = Civil.DateOf(Civil.Floor(Seconds, Civil.Day));
            var second = (int)Civil.Modulo(Seconds, Civil.Day);
            return new LocalDateTime(year, month, day, second / 3600, second / 60 % 60, second % 60);
        }
    }

    /// <param name="value">Such as <c>19970714</c>, <c>19970714T133000</c> or <c>19970714T173000Z</c>.</param>
    /// <param name="zoneName">The TZID parameter. It has no meaning for days and for UTC, and is passed over there.</param>
    /// <param name="line">For the error.</param>
    /// <exception cref="CalendarException"><c>value-invalid</c></exception>
    public static CalendarTime Parse(ReadOnlySpan<char> value, string? zoneName = null, int line = 0)
    {
        if (value.Length >= 8 && Number(value[..4], out var year) && Number(value[4..6], out var month) && Number(value[6..8], out var day)
            && year >= Civil.FirstYear && month is >= 1 and <= 12 && day >= 1 && day <= Civil.DaysIn(year, month))
        {
            var seconds = Civil.DayOf(year, month, day) * Civil.Day;
            if (value.Length == 8)
                return new CalendarTime(seconds, TimeKind.Date);
            var utc = value.Length == 16 && value[15] is 'Z' or 'z';
            if ((utc || value.Length == 15) && value[8] is 'T' or 't' && Number(value[9..11], out var hour) && Number(value[11..13], out var minute)
                && Number(value[13..15], out var second) && hour < 24 && minute < 60 && second <= 60)
            {
                // Who knows no leap seconds takes the 60th for the 59th (3.3.12).
                seconds += (hour * 3600) + (minute * 60) + Math.Min(second, 59);
                return utc ? new CalendarTime(seconds, TimeKind.Utc) : new CalendarTime(seconds, zoneName is null ? TimeKind.Floating : TimeKind.Zoned, zoneName);
            }
        }
        throw CalendarException.Value(line, "date or time", value);
    }

    private static bool Number(ReadOnlySpan<char> digits, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
                return false;
            number = (number * 10) + digit - '0';
        }
        return true;
    }
}
