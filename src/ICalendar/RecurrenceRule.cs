using System.Globalization;
using NodaTime;

namespace Mentoring.ICalendar;

/// <summary>What a rule counts in, from the shortest.</summary>
public enum Frequency
{
    Secondly,
    Minutely,
    Hourly,
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// <summary>One entry of BYDAY.</summary>
/// <param name="Ordinal">Which of the month or year, from its end below zero; 0 for every one.</param>
public readonly record struct WeekdayOf(int Ordinal, IsoDayOfWeek Day);

/// <summary>
/// A RECUR (3.3.10). What the RFC says MUST NOT be written is refused, as nobody could say what it means; the one exception is what it says MUST be
/// ignored.
/// </summary>
public sealed record RecurrenceRule
{
    public required Frequency Frequency { get; init; }

    /// <summary>Every how many of these.</summary>
    public int Interval { get; init; } = 1;

    /// <summary>How many instances, the start included; never together with <see cref="Until"/>.</summary>
    public int? Count { get; init; }

    /// <summary>No instance begins after; one may begin then.</summary>
    public CalendarTime? Until { get; init; }

    /// <summary>0 to 59; a written 60 is the 59 it is taken for (3.3.12).</summary>
    public IReadOnlyList<int> BySecond { get; init; } = [];

    public IReadOnlyList<int> ByMinute { get; init; } = [];

    public IReadOnlyList<int> ByHour { get; init; } = [];

    public IReadOnlyList<WeekdayOf> ByDay { get; init; } = [];

    /// <summary>1 to 31, or from the end of the month -1 to -31.</summary>
    public IReadOnlyList<int> ByMonthDay { get; init; } = [];

    public IReadOnlyList<int> ByYearDay { get; init; } = [];

    public IReadOnlyList<int> ByWeekNumber { get; init; } = [];

    public IReadOnlyList<int> ByMonth { get; init; } = [];

    /// <summary>Which instances of each period, from its end below zero.</summary>
    public IReadOnlyList<int> BySetPosition { get; init; } = [];

    public IsoDayOfWeek WeekStart { get; init; } = IsoDayOfWeek.Monday;

    /// <param name="value">Such as <c>FREQ=MONTHLY;BYDAY=-1FR;COUNT=10</c>.</param>
    /// <param name="line">For the error.</param>
    /// <exception cref="CalendarException"><c>rule-invalid</c>, or <c>value-invalid</c> for an UNTIL that is no time.</exception>
    public static RecurrenceRule Parse(string value, int line = 0)
    {
        ArgumentNullException.ThrowIfNull(value);
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in value.Split(';'))
        {
            // A semicolon at the end is what many writers leave there.
            if (part.Length == 0)
                continue;
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || !parts.TryAdd(part[..equals].Trim(), part[(equals + 1)..].Trim()))
                throw CalendarException.Rule(line, $"'{CalendarException.Piece(part)}' is no part of a rule, or stands there twice.");
        }
        var rule = new RecurrenceRule
        {
            Frequency = FrequencyOf(Take("FREQ")),
            Interval = Positive("INTERVAL") ?? 1,
            Count = Positive("COUNT"),
            Until = Take("UNTIL") is { } until ? CalendarTime.Parse(until, null, line) : null,
            BySecond = UpTo59(Numbers("BYSECOND", 0, 60, false)),
            ByMinute = Numbers("BYMINUTE", 0, 59, false),
            ByHour = Numbers("BYHOUR", 0, 23, false),
            ByDay = Weekdays(),
            ByMonthDay = Numbers("BYMONTHDAY", 1, 31, true),
            ByYearDay = Numbers("BYYEARDAY", 1, 366, true),
            ByWeekNumber = Numbers("BYWEEKNO", 1, 53, true),
            ByMonth = Numbers("BYMONTH", 1, 12, false),
            BySetPosition = Numbers("BYSETPOS", 1, 366, true),
            WeekStart = Take("WKST") is { } weekStart ? Weekday(weekStart) : IsoDayOfWeek.Monday,
        };
        if (parts.Count > 0)
            throw CalendarException.Rule(line, $"A rule has no part '{CalendarException.Piece(parts.Keys.First())}'.");
        rule.Check(line);
        return rule;

        string? Take(string name) => parts.Remove(name, out var text) ? text : null;

        int? Positive(string name) => Take(name) is not { } text ? null
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
            : throw CalendarException.Rule(line, $"{name} is a number from 1, not '{CalendarException.Piece(text)}'.");

