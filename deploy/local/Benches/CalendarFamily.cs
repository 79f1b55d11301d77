using System.Globalization;
using Mentoring.ICalendar;
using NodaTime;

namespace Mentoring.Benches;

/// <summary>A calendar, and of which instances is asked.</summary>
/// <param name="Ends">Whether the ends are compared too, and not only the starts.</param>
/// <param name="Rule">Its RRULE, where it has one.</param>
/// <param name="Zone">In which it is written.</param>
/// <param name="StartsBeside">Whether the start need not be one of the rule's own instances.</param>
internal sealed record CalendarFile(string Text, long From, long To, bool Ends, RecurrenceRule? Rule, DateTimeZone Zone, bool StartsBeside = false);

/// <summary>Calendars of one kind, drawn by a seed: the same each time.</summary>
internal sealed record CalendarFamily(string Name, IReadOnlyList<CalendarFile> Files)
{
    private const string Weekdays = "MO,TU,WE,TH,FR,SA,SU";

    // Offsets of halves and quarters, both hemispheres, a clock that is put forward by half an hour, one with no change and one with changes that follow the moon.
    private static readonly DateTimeZone[] s_zones =
        [.. new[] { "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Asia/Kathmandu", "America/Santiago", "Pacific/Auckland", "Africa/Casablanca", "Etc/UTC" }
            .Select(id => DateTimeZoneProviders.Tzdb[id])];

    private static readonly Instant s_tablesFrom = Instant.FromUtc(2023, 1, 1, 0, 0);
    private static readonly Instant s_tablesTo = Instant.FromUtc(2041, 1, 1, 0, 0);
    private static readonly Dictionary<(string, string), string> s_tables = [];

    public static IEnumerable<CalendarFamily> All(int smaller)
    {
        foreach (var frequency in Enum.GetValues<Frequency>().Reverse())
            yield return Drawn($"{frequency} rules", (frequency < Frequency.Hourly ? 100 : 300) / smaller, random => Recurring(random, frequency, isPlain: false));
        yield return Drawn("plain rules of offices", 600 / smaller, random => Recurring(random, (Frequency)random.Next((int)Frequency.Daily, (int)Frequency.Yearly + 1), isPlain: true));
        yield return Drawn("whole days", 200 / smaller, Days);
        yield return Drawn("further dates and exceptions", 200 / smaller, Exceptions);
        yield return Drawn("instances moved", 200 / smaller, Moved);
        yield return Drawn("rules through changed clocks", 200 / smaller, random => Changes(random, recurs: true));
        yield return Drawn("single times at changed clocks", 400 / smaller, random => Changes(random, recurs: false));
        yield return Drawn("starts beside their rule", 100 / smaller, random => Recurring(random, (Frequency)random.Next((int)Frequency.Daily, (int)Frequency.Yearly + 1), isPlain: false, isBeside: true));
        yield return new CalendarFamily("invitations, table in the file", [.. Invitations(10_000 / smaller, "Table/")]);
        yield return new CalendarFamily("invitations, IANA name", [.. Invitations(10_000 / smaller, "")]);
    }

    private static CalendarFamily Drawn(string name, int files, Func<Random, CalendarFile?> one)
    {
        var random = new Random(name.Aggregate(2026, (seed, sign) => (seed * 31) + sign));
        return new CalendarFamily(name, [.. Enumerable.Range(0, int.MaxValue).Select(_ => one(random)).OfType<CalendarFile>().Take(files)]);
    }

