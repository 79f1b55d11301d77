using System.Diagnostics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Interval = NodaTime.Interval;

namespace Mentoring.ICalendar.Tests;

/// <summary>Whatever comes, the answer is times, or a refusal of our own; and it comes soon.</summary>
public sealed class SurvivingHostileFiles
{
    private static readonly Interval Window = Calendars.Window(2026, 2027);

    // Few steps: here it matters that every walk ends, not when.
    private static readonly CalendarLimits Limits = new() { Bytes = 100_000, Steps = 20_000, StepsOfOne = 10_000 };

    private static readonly string RealLooking = Calendars.Of("""
        METHOD:PUBLISH
        X-WR-TIMEZONE:Europe/Berlin
        BEGIN:VTIMEZONE
        TZID:Customized Time Zone
        BEGIN:STANDARD
        DTSTART:16010101T030000
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0100
        RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
        END:STANDARD
        BEGIN:DAYLIGHT
        DTSTART:16010101T020000
        TZOFFSETFROM:+0100
        TZOFFSETTO:+0200
        RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
        END:DAYLIGHT
        END:VTIMEZONE
        BEGIN:VEVENT
        UID:040000008200E00074C5B7101A82E008@example.org
        DTSTAMP:20260105T101500Z
        DTSTART;TZID=Customized Time Zone:20260105T093000
        DTEND;TZID=Customized Time Zone:20260105T101500
        RRULE:FREQ=WEEKLY;UNTIL=20261231T083000Z;INTERVAL=2;BYDAY=MO,WE;WKST=SU
        EXDATE;TZID=Customized Time Zone:20260119T093000,20260202T093000
        RDATE;VALUE=PERIOD:20260707T120000Z/PT1H30M
        ORGANIZER;CN="Müller, ^'Max^'":mailto:max@example.org
        SUMMARY:Jour fixe\, wie immer
        SEQUENCE:3
        TRANSP:OPAQUE
        BEGIN:VALARM
        TRIGGER:-PT15M
        ACTION:DISPLAY
        END:VALARM
        END:VEVENT
        BEGIN:VEVENT
        UID:040000008200E00074C5B7101A82E008@example.org
        RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Customized Time Zone:20260302T093000
        DTSTART;TZID=Customized Time Zone:20260302T110000
        DURATION:PT45M
        END:VEVENT
        BEGIN:VEVENT
        UID:2
        DTSTART;VALUE=DATE:20260301
        DTEND;VALUE=DATE:20260303
        RRULE:FREQ=YEARLY;BYWEEKNO=1,-1;BYDAY=TU,SA;BYSETPOS=-1;COUNT=40
        STATUS:TENTATIVE
        END:VEVENT
        BEGIN:VEVENT
        UID:3
        DTSTART:19700101T000000
        RRULE:FREQ=MINUTELY;INTERVAL=7;BYHOUR=3,4;BYSECOND=1,2;BYSETPOS=1
        DURATION:PT20S
        END:VEVENT
        BEGIN:VFREEBUSY
        FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20260501T080000Z/PT8H,20260502T080000Z/20260502T120000Z
        END:VFREEBUSY
        """);

    private static readonly string[] Pieces =
    [
        "\r\n ", "\r\n", "\n", ":", ";", "=", ",", "\"", "^", "\\", "-", "0", "9", "99999999", "T", "Z", "/", "P", "BEGIN:VEVENT\r\n", "END:VEVENT\r\n", "FREQ=SECONDLY", "FREQ=YEARLY",
        "INTERVAL=2147483647", "COUNT=2147483647", "UNTIL=00010101", "BYSETPOS=-366", "BYDAY=53SU", "BYYEARDAY=-366", "00010101T000000", "99991231T235959Z", "-P999999999W",
        "PT999999999H", "TZID=", "America/New_York", "RANGE=THISANDFUTURE", "\u0000", "é", "👩‍💻", "\uFEFF",
    ];

    private static readonly Gen<byte[]> Mutated =
        from seed in Gen.Choose(0, int.MaxValue)
        from changes in Gen.Choose(1, 12)
        select Mutate(new Random(seed), changes);

    [Fact]
    public void A_real_looking_file_is_read_without_a_problem()
    {
        var busy = Calendars.Read(RealLooking).Busy(Window, Calendars.Berlin);

        Assert.Empty(busy.Problems);
        Assert.True(busy.Busy.Count > 6_000);
    }