        int[] Numbers(string name, int least, int most, bool fromTheEnd)
        {
            if (Take(name) is not { } text)
                return [];
            // One place for each number there may be: what stands there twice is there once, and in order.
            Span<bool> said = stackalloc bool[(2 * most) + 1];
            said.Clear();
            foreach (var range in text.AsSpan().Split(','))
            {
                var written = text.AsSpan()[range];
                if (!TryRead(written, out var number)
                    || (fromTheEnd ? Math.Abs((long)number) : number) is var size && (size < least || size > most))
                    throw CalendarException.Rule(line, $"{name} does not take '{CalendarException.Piece(written)}'.");
                said[most + number] = true;
            }
            var numbers = new int[said.Count(true)];
            for (var (i, found) = (0, 0); found < numbers.Length; i++)
            {
                if (said[i])
                    numbers[found++] = i - most;
            }
            return numbers;
        }

        // Nearly all have one digit or two, and a calendar may have millions of them.
        static bool TryRead(ReadOnlySpan<char> written, out int number)
        {
            switch (written)
            {
                case [>= '0' and <= '9' and var ones]:
                    number = ones - '0';
                    return true;
                case [>= '0' and <= '9' and var tens, >= '0' and <= '9' and var ones]:
                    number = (10 * (tens - '0')) + ones - '0';
                    return true;
                default:
                    return int.TryParse(written, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
            }
        }

        static int[] UpTo59(int[] seconds) => seconds switch
        {
            [.., 59, 60] => seconds[..^1],
            [.. var others, 60] => [.. others, 59],
            _ => seconds,
        };

        WeekdayOf[] Weekdays() => Take("BYDAY") is not { } text ? [] : [.. text.Split(',').Select(written =>
        {
            var day = written.Length >= 2 ? Weekday(written[^2..]) : throw CalendarException.Rule(line, $"BYDAY does not take '{CalendarException.Piece(written)}'.");
            if (written.Length == 2)
                return new WeekdayOf(0, day);
            return int.TryParse(written[..^2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ordinal) && ordinal is not 0 and >= -53 and <= 53
                ? new WeekdayOf(ordinal, day)
                : throw CalendarException.Rule(line, $"BYDAY does not take '{CalendarException.Piece(written)}'.");
        }).Distinct()];

        IsoDayOfWeek Weekday(string name) => name.ToUpperInvariant() switch
        {
            "MO" => IsoDayOfWeek.Monday,
            "TU" => IsoDayOfWeek.Tuesday,
            "WE" => IsoDayOfWeek.Wednesday,
            "TH" => IsoDayOfWeek.Thursday,
            "FR" => IsoDayOfWeek.Friday,
            "SA" => IsoDayOfWeek.Saturday,
            "SU" => IsoDayOfWeek.Sunday,
            _ => throw CalendarException.Rule(line, $"'{CalendarException.Piece(name)}' is no day of the week."),
        };

        Frequency FrequencyOf(string? name) => name?.ToUpperInvariant() switch
        {
            "SECONDLY" => Frequency.Secondly,
            "MINUTELY" => Frequency.Minutely,
            "HOURLY" => Frequency.Hourly,
            "DAILY" => Frequency.Daily,
            "WEEKLY" => Frequency.Weekly,
            "MONTHLY" => Frequency.Monthly,
            "YEARLY" => Frequency.Yearly,
            _ => throw CalendarException.Rule(line, "FREQ says how often: SECONDLY, MINUTELY, HOURLY, DAILY, WEEKLY, MONTHLY or YEARLY."),
        };
    }

    /// <summary>The combinations that the RFC rules out, and what goes beyond what the RFC can mean.</summary>
    private void Check(int line)
    {
        Refuse(Count is not null && Until is not null, "COUNT and UNTIL do not stand together.");
        Refuse(ByWeekNumber.Count > 0 && Frequency != Frequency.Yearly, "BYWEEKNO is for YEARLY alone.");
        Refuse(ByYearDay.Count > 0 && Frequency is Frequency.Daily or Frequency.Weekly or Frequency.Monthly, "BYYEARDAY is not for DAILY, WEEKLY and MONTHLY.");
        Refuse(ByMonthDay.Count > 0 && Frequency == Frequency.Weekly, "BYMONTHDAY is not for WEEKLY.");
        var numbered = ByDay.Any(day => day.Ordinal != 0);
        Refuse(numbered && Frequency is not (Frequency.Monthly or Frequency.Yearly), "A BYDAY with a number is for MONTHLY and YEARLY.");
        Refuse(numbered && ByWeekNumber.Count > 0, "A BYDAY with a number does not stand with BYWEEKNO.");
        Refuse(BySetPosition.Count > 0 && BySecond.Count + ByMinute.Count + ByHour.Count + ByDay.Count + ByMonthDay.Count + ByYearDay.Count + ByWeekNumber.Count + ByMonth.Count == 0,
            "BYSETPOS chooses among what another BY gives.");

        void Refuse(bool when, string why)
        {
            if (when)
                throw CalendarException.Rule(line, why);
        }
    }
}
