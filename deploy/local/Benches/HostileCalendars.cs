using System.Globalization;
using System.Text;
using Mentoring.ICalendar;
using NodaTime;

namespace Mentoring.Benches;

/// <summary>Files made to keep a reader busy for ever. The answer has to come all the same, and soon.</summary>
internal static class HostileCalendars
{
    private const int Most = 10_000_000;
    private static readonly Interval s_window = new(Instant.FromUtc(2026, 1, 1, 0, 0), Instant.FromUtc(2026, 4, 1, 0, 0));

    public static IEnumerable<(string Name, byte[] File)> All()
    {
        yield return Of("a second's rule over all", "DTSTART:19700101T000000Z\nRRULE:FREQ=SECONDLY\nDURATION:PT1S");
        yield return Of("every other second", "DTSTART:20260101T000000Z\nRRULE:FREQ=SECONDLY;INTERVAL=2\nDURATION:PT1S");
        yield return Of("never: February 30th by seconds", "DTSTART:19700101T000000Z\nRRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30");
        yield return Of("never: a minute off", "DTSTART:19700101T000000Z\nRRULE:FREQ=SECONDLY;INTERVAL=60;BYSECOND=1;COUNT=9");
        yield return Of("two thousand million seconds", "DTSTART:19700101T000000Z\nRRULE:FREQ=SECONDLY;COUNT=2000000000\nDURATION:PT1S");
        yield return Of("since the year 1, by days", "DTSTART:00010101T000000Z\nRRULE:FREQ=DAILY;COUNT=3000000\nDURATION:PT1S");
        yield return Of("all parts at once", $"DTSTART:20260101T000000Z\nDURATION:PT1S\nRRULE:FREQ=YEARLY;BYSECOND={To(59)};BYMINUTE={To(59)};BYHOUR={To(23)};BYMONTHDAY={To(31, 1)};BYMONTH={To(12, 1)};BYSETPOS={To(366, 1)}");
        yield return Of("a day for three million years", "DTSTART:20260101T000000Z\nRRULE:FREQ=MINUTELY\nDURATION:P999999999W");
        yield return Of("half a million exceptions", "DTSTART:20260101T000000Z\nRRULE:FREQ=MINUTELY\nDURATION:PT1S\n" + Lines("EXDATE:", 20260101, 500_000));
        yield return Of("half a million further dates", "DTSTART:20260101T000000Z\nDURATION:PT1S\n" + Lines("RDATE:", 20260101, 500_000));
        yield return Of("a zone that changes every second", "DTSTART;TZID=Own:20260101T000000\nDURATION:PT1S",
            "BEGIN:VTIMEZONE\nTZID:Own\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0100\nRRULE:FREQ=SECONDLY\nEND:STANDARD\nEND:VTIMEZONE");
        yield return Many("thousands of events", "DTSTART;TZID=Europe/Berlin:20260202T090000\nDURATION:PT1H", 19_500);
        yield return Many("thousands of weekly rules since 1970", "DTSTART;TZID=Europe/Berlin:19700105T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", 19_500);
        yield return Many("thousands of counts since 1970", "DTSTART;TZID=Europe/Berlin:19700105T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=99999", 19_500);
        yield return Many("thousands of rules by seconds", "DTSTART:19700105T090000Z\nDURATION:PT1S\nRRULE:FREQ=SECONDLY;INTERVAL=2", 19_500);
        yield return Many("thousands of days full of times", $"DTSTART:20260101T090000Z\nDURATION:PT1S\nRRULE:FREQ=DAILY;BYSECOND={To(59)};BYMINUTE={To(59)};BYHOUR={To(23)}", 10_000);
        yield return Many("thousands that move all later ones", "UID:1\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260101T000000Z\nDTSTART:20260101T000001Z\nDURATION:PT1S", 19_500,
            "BEGIN:VEVENT\nUID:1\nDTSTART:20260101T000000Z\nRRULE:FREQ=MINUTELY\nDURATION:PT1S\nEND:VEVENT");
        yield return Many("thousands with one name", "UID:1\nDTSTART:20260101T000000Z\nRRULE:FREQ=DAILY\nDURATION:PT1S", 19_500);
        yield return ("ten million octets of nothing", Encoding.UTF8.GetBytes("BEGIN:VCALENDAR\r\n" + string.Concat(Enumerable.Repeat("A:\r\n", Most / 4 - 10)) + "END:VCALENDAR\r\n"));
        yield return ("ten million octets of folds", Encoding.UTF8.GetBytes("BEGIN:VCALENDAR\r\nX:" + string.Concat(Enumerable.Repeat("\r\n ", Most / 3 - 20)) + "\r\nEND:VCALENDAR\r\n"));
        yield return ("ten million octets of events", Encoding.UTF8.GetBytes("BEGIN:VCALENDAR\r\n" + string.Concat(Enumerable.Repeat("BEGIN:VEVENT\r\nEND:VEVENT\r\n", Most / 26 - 10)) + "END:VCALENDAR\r\n"));
        yield return Many("ten million octets of texts", $"DTSTART:20260101T000000Z\nDURATION:PT1H\nDESCRIPTION:{string.Concat(Enumerable.Repeat("Wörter\\, ", 60))}", 14_000);
    }

