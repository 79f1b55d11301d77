using System.Globalization;
using Mentoring.ICalendar;
using NodaTime;

namespace Mentoring.Benches;

/// <summary>Where another reads a file differently.</summary>
internal sealed record CalendarDifference(string Library, CalendarFile File, string Ours, string Theirs)
{
    private static readonly string[] s_dateutil = ["icalendar", "vobject"];
    private static readonly string[] s_icalJs = ["ical.js"];

    /// <summary>
    /// Every known deviation: whose, what it does, where RFC 5545 says otherwise, and how it is recognised. Where that can be done, by writing the rule as the
    /// other understands it, to which our answer has to be its answer; else by what its source leaves out.
    /// </summary>
    private static readonly (string[] Libraries, string Words, Func<CalendarDifference, bool> Is)[] s_known =
    [
        (["ical.js", "vobject"], "a time that the clock leaves out is read with the offset behind the gap (3.3.5: with the one before it)", it => it.IsShifted(forward: true)),
        (["ical.js", "icalendar"], "a time that the clock shows twice is the second (3.3.5: the first)", it => it.IsShifted(forward: false)),
        (["vobject"], "a zone that is at times on UTC is taken for UTC (3.6.5)", it => it.IsTakenForUtc()),
        (["icalendar"], "a zone's IANA name goes before the file's table, with the older rules of the system's database (3.6.5)", it => it.IsOlderDatabase()),
        (s_icalJs, "an instance that RRULE and RDATE both give is there twice, and EXDATE takes one of them out (3.8.5.2, 3.8.5.1)", it => it.HasDoubles()),
        (s_icalJs, "BYYEARDAY beside BYMONTH, BYMONTHDAY or BYWEEKNO is refused (3.3.10, the table)", it => it.Theirs == "!Invalid BYYEARDAY rule" && it.Rule.ByYearDay.Count > 0),
        (s_icalJs, "BYWEEKNO beside BYMONTHDAY is refused (3.3.10, the table)", it => it.Theirs == "!BYWEEKNO does not fit to BYMONTHDAY"),
        (s_icalJs, "BYWEEKNO is not worked out: \"unimplemented\", says its source (3.3.10)", it => it.Rule.ByWeekNumber.Count > 0),
        (s_icalJs, "BYSETPOS chooses among the days that BYDAY gives in a month, and among nothing else (3.3.10)", it => it.Rule.BySetPosition.Count > 0),
        (s_icalJs, "BYMONTHDAY in a yearly rule without BYMONTH is for the start's month alone (3.3.10, the table: expand)",
            it => it.Rule is { Frequency: Frequency.Yearly, ByMonth.Count: 0, ByMonthDay.Count: > 0, ByDay.Count: 0 }
                && (it.IsAnswerTo($";BYMONTH={it.Start.Month}") || (it.OnlyTheirs.Length == 0 && Moments(Split(it.Theirs)).All(at => at.InZone(it.File.Zone).Month == it.Start.Month)))),
        (s_icalJs, "BYDAY with a number beside BYMONTH and BYMONTHDAY is counted in the year (3.3.10, note 2)",
            it => it.Rule is { Frequency: Frequency.Yearly, ByMonth.Count: > 0, ByMonthDay.Count: > 0 } && it.Rule.ByDay.Any(day => day.Ordinal != 0)),
        (s_icalJs, "a day that a month does not have is one of the next month (3.3.10: ignored)",
            it => it.Rule is { Frequency: Frequency.Yearly, ByMonth.Count: > 0, ByDay.Count: 0 } && it.Rule.ByMonthDay.DefaultIfEmpty(it.Start.Day).Max() > 28
                && it.OnlyTheirs is { Length: > 0 } theirs && theirs.All(at => at.InZone(it.File.Zone).Day <= 3)),
        (s_icalJs, "beside BYMONTH a monthly rule does not keep its INTERVAL (3.3.10)", it => it.Rule is { Frequency: Frequency.Monthly, Interval: > 1, ByMonth.Count: > 0 }),
        (s_icalJs, "of several times a day a yearly rule has one (3.3.10, the table: expand)",
            it => it.Rule.Frequency == Frequency.Yearly && it.TimesOfADay > 1 && (it.Rule.Count is not null || it.OnlyTheirs.Length == 0)),
        (s_icalJs, "a BYMONTHDAY from the end of several months is counted from the end of one of them (3.3.10)",
            it => it.Rule is { Frequency: Frequency.Yearly, ByMonth.Count: > 1 } && it.Rule.ByMonthDay.Any(day => day < 0)),
        (s_icalJs, "a BYMONTHDAY from the end of the month limits nothing, or for ever everything (3.3.10)",
            it => it.Rule.ByMonthDay.Any(day => day < 0) && (it.Rule.Frequency <= Frequency.Daily || it.Rule.ByDay.Count > 0 || it.Theirs.StartsWith("!Script", StringComparison.Ordinal))),
        (s_icalJs, "a part of the rule's own unit goes before INTERVAL (3.3.10, the table: limit)",
            it => it.Rule.Interval > 1 && (it.Rule.Frequency, it.Rule.ByHour.Count, it.Rule.ByMinute.Count, it.Rule.BySecond.Count)
                is (Frequency.Hourly, > 0, _, _) or (Frequency.Minutely, _, > 0, _) or (Frequency.Secondly, _, _, > 0)),
        (s_icalJs, "with several times a day, those of the first of a month are added (3.3.10)",
            it => it.Rule.Frequency == Frequency.Monthly && it.TimesOfADay > 1 && it.OnlyTheirs.All(at => at.InZone(it.File.Zone).Day == 1)),
        (s_dateutil, "BYWEEKNO without a day is for all seven of the week (3.3.10: what a rule does not say is as at the start)",
            it => it.Rule is { ByWeekNumber.Count: > 0, ByDay.Count: 0, ByMonthDay.Count: 0, ByYearDay.Count: 0 }),
        (s_dateutil, "weeks are cut off at the year's end, and counted for both years (3.3.10: the weeks of a year)", it => it.Rule.ByWeekNumber.Count > 0),
        (s_dateutil, "BYDAY with and without numbers gives what is both, and not either (3.3.10)",
            it => it.Rule.ByDay.Any(day => day.Ordinal == 0) && it.Rule.ByDay.Any(day => day.Ordinal != 0)),
        (s_icalJs, "COUNT counts instances before the start, or one twice (3.3.10)", it => it.IsCutShort()),
        (s_icalJs, "an EXDATE behind one that is there twice or is no instance is passed over (3.8.5.1)", it => it.PassesExceptionsOver()),
        (["vobject"], "a rule is first tried at the present hour, which INTERVAL may not let it reach (3.3.10)",
            it => it.Theirs == "!ValueError: Invalid rrule byxxx generates an empty set." && it.Rule.Frequency < Frequency.Daily),
        (["ical.js", "icalendar"], "a start beside its rule is no instance (undefined by 3.8.5.3; the first instance by 3.8.2.4)", it => it.IsWithoutItsStart()),
        (["ical.js", .. s_dateutil], "a start beside its rule changes what the rule gives (undefined by 3.8.5.3)", it => it.File.StartsBeside),
    ];

