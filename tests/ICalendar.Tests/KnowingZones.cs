using NodaTime;
using NodaTime.TimeZones;

namespace Mentoring.ICalendar.Tests;

public sealed class KnowingZones
{
    private static readonly Interval Years = Calendars.Window(2025, 2038);

    public static TheoryData<string> Ids => [.. DateTimeZoneProviders.Tzdb.Ids];

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_table_that_is_written_for_a_zone_says_what_the_zone_says(string id)
    {
        var zone = DateTimeZoneProviders.Tzdb[id];
        var writer = new CalendarWriter();
        writer.Line("BEGIN", "VCALENDAR");
        writer.Zone(zone, Years.Start, Years.End, "Own");
        // Every change of the clock from all sides, and a time of every month.
        var clocks = zone.GetZoneIntervals(Years).Where(interval => interval.HasEnd && interval.End < Years.End)
            .SelectMany(interval => new[] { -5400, -1800, -1, 0, 1, 1800, 5400 }.SelectMany(seconds => new[]
            {
                interval.End.WithOffset(interval.WallOffset).LocalDateTime.PlusSeconds(seconds),
                zone.GetUtcOffset(interval.End) is var after ? interval.End.WithOffset(after).LocalDateTime.PlusSeconds(seconds) : default,
            }))
            .Concat(Enumerable.Range(0, 12 * 12).Select(month => new LocalDateTime(2025, 1, 2, 3, 4, 5).PlusMonths(month)))
            .ToArray();
        foreach (var clock in clocks)
        {
            writer.Line("BEGIN", "VEVENT");
            writer.Line("DTSTART", clock.ToString("yyyyMMdd'T'HHmmss", null), ("TZID", "Own"));
            writer.Line("END", "VEVENT");
        }
        writer.Line("END", "VCALENDAR");

        var found = Calendars.Read(writer.ToString()).Occurrences(Calendars.Window(2024, 2039), DateTimeZone.Utc).Select(occurrence => occurrence.Start);

        Assert.Equal(clocks.Select(clock => clock.WithOffset(zone.MapLocal(clock).EarlyInterval.WallOffset).ToInstant()).Order(), found);
    }

    [Fact]
    public void Every_name_of_windows_is_known()
    {
        foreach (var (windows, id) in TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping)
        {
            var start = Calendars.Read(Calendars.Event($"DTSTART;TZID={windows}:20260702T120000")).Occurrences(Years, DateTimeZone.Utc).Single().Start;

            Assert.Equal(new LocalDateTime(2026, 7, 2, 12, 0).InZoneLeniently(DateTimeZoneProviders.Tzdb[id]).ToInstant(), start);
        }
    }

    [Fact]
    public void A_name_that_is_known_goes_before_the_table_in_the_file_and_one_of_the_files_own_behind_it()
    {
        static string Table(string name) =>
            $"BEGIN:VTIMEZONE\nTZID:{name}\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0545\nTZOFFSETTO:+0545\nEND:STANDARD\nEND:VTIMEZONE";

        static string Event(string name) => $"BEGIN:VEVENT\nDTSTART;TZID={name}:20260302T120000\nEND:VEVENT";

        string[] names = ["Europe/Berlin", "/example.org/Europe/Berlin", "Own"];
        var found = names.Select(name => Calendars.Read(Calendars.Of(Event(name), Table(name))).Starts(Years, DateTimeZone.Utc).Single());

        Assert.Equal(["2026-03-02T11:00", "2026-03-02T06:15", "2026-03-02T06:15"], found);
    }

    [Theory]
    [InlineData("BEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0100\nEND:STANDARD", "value-missing")]
    [InlineData("BEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+1\nEND:STANDARD", "value-invalid")]
    [InlineData("BEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+9900\nEND:STANDARD", "value-invalid")]
    [InlineData("BEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0100\nRRULE:FREQ=SECONDLY\nEND:STANDARD", "recurrence-too-long")]
    [InlineData("X-NOTHING:1", "value-missing")]
    public void A_table_that_cannot_be_read_is_told_of_by_every_event_that_needs_it(string table, string code)
    {
        const string one = "BEGIN:VEVENT\nDTSTART;TZID=Own:20260302T120000\nEND:VEVENT";
        var problems = Calendars.Read(Calendars.Of("BEGIN:VTIMEZONE\nTZID:Own", table, "END:VTIMEZONE", one, one, "BEGIN:VEVENT\nDTSTART:20260302T120000Z\nEND:VEVENT"))
            .Busy(Years, DateTimeZone.Utc).Problems;

        Assert.Equal([code, code], problems.Select(problem => problem.Code));
    }
}