    /// <summary>A line of the table: the processor time from the octets to the busy times, and what comes of it. The best of three: the first compiles.</summary>
    public static string Measure(string name, byte[] file)
    {
        var best = double.MaxValue;
        var answer = "";
        for (var round = 0; round < 3; round++)
        {
            var began = Environment.CpuUsage.TotalTime;
            try
            {
                using var stream = new MemoryStream(file);
                var busy = Agenda.Read(stream).GetAwaiter().GetResult().Busy(s_window, DateTimeZone.Utc);
                answer = busy.Problems.Count == 0 ? $"{busy.Busy.Count} busy times" : $"{busy.Busy.Count} busy times, {busy.Problems.Count} problems: {busy.Problems[0].Code}";
            }
            catch (CalendarException e)
            {
                answer = $"refused: {e.Code}";
            }
            best = Math.Min(best, (Environment.CpuUsage.TotalTime - began).TotalMilliseconds);
        }
        return string.Create(CultureInfo.InvariantCulture, $"{name,-38} {file.Length / 1000.0,8:0.0} kB {best,7:0} ms  {(best <= 200 ? "≤ 200 met" : "≤ 200 not met")}  {answer}");
    }

    private static (string, byte[]) Of(string name, string lines, string before = "") => Many(name, lines, 1, before);

    private static (string, byte[]) Many(string name, string lines, int count, string before = "")
    {
        var text = new StringBuilder("BEGIN:VCALENDAR\r\n");
        if (before.Length > 0)
            text.Append(before.ReplaceLineEndings("\r\n")).Append("\r\n");
        for (var number = 0; number < count && text.Length < Most - 2_000; number++)
        {
            text.Append("BEGIN:VEVENT\r\n");
            if (!lines.StartsWith("UID", StringComparison.Ordinal))
                text.Append(CultureInfo.InvariantCulture, $"UID:{number}\r\n");
            text.Append(lines.ReplaceLineEndings("\r\n")).Append("\r\nEND:VEVENT\r\n");
        }
        return (name, Encoding.UTF8.GetBytes(text.Append("END:VCALENDAR\r\n").ToString()));
    }

    private static string To(int last, int first = 0) => string.Join(',', Enumerable.Range(first, last - first + 1));

    private static string Lines(string name, int day, int count) =>
        string.Join('\n', Enumerable.Range(0, count).Select(number => TimeSpan.FromMinutes(number)).Chunk(1000)
            .Select(chunk => name + string.Join(',', chunk.Select(passed => $"{new LocalDate(day / 10000, day / 100 % 100, day % 100).PlusDays(passed.Days):yyyyMMdd}T{passed:hhmmss}Z"))));
}