    /// <summary>Every zone in turn, at any time of 2025 to 2037: as our invitations are written, in UTC, and on the zone's clock beside it.</summary>
    private static IEnumerable<CalendarFile> Invitations(int count, string prefix)
    {
        var random = new Random(2037);
        var ids = DateTimeZoneProviders.Tzdb.Ids;
        var (first, last) = (Instant.FromUtc(2025, 1, 1, 0, 0), Instant.FromUtc(2037, 12, 31, 0, 0));
        for (var number = 0; number < count; number++)
        {
            var zone = DateTimeZoneProviders.Tzdb[ids[number % ids.Count]];
            ZonedDateTime start, end;
            do
            {
                start = (first + Duration.FromMinutes(random.NextInt64((long)(last - first).TotalMinutes / 5) * 5)).InZone(zone);
                end = start.PlusMinutes(15 * random.Next(1, 9));
            }
            // The clock's time alone says no moment where it comes twice; that is a family of its own.
            while (zone.MapLocal(start.LocalDateTime).Count != 1 || zone.MapLocal(end.LocalDateTime).Count != 1);
            yield return new CalendarFile(
                Written(writer =>
                {
                    Table(writer, zone, prefix);
                    Event(writer, "1", () =>
                    {
                        writer.Moment("DTSTART", start.ToInstant());
                        writer.Moment("DTEND", end.ToInstant());
                    });
                    Event(writer, "2", () =>
                    {
                        Clock(writer, "DTSTART", start.LocalDateTime, zone, prefix);
                        Clock(writer, "DTEND", end.LocalDateTime, zone, prefix);
                    });
                }),
                first.ToUnixTimeSeconds(), last.ToUnixTimeSeconds() + 86_400, Ends: true, null, zone);
        }
    }

    private static CalendarFile? Recurring(Random random, Frequency frequency, bool isPlain, bool isBeside = false)
    {
        var zone = Of(random, s_zones);
        var drawn = new LocalDate(2025, 1, 1).PlusDays(random.Next(365)).At(new LocalTime(random.Next(24), random.Next(12) * 5));
        // Times when clocks are changed are a family of their own.
        if (frequency >= Frequency.Daily)
            drawn = drawn.Date.At(new LocalTime(random.Next(6, 22), random.Next(4) * 15));
        var text = isPlain ? PlainRule(random, frequency) : RuleOf(random, frequency);
        if (!isPlain && frequency >= Frequency.Daily && text.Contains("BYHOUR", StringComparison.Ordinal) && zone.Id != "Etc/UTC")
            zone = DateTimeZoneProviders.Tzdb["Asia/Kolkata"];
        if (frequency < Frequency.Daily)
            zone = DateTimeZoneProviders.Tzdb[random.Next(2) == 0 ? "Etc/UTC" : "Asia/Kolkata"];
        var window = frequency switch
        {
            Frequency.Yearly => Duration.FromDays(3000),
            Frequency.Monthly => Duration.FromDays(1000),
            Frequency.Weekly => Duration.FromDays(400),
            Frequency.Daily => Duration.FromDays(200),
            Frequency.Hourly => Duration.FromDays(8),
            Frequency.Minutely => Duration.FromDays(1),
            _ => Duration.FromHours(1),
        };
        if (FirstOf(text, drawn, window) is not { } first)
            return null;
        var start = isBeside ? drawn : first;
        text += random.Next(3) switch
        {
            0 => $";COUNT={random.Next(2, 40)}",
            1 => string.Create(CultureInfo.InvariantCulture, $";UNTIL={start.InZoneLeniently(zone).Plus(window / 2).WithZone(DateTimeZone.Utc).LocalDateTime:yyyyMMdd'T'HHmmss}Z"),
            _ => "",
        };
        var moment = start.InZoneLeniently(zone).ToInstant();
        return new CalendarFile(
            Written(writer =>
            {
                Table(writer, zone);
                Event(writer, "1", () =>
                {
                    Clock(writer, "DTSTART", start, zone);
                    writer.Line("DURATION", "PT15M");
                    writer.Line("RRULE", text);
                });
            }),
            moment.ToUnixTimeSeconds(), (moment + window).ToUnixTimeSeconds(), Ends: false, RecurrenceRule.Parse(text), zone, isBeside);
    }