    /// <summary>What it is due to; null where nobody has looked at it.</summary>
    public string? Cause => Array.Find(s_known, known => known.Libraries.Contains(Library) && known.Is(this)) is { Words: { } words } ? $"{Library}: {words}" : null;

    private static RecurrenceRule NoRule { get; } = new() { Frequency = Frequency.Yearly };

    private RecurrenceRule Rule => File.Rule ?? NoRule;

    /// <summary>What the clock says at the start.</summary>
    private LocalDateTime Start => CalendarTime.Parse(Line("DTSTART").Split(':')[^1]).Local;

    private int TimesOfADay => Math.Max(1, Rule.ByHour.Count) * Math.Max(1, Rule.ByMinute.Count) * Math.Max(1, Rule.BySecond.Count);

    private Instant[] OnlyOurs => Moments(Split(Ours).Except(Split(Theirs)));

    private Instant[] OnlyTheirs => Moments(Split(Theirs).Except(Split(Ours)));

    public override string ToString() => $"""
        {Library} differs in {File.Zone.Id}: {Line("DTSTART")} {Line("RRULE")}
              only ours (of {Split(Ours).Length}): {(Ours.StartsWith('!') ? Ours : string.Join(' ', OnlyOurs.Take(5)))}
              only theirs (of {Split(Theirs).Length}): {(Theirs.StartsWith('!') ? Theirs : string.Join(' ', OnlyTheirs.Take(5)))}
        """;

