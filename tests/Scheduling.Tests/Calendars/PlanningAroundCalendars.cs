using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Mentoring.ICalendar;
using Mentoring.Scheduling.Availability;
using Mentoring.Scheduling.Calendars;
using Mentoring.Scheduling.Partnerships;
using Mentoring.Scheduling.Programmes;
using Mentoring.Scheduling.Sessions;
using Mentoring.Testing;
using NodaTime;
using Interval = NodaTime.Interval;

namespace Mentoring.Scheduling.Tests.Calendars;

/// <summary>From calendar files to a series, by the same parts as in the service.</summary>
public sealed class PlanningAroundCalendars
{
    private static readonly DateTimeZone s_berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
    private static readonly DateTimeZone s_newYork = DateTimeZoneProviders.Tzdb["America/New_York"];
    private static readonly string s_folder = Path.Combine(Servers.Root, "tests", "Scheduling.Tests", "Calendars", "BerlinAndNewYork");

    /// <summary>
    /// A mentor in Berlin and a mentee in New York, each with a calendar as such people have them, over the weeks in which first the one clock changes and
    /// then the other. What is chosen is written down to be read; <c>UPDATE_SNAPSHOTS=1</c> writes it anew.
    /// </summary>
    [Fact]
    public async Task Two_real_looking_calendars_give_the_series_that_is_written_down()
    {
        var now = Instant.FromUtc(2026, 2, 27, 9, 0);
        var (berlin, newYork) = (await Read("berlin.ics"), await Read("new-york.ics"));
        var (mentor, mentee) = (await With(berlin, s_berlin, now), await With(newYork, s_newYork, now));

        var series = Plan(mentor, mentee, now, now + Duration.FromDays(90));

        var told = Tell(mentor, mentee, series);
        var file = Path.Combine(s_folder, "series.txt");
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
            await File.WriteAllTextAsync(file, told);
        Assert.Equal(await File.ReadAllTextAsync(file), told);
        Assert.True(LiesFree(series, mentor, mentee));
        // The week in between is there: New York has changed its clock, Berlin has not.
        Assert.Contains(series, slot => Start(slot) is var start && start > Instant.FromUtc(2026, 3, 8, 7, 0) && start < Instant.FromUtc(2026, 3, 29, 1, 0));
    }

    [Fact]
    public void Whatever_the_calendars_hold_no_session_of_a_series_lies_over_a_busy_time()
    {
        var rules = Gen.Elements("", "RRULE:FREQ=DAILY;COUNT=40\r\n", "RRULE:FREQ=WEEKLY\r\n", "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH\r\n", "RRULE:FREQ=MONTHLY;BYDAY=1TU\r\n", "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1\r\n");
        var any = from day in Gen.Choose(0, 60)
                  from quarter in Gen.Choose(0, 95)
                  from minutes in Gen.Elements(15, 30, 60, 90, 240, 600)
                  from rule in rules
                  from zone in Gen.Elements("Europe/Berlin", "America/New_York", "Asia/Kolkata")
                  select (day, quarter, minutes, rule, zone);
        var now = Instant.FromUtc(2026, 2, 27, 9, 0);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll((from one in Gen.ListOf(any, 12) from other in Gen.ListOf(any, 12) select (one, other)).ToArbitrary(), two =>
        {
            var (mentor, mentee) = (With(File(two.one), s_berlin, now).GetAwaiter().GetResult(), With(File(two.other), s_newYork, now).GetAwaiter().GetResult());
            var series = Plan(mentor, mentee, now, now + Duration.FromDays(120));
            return LiesFree(series, mentor, mentee) && SlotFinder.Next(mentor, mentee, Duration.FromHours(1), now, 3).All(slot => IsFree(slot.Time, mentor, mentee));
        }));