    private static CalendarFile? Days(Random random)
    {
        var frequency = (Frequency)random.Next((int)Frequency.Daily, (int)Frequency.Yearly + 1);
        var text = PlainRule(random, frequency);
        if (FirstOf(text, new LocalDate(2025, 1, 1).PlusDays(random.Next(365)).AtMidnight(), Duration.FromDays(3000)) is not { } start)
            return null;
        text += random.Next(2) == 0 ? $";COUNT={random.Next(2, 30)}" : string.Create(CultureInfo.InvariantCulture, $";UNTIL={start.PlusDays(500).Date:yyyyMMdd}");
        var from = start.InUtc().ToInstant();
        return new CalendarFile(
            Written(writer => Event(writer, "1", () =>
            {
                writer.Line("DTSTART", $"{start.Date:yyyyMMdd}", ("VALUE", "DATE"));
                writer.Line("DTEND", $"{start.Date.PlusDays(random.Next(1, 4)):yyyyMMdd}", ("VALUE", "DATE"));
                writer.Line("RRULE", text);
            })),
            from.ToUnixTimeSeconds(), (from + Duration.FromDays(1500)).ToUnixTimeSeconds(), Ends: true, RecurrenceRule.Parse(text), DateTimeZone.Utc);
    }

    private static CalendarFile Exceptions(Random random)
    {
        var zone = Of(random, s_zones);
        var start = new LocalDate(2025, 1, 1).PlusDays(random.Next(365)).At(new LocalTime(random.Next(6, 22), 30));
        var moment = start.InZoneLeniently(zone).ToInstant();
        var text = random.Next(2) == 0 ? $"FREQ=DAILY;COUNT={random.Next(5, 50)}" : $"FREQ=WEEKLY;INTERVAL={random.Next(1, 3)};COUNT={random.Next(5, 50)}";
        var step = text.Contains("DAILY", StringComparison.Ordinal) ? 1 : 7;
        return new CalendarFile(
            Written(writer =>
            {
                Table(writer, zone);
                Event(writer, "1", () =>
                {
                    Clock(writer, "DTSTART", start, zone);
                    writer.Line("DURATION", "PT45M");
                    writer.Line("RRULE", text);
                    for (var i = 0; i < 3; i++)
                        Clock(writer, "EXDATE", start.PlusDays(step * random.Next(1, 30)), zone);
                    Clock(writer, "RDATE", start.PlusDays(random.Next(300)).PlusHours(1), zone);
                    Clock(writer, "RDATE", start.PlusDays(step), zone);
                });
            }),
            moment.ToUnixTimeSeconds(), (moment + Duration.FromDays(1000)).ToUnixTimeSeconds(), Ends: false, RecurrenceRule.Parse(text), zone);
    }

    private static CalendarFile Moved(Random random)
    {
        var zone = Of(random, s_zones);
        var start = new LocalDate(2025, 1, 1).PlusDays(random.Next(365)).At(new LocalTime(random.Next(6, 20), 30));
        var moment = start.InZoneLeniently(zone).ToInstant();
        const string text = "FREQ=DAILY;COUNT=20";
        return new CalendarFile(
            Written(writer =>
            {
                Table(writer, zone);
                Event(writer, "1", () =>
                {
                    Clock(writer, "DTSTART", start, zone);
                    Clock(writer, "DTEND", start.PlusMinutes(45), zone);
                    writer.Line("RRULE", text);
                });
                foreach (var day in Enumerable.Range(1, 19).OrderBy(_ => random.Next()).Take(3))
                {
                    Event(writer, "1", () =>
                    {
                        Clock(writer, "RECURRENCE-ID", start.PlusDays(day), zone);
                        Clock(writer, "DTSTART", start.PlusDays(day).PlusMinutes(95), zone);
                        Clock(writer, "DTEND", start.PlusDays(day).PlusMinutes(155), zone);
                    });
                }
            }),
            moment.ToUnixTimeSeconds(), (moment + Duration.FromDays(100)).ToUnixTimeSeconds(), Ends: true, RecurrenceRule.Parse(text), zone);
    }

