using System.Text;
using NodaTime;

namespace Mentoring.ICalendar.Tests;

/// <summary>Files and answers in the short form in which tests give them.</summary>
internal static class Calendars
{
    public static readonly DateTimeZone NewYork = DateTimeZoneProviders.Tzdb["America/New_York"];
    public static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    /// <summary>A calendar with these lines in it.</summary>
    public static string Of(params string[] lines) =>
        string.Join("\r\n", ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN", .. lines.SelectMany(line => line.ReplaceLineEndings("\n").Split('\n')), "END:VCALENDAR", ""]);

    /// <summary>A calendar with one event.</summary>
    public static string Event(params string[] lines) => Of(["BEGIN:VEVENT", "UID:one@example.org", "DTSTAMP:20260101T000000Z", .. lines, "END:VEVENT"]);

    public static Agenda Read(string text, CalendarLimits? limits = null) => Read(Encoding.UTF8.GetBytes(text), limits);

    public static Agenda Read(byte[] octets, CalendarLimits? limits = null)
    {
        using var stream = new MemoryStream(octets);
        return Agenda.Read(stream, limits).GetAwaiter().GetResult();
    }

    public static Component Whole(byte[] octets, CalendarLimits? limits = null)
    {
        using var stream = new MemoryStream(octets);
        return CalendarReader.ReadCalendars(stream, limits).ToBlockingEnumerable().Single();
    }

    public static CalendarException Refusal(string text, CalendarLimits? limits = null) => Assert.Throws<CalendarException>(() => Read(text, limits));

    public static Interval Window(int fromYear, int toYear) =>
        new(Instant.FromUtc(fromYear, 1, 1, 0, 0), Instant.FromUtc(toYear, 1, 1, 0, 0));

    /// <summary>The instances' starts on the clock of a zone, such as <c>1997-09-02T09:00</c>.</summary>
    public static string[] Starts(this Agenda agenda, Interval window, DateTimeZone zone) =>
        [.. agenda.Occurrences(window, zone).Select(occurrence => $"{occurrence.Start.InZone(zone).LocalDateTime:uuuu-MM-dd'T'HH:mm}")];

    /// <summary>The busy times in UTC, such as <c>2026-03-02T09:00/10:00</c>.</summary>
    public static string[] BusyUtc(this Agenda agenda, Interval window, DateTimeZone owner) =>
        [.. agenda.Busy(window, owner).Busy.Select(busy =>
            busy.Start.InUtc().Date == busy.End.InUtc().Date
                ? $"{busy.Start.InUtc().LocalDateTime:uuuu-MM-dd'T'HH:mm}/{busy.End.InUtc().LocalDateTime:HH:mm}"
                : $"{busy.Start.InUtc().LocalDateTime:uuuu-MM-dd'T'HH:mm}/{busy.End.InUtc().LocalDateTime:uuuu-MM-dd'T'HH:mm}")];
}