    [Fact]
    public void A_file_in_which_anything_was_changed_gives_times_or_a_refusal() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3_000), Prop.ForAll(Mutated.ToArbitrary(), Answers));

    [Fact]
    public void Random_octets_give_a_refusal() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(
        (from octets in Gen.Choose(0, 255).Select(octet => (byte)octet).ArrayOf()
         from isCalendar in Gen.Elements(true, false)
         select isCalendar ? [.. "BEGIN:VCALENDAR\r\n"u8, .. octets] : octets).ToArbitrary(),
        Answers));

    [Fact]
    public void Random_rules_in_random_events_end() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(1_000), Prop.ForAll(
        (from start in Gen.Elements("00010101T000000", "19700101T000000Z", "20260101", "99991231T235959Z", "20260101T000000", "20261231T235959Z")
         from frequency in Gen.Elements("SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY")
         from parts in Gen.Elements("INTERVAL=2147483647", "INTERVAL=59", "COUNT=2147483647", "COUNT=2", "UNTIL=00010101", "UNTIL=99991231T235959Z", "BYSECOND=0,30,60", "BYMINUTE=0,59",
             "BYHOUR=0,23", "BYDAY=MO,SU", "BYDAY=-1MO,5SU", "BYMONTHDAY=31,-31", "BYYEARDAY=366,-366", "BYWEEKNO=53,-53", "BYMONTH=2,4", "BYSETPOS=-1,1,366", "WKST=SU").ListOf()
         from length in Gen.Elements("DURATION:PT0S", "DURATION:P999999999W", "DURATION:P999999999DT999999999H", "DTEND:99991231T235959Z", "X-NONE:1")
         select Encoding.UTF8.GetBytes(Calendars.Event($"DTSTART:{start}", length, $"RRULE:FREQ={frequency};{string.Join(';', parts.Distinct())}"))).ToArbitrary(),
        Answers));

    [Fact]
    public void The_earliest_and_the_latest_window_and_times_are_within_what_can_be_counted()
    {
        var whole = new Interval(Instant.FromUtc(1, 1, 1, 0, 0), Instant.FromUtc(9999, 12, 31, 23, 59));
        foreach (var zone in new[] { "Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Berlin", "Own" })
        {
            var text = Calendars.Of(
                "BEGIN:VTIMEZONE\nTZID:Own\nBEGIN:STANDARD\nDTSTART:00010101T000000\nTZOFFSETFROM:-2359\nTZOFFSETTO:+2359\nRRULE:FREQ=YEARLY\nEND:STANDARD\nEND:VTIMEZONE",
                $"BEGIN:VEVENT\nDTSTART;TZID={zone}:00010101T000000\nDURATION:P1D\nRRULE:FREQ=YEARLY\nEND:VEVENT",
                $"BEGIN:VEVENT\nDTSTART;TZID={zone}:99991231T235959\nDURATION:P999999999W\nEND:VEVENT");

            var busy = Calendars.Read(text).Busy(whole, DateTimeZoneProviders.Tzdb["Asia/Tokyo"]);

            Assert.All(busy.Busy, time => Assert.True(time.Start >= whole.Start && time.End <= whole.End));
        }
    }

    private static bool Answers(byte[] octets)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            var agenda = Calendars.Read(octets, Limits);
            var busy = agenda.Busy(Window, Calendars.Berlin);
            Assert.All(busy.Busy.Zip(busy.Busy.Skip(1)), pair => Assert.True(pair.First.End < pair.Second.Start));
            Assert.True(busy.Busy.Count == 0 || (busy.Busy[0].Start >= Window.Start && busy.Busy[^1].End <= Window.End));
            agenda.Occurrences(Window, Calendars.NewYork);
        }
        catch (CalendarException e)
        {
            Assert.NotEmpty(e.Code);
        }
        // Generous, as others may want the processor: what runs away takes for ever.
        return watch.Elapsed < TimeSpan.FromSeconds(10);
    }

    private static byte[] Mutate(Random random, int changes)
    {
        var octets = Encoding.UTF8.GetBytes(RealLooking).ToList();
        for (var change = 0; change < changes; change++)
        {
            var at = random.Next(octets.Count);
            switch (random.Next(5))
            {
                case 0:
                    octets[at] = (byte)random.Next(256);
                    break;
                case 1:
                    octets.RemoveRange(at, Math.Min(random.Next(1, 40), octets.Count - at));
                    break;
                case 2:
                    octets.InsertRange(at, octets.GetRange(random.Next(octets.Count / 2), random.Next(1, 200)));
                    break;
                case 3:
                    octets[at] = (byte)('0' + random.Next(10));
                    break;
                default:
                    octets.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                    break;
            }
        }
        return [.. octets];
    }
}