    /// <summary>Times that a clock leaves out, or shows twice, and those around them.</summary>
    private static CalendarFile? Changes(Random random, bool recurs)
    {
        var zone = Of(random, s_zones);
        var changes = zone.GetZoneIntervals(Instant.FromUtc(2025, 3, 1, 0, 0), Instant.FromUtc(2030, 1, 1, 0, 0)).Where(interval => interval.HasEnd).Select(interval => interval.End).ToArray();
        if (changes.Length < 4)
            return null;
        var change = Of(random, changes[..^2]);
        var clock = change.WithOffset(zone.GetUtcOffset(change - Duration.Epsilon)).LocalDateTime.PlusMinutes(15 * random.Next(-10, 10));
        var start = recurs ? clock.PlusDays(-3) : clock;
        const string text = "FREQ=DAILY;COUNT=7";
        return new CalendarFile(
            Written(writer =>
            {
                Table(writer, zone);
                Event(writer, "1", () =>
                {
                    Clock(writer, "DTSTART", start, zone);
                    writer.Line("DURATION", "PT15M");
                    if (recurs)
                        writer.Line("RRULE", text);
                });
            }),
            (change - Duration.FromDays(20)).ToUnixTimeSeconds(), (change + Duration.FromDays(20)).ToUnixTimeSeconds(), Ends: false, recurs ? RecurrenceRule.Parse(text) : null, zone);
    }

    /// <summary>As people draw them up in an office.</summary>
    private static string PlainRule(Random random, Frequency frequency)
    {
        var interval = random.Next(3) == 0 ? $";INTERVAL={random.Next(2, 5)}" : "";
        var days = Some(random, Weekdays.Split(','), 3);
        return frequency switch
        {
            Frequency.Daily => $"FREQ=DAILY{interval}",
            Frequency.Weekly => $"FREQ=WEEKLY{interval}{(random.Next(3) == 0 ? "" : $";BYDAY={days}")}{(random.Next(3) == 0 ? ";WKST=SU" : "")}",
            Frequency.Monthly => $"FREQ=MONTHLY{interval}" + random.Next(5) switch
            {
                0 => "",
                1 => $";BYMONTHDAY={Of(random, [1, 15, 28, 31, -1, -3])}",
                2 => $";BYDAY={Of(random, [1, 2, 3, 4, -1, -2])}{Of(random, Weekdays.Split(','))}",
                3 => $";BYDAY=MO,TU,WE,TH,FR;BYSETPOS={Of(random, [1, 2, -1, -2])}",
                _ => $";BYDAY=FR;BYMONTHDAY=13,14,15,16",
            },
            _ => $"FREQ=YEARLY{interval}" + random.Next(4) switch
            {
                0 => "",
                1 => $";BYMONTH={random.Next(1, 13)}",
                2 => $";BYMONTH={random.Next(1, 13)};BYMONTHDAY={random.Next(1, 29)}",
                _ => $";BYMONTH={random.Next(1, 13)};BYDAY={Of(random, [1, 2, 3, -1])}{Of(random, Weekdays.Split(','))}",
            },
        };
    }

