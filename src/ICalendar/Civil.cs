namespace Mentoring.ICalendar;

/// <summary>
/// Days and seconds of the Gregorian calendar as plain numbers, counted from 1970-01-01. Recurrences are counted in these, as a rule may pass over
/// hundreds of thousands of days. (Howard Hinnant, "chrono-compatible low-level date algorithms".)
/// </summary>
internal static class Civil
{
    public const long Day = 86_400;

    /// <summary>Of the first and the last year four digits can write.</summary>
    public const int FirstYear = 1, LastYear = 9999;

    public static readonly long LastDay = DayOf(LastYear, 12, 31);

    public static long DayOf(int year, int month, int day)
    {
        var y = month <= 2 ? year - 1 : year;
        var era = (y >= 0 ? y : y - 399) / 400;
        var ofEra = y - (era * 400);
        var ofYear = (((153 * (month > 2 ? month - 3 : month + 9)) + 2) / 5) + day - 1;
        return (era * 146_097L) + (ofEra * 365) + (ofEra / 4) - (ofEra / 100) + ofYear - 719_468;
    }

    public static (int Year, int Month, int Day) DateOf(long day)
    {
        var z = day + 719_468;
        var era = (z >= 0 ? z : z - 146_096) / 146_097;
        var ofEra = (int)(z - (era * 146_097));
        var yearOfEra = (ofEra - (ofEra / 1_460) + (ofEra / 36_524) - (ofEra / 146_096)) / 365;
        var ofYear = ofEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        var m = ((5 * ofYear) + 2) / 153;
        var month = m < 10 ? m + 3 : m - 9;
        return ((int)(yearOfEra + (era * 400)) + (month <= 2 ? 1 : 0), month, ofYear - (((153 * m) + 2) / 5) + 1);
    }

    /// <summary>0 is Monday.</summary>
    public static int WeekdayOf(long day) => (int)Modulo(day + 3, 7);

    public static int DaysIn(int year, int month) => month switch
    {
        2 => IsLeap(year) ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };

    public static int DaysIn(int year) => IsLeap(year) ? 366 : 365;

    public static bool IsLeap(int year) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    public static long Floor(long value, long by) => (value - Modulo(value, by)) / by;

    public static long Modulo(long value, long by) => ((value % by) + by) % by;
}