    /// <summary>Each differs by as much as the clock is changed that day, and to the side to which a gap, or a repeated hour, is misread.</summary>
    private bool IsShifted(bool forward)
    {
        var (ours, theirs) = (OnlyOurs, OnlyTheirs);
        return ours.Length > 0 && ours.Length == theirs.Length && ours.Order().Zip(theirs.Order()).All(pair =>
        {
            var change = File.Zone.GetUtcOffset(pair.First + Duration.FromDays(1)) - File.Zone.GetUtcOffset(pair.First - Duration.FromDays(1));
            return change != Offset.Zero && change > Offset.Zero == forward && pair.First - pair.Second == Duration.FromSeconds(change.Seconds);
        });
    }

    private bool IsTakenForUtc() =>
        OnlyTheirs is { Length: > 0 } theirs
        && theirs.All(at => Moments(Split(Ours)).Any(ours => ours + Duration.FromSeconds(File.Zone.GetUtcOffset(ours).Seconds) == at))
        && File.Zone.GetZoneIntervals(Instant.FromUtc(2023, 1, 1, 0, 0), Instant.FromUtc(2041, 1, 1, 0, 0)).Any(interval => interval.WallOffset == Offset.Zero);

    /// <summary>The system's database, which .NET reads too, has another offset then; only files that name the zone by its IANA name ask for it.</summary>
    private bool IsOlderDatabase() =>
        OnlyTheirs is { Length: > 0 } theirs
        && Line("DTSTART", last: true).Contains($"TZID={File.Zone.Id}:", StringComparison.Ordinal)
        && theirs.All(at => TimeZoneInfo.FindSystemTimeZoneById(File.Zone.Id).GetUtcOffset(at.ToDateTimeOffset()) != File.Zone.GetUtcOffset(at).ToTimeSpan());

    private bool HasDoubles()
    {
        var theirs = Split(Theirs);
        var both = Lines("RDATE").Select(line => line.Split(':')[^1]).ToArray();
        return theirs.Length > Split(Ours).Length && OnlyOurs.Length == 0 && OnlyTheirs.All(at =>
        {
            var clock = at.InZone(File.Zone).LocalDateTime.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);
            return both.Contains(clock) && Lines("EXDATE").Any(line => line.EndsWith(clock, StringComparison.Ordinal));
        });
    }

    /// <summary>The same from the start on, but fewer of them.</summary>
    private bool IsCutShort()
    {
        var theirs = Split(Theirs).Distinct().ToArray();
        return Rule.Count is not null && theirs.Length > 0 && theirs.Length < Split(Ours).Length && Split(Ours).Take(theirs.Length).SequenceEqual(theirs);
    }

    private bool PassesExceptionsOver()
    {
        var without = Lines("EXDATE").Select(line => line.Split(':')[^1]).ToArray();
        return without.Length > 1 && OnlyOurs.Length == 0 && OnlyTheirs is { Length: > 0 } theirs
            && theirs.All(at => without.Contains(at.InZone(File.Zone).LocalDateTime.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture)));
    }

    private bool IsWithoutItsStart()
    {
        // One more is counted in its place.
        var text = Rule.Count is { } count ? File.Text.Replace($"COUNT={count}", $"COUNT={count + 1}", StringComparison.Ordinal) : File.Text;
        var start = $"{CalendarsBench.Ours(File with { To = File.From + 1 })}";
        return Split(CalendarsBench.Ours(File with { Text = text })).Except([start]).SequenceEqual(Split(Theirs));
    }

    /// <summary>Whether this is what we answer when the rule says so besides.</summary>
    private bool IsAnswerTo(string besides) =>
        CalendarsBench.Ours(File with { Text = File.Text.Replace(Line("RRULE"), Line("RRULE") + besides, StringComparison.Ordinal) }) == Theirs;

    private static string[] Split(string answer) => answer.StartsWith('!') ? [] : answer.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static Instant[] Moments(IEnumerable<string> answers) => [.. answers.SelectMany(answer => answer.Split('/')).Select(second => Instant.FromUnixTimeSeconds(long.Parse(second, CultureInfo.InvariantCulture)))];

    private string[] Lines(string name) => [.. Unfolded().Where(line => line.StartsWith(name + ':', StringComparison.Ordinal) || line.StartsWith(name + ';', StringComparison.Ordinal))];

    /// <summary>Of the first event; the tables of zones before it have their own.</summary>
    private string Line(string name, bool last = false)
    {
        var lines = Unfolded().SkipWhile(line => line != "BEGIN:VEVENT").Where(line => line.StartsWith(name + ':', StringComparison.Ordinal) || line.StartsWith(name + ';', StringComparison.Ordinal));
        return (last ? lines.LastOrDefault() : lines.FirstOrDefault()) ?? "";
    }

    private string[] Unfolded() => File.Text.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n");
}