    /// <summary>As the table of the RFC allows them.</summary>
    private static string RuleOf(Random random, Frequency frequency)
    {
        var text = $"FREQ={frequency.ToString().ToUpperInvariant()}";
        if (random.Next(2) == 0)
            text += $";INTERVAL={random.Next(2, 6)}";
        if (random.Next(4) == 0)
            text += $";WKST={Of(random, Weekdays.Split(','))}";
        var parts = "";
        if (frequency == Frequency.Yearly && Rarely())
            parts += $";BYWEEKNO={Some(random, [1, 2, 20, 35, 51, 52, 53, -1, -2, -53], 2)}";
        // The others look at every second up to the next day that a rule allows, which may be years away.
        var saysDays = frequency >= Frequency.Daily;
        if (saysDays && Rarely())
            parts += $";BYMONTH={Some(random, Enumerable.Range(1, 12), 4)}";
        if (frequency == Frequency.Yearly && Rarely())
            parts += $";BYYEARDAY={Some(random, [1, 60, 100, 200, 365, 366, -1, -100, -366], 4)}";
        if (saysDays && frequency != Frequency.Weekly && Rarely())
            parts += $";BYMONTHDAY={Some(random, [1, 2, 13, 15, 28, 29, 30, 31, -1, -2, -31], 4)}";
        if (saysDays && Rarely())
        {
            var isNumbered = frequency is Frequency.Yearly or Frequency.Monthly && !parts.Contains("BYWEEKNO", StringComparison.Ordinal);
            parts += $";BYDAY={Some(random, Weekdays.Split(',').Select(day => isNumbered && random.Next(2) == 0 ? $"{Of(random, [1, 2, 3, 5, -1, -5])}{day}" : day), 3)}";
        }
        if (Rarely())
            parts += $";BYHOUR={Some(random, Enumerable.Range(0, 24), 3)}";
        if (Rarely())
            parts += $";BYMINUTE={Some(random, Enumerable.Range(0, 60), 2)}";
        if (Rarely())
            parts += $";BYSECOND={Some(random, Enumerable.Range(0, 60), 2)}";
        if (parts.Length > 0 && random.Next(3) == 0)
            parts += $";BYSETPOS={Some(random, [1, 2, 3, -1, -2], 2)}";
        return text + parts;

        bool Rarely() => random.Next(3) == 0;
    }

    /// <summary>An instance that the rule itself gives, to begin with: what a start beside the rule means is undefined by the RFC.</summary>
    private static LocalDateTime? FirstOf(string rule, LocalDateTime from, Duration window)
    {
        var start = from.InUtc().ToInstant();
        var text = Written(writer => Event(writer, "1", () =>
        {
            writer.Moment("DTSTART", start);
            writer.Line("RRULE", rule);
        }));
        return CalendarsBench.Agenda(text).Occurrences(new Interval(start, start + window), DateTimeZone.Utc) is [_, var second, ..]
            ? second.Start.InUtc().LocalDateTime
            : null;
    }

    private static string Written(Action<CalendarWriter> events)
    {
        var writer = new CalendarWriter();
        writer.Line("BEGIN", "VCALENDAR");
        writer.Line("VERSION", "2.0");
        writer.Line("PRODID", "-//Bench//EN");
        events(writer);
        writer.Line("END", "VCALENDAR");
        return writer.ToString();
    }

    private static void Event(CalendarWriter writer, string uid, Action lines)
    {
        writer.Line("BEGIN", "VEVENT");
        writer.Line("UID", uid);
        writer.Line("DTSTAMP", "20260101T000000Z");
        lines();
        writer.Text("SUMMARY", "Conversation");
        writer.Line("END", "VEVENT");
    }

    private static void Table(CalendarWriter writer, DateTimeZone zone, string prefix = "Table/")
    {
        if (!s_tables.TryGetValue((prefix, zone.Id), out var lines))
        {
            var table = new CalendarWriter();
            table.Zone(zone, s_tablesFrom, s_tablesTo, prefix + zone.Id);
            s_tables[(prefix, zone.Id)] = lines = table.ToString();
        }
        foreach (var line in lines.Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
            writer.Line(line[..line.IndexOf(':', StringComparison.Ordinal)], line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..]);
    }

    private static void Clock(CalendarWriter writer, string name, LocalDateTime clock, DateTimeZone zone, string prefix = "Table/") =>
        writer.Line(name, clock.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture), ("TZID", prefix + zone.Id));

    private static T Of<T>(Random random, IReadOnlyList<T> among) => among[random.Next(among.Count)];

    /// <summary>A few, in their own order.</summary>
    private static string Some<T>(Random random, IEnumerable<T> among, int most)
    {
        var all = among.ToArray();
        var chosen = Enumerable.Range(0, all.Length).OrderBy(_ => random.Next()).Take(random.Next(1, most + 1)).Order();
        return string.Join(',', chosen.Select(at => all[at]));
    }
}