        string File(IEnumerable<(int Day, int Quarter, int Minutes, string Rule, string Zone)> events) => ACalendarServer.Of([.. events.Select((one, i) =>
            $"BEGIN:VEVENT\r\nUID:{i}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;TZID={one.Zone}:{new LocalDateTime(2026, 2, 27, 0, 0).PlusDays(one.Day).PlusMinutes(15 * one.Quarter).ToString("uuuuMMdd'T'HHmmss", CultureInfo.InvariantCulture)}\r\nDURATION:PT{one.Minutes}M\r\n{one.Rule}END:VEVENT\r\n")]);
    }

    private static Task<string> Read(string file) => File.ReadAllTextAsync(Path.Combine(s_folder, file));

    private static async Task<Attendee> With(string calendar, DateTimeZone zone, Instant now)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(calendar));
        var times = CalendarTimes.Of(await Agenda.Read(stream), CalendarKind.Busy, now, zone, new HashSet<Guid>())!;
        Assert.Equal(0, times.LeftOut);
        return new Attendee(WorkingHours.Default(zone), times.Times);
    }

    private static IReadOnlyList<ProposedSlot> Plan(Attendee mentor, Attendee mentee, Instant now, Instant ends) => SeriesPlan.Propose(
        mentor,
        mentee,
        Charter.Prefill(new CharterTerms(null, "A gap.", null, ["m"], new Dictionary<string, string> { ["video"] = "P7D" }, ["video"], []), SuggestedWording.In("en"), [], null, DateTimeOffset.UnixEpoch).Text,
        60,
        now,
        ends);

    private static bool LiesFree(IReadOnlyList<ProposedSlot> series, Attendee mentor, Attendee mentee) =>
        series.All(slot => IsFree(new Interval(Start(slot), Instant.FromDateTimeOffset(slot.Slot.EndsAt)), mentor, mentee));

    private static bool IsFree(Interval time, Attendee mentor, Attendee mentee) =>
        !mentor.Busy.Concat(mentee.Busy).Any(busy => busy.Start < time.End && time.Start < busy.End);

    private static Instant Start(ProposedSlot slot) => Instant.FromDateTimeOffset(slot.Slot.StartsAt);

    private static string Tell(Attendee mentor, Attendee mentee, IReadOnlyList<ProposedSlot> series)
    {
        var text = new StringBuilder();
        text.Append("The series, an hour once a week, for whom it is inconvenient (minutes in the first or last hour of their day), and what stands around it that day.\n\n");
        text.Append("Berlin                  New York                Berlin  New York\n");
        foreach (var slot in series)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Local(Start(slot), s_berlin),-24}{Local(Start(slot), s_newYork),-24}{slot.MentorInconvenience,6}{slot.MenteeInconvenience,10}\n");
            text.Append(CultureInfo.InvariantCulture, $"    busy in Berlin: {Busy(mentor, slot, s_berlin)}\n    busy in New York: {Busy(mentee, slot, s_newYork)}\n");
        }
        text.Append(CultureInfo.InvariantCulture, $"\nIn all: {series.Count} sessions, {series.Sum(slot => slot.MentorInconvenience)} minutes in Berlin, {series.Sum(slot => slot.MenteeInconvenience)} in New York.\n");
        return text.ToString();
    }

    private static string Busy(Attendee person, ProposedSlot slot, DateTimeZone zone)
    {
        var day = Start(slot).InZone(zone).Date;
        var (from, to) = (day.AtStartOfDayInZone(zone).ToInstant(), day.PlusDays(1).AtStartOfDayInZone(zone).ToInstant());
        var busy = person.Busy.Where(time => time.Start < to && from < time.End).Select(time => $"{Clock(Instant.Max(time.Start, from))}–{Clock(Instant.Min(time.End, to))}");
        return string.Join(", ", busy.DefaultIfEmpty("nothing"));

        string Clock(Instant at) => at == to ? "24:00" : at.InZone(zone).ToString("HH:mm", CultureInfo.InvariantCulture);
    }

    private static string Local(Instant at, DateTimeZone zone) => at.InZone(zone).ToString("ddd uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
