using System.Globalization;
using NodaTime;

namespace Mentoring.ICalendar.Tests;

/// <summary>RFC 5545, section 3.8.5.3: every example with the instances that are printed there, in New York.</summary>
public sealed class TheExamplesOfTheRfc
{
    /// <summary>
    /// The instances' dates as "1997 Sep 2 4 9, Oct 1-3", with the hours behind @ where it is not nine o'clock. "..." at the end: it goes on.
    /// Printed with an UNTIL before its last instance, "every 3 hours" has the one of the erratum.
    /// </summary>
    public static TheoryData<string, string, string> Examples => new()
    {
        { "19970902", "RRULE:FREQ=DAILY;COUNT=10", "1997 Sep 2-11" },
        { "19970902", "RRULE:FREQ=DAILY;UNTIL=19971224T000000Z", "1997 Sep 2-30, Oct 1-31, Nov 1-30, Dec 1-23" },
        { "19970902", "RRULE:FREQ=DAILY;INTERVAL=2", "1997 Sep 2 4 6 8 10 12 14 16 18 20 22 24 26 28 30, Oct 2 4 6 8 10 12 14 16 18 20 22 24 26 28 30, Nov 1 3 5 7 ..." },
        { "19970902", "RRULE:FREQ=DAILY;INTERVAL=10;COUNT=5", "1997 Sep 2 12 22, Oct 2 12" },
        { "19980101", "RRULE:FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA", "1998 Jan 1-31, 1999 Jan 1-31, 2000 Jan 1-31" },
        { "19980101", "RRULE:FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1", "1998 Jan 1-31, 1999 Jan 1-31, 2000 Jan 1-31" },
        { "19970902", "RRULE:FREQ=WEEKLY;COUNT=10", "1997 Sep 2 9 16 23 30, Oct 7 14 21 28, Nov 4" },
        { "19970902", "RRULE:FREQ=WEEKLY;UNTIL=19971224T000000Z", "1997 Sep 2 9 16 23 30, Oct 7 14 21 28, Nov 4 11 18 25, Dec 2 9 16 23" },
        { "19970902", "RRULE:FREQ=WEEKLY;INTERVAL=2;WKST=SU", "1997 Sep 2 16 30, Oct 14 28, Nov 11 25, Dec 9 23, 1998 Jan 6 20, Feb 3 17 ..." },
        { "19970902", "RRULE:FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH", "1997 Sep 2 4 9 11 16 18 23 25 30, Oct 2" },
        { "19970902", "RRULE:FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", "1997 Sep 2 4 9 11 16 18 23 25 30, Oct 2" },
        { "19970901", "RRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR",
            "1997 Sep 1 3 5 15 17 19 29, Oct 1 3 13 15 17 27 29 31, Nov 10 12 14 24 26 28, Dec 8 10 12 22" },
        { "19970902", "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", "1997 Sep 2 4 16 18 30, Oct 2 14 16" },
        { "19970905", "RRULE:FREQ=MONTHLY;COUNT=10;BYDAY=1FR", "1997 Sep 5, Oct 3, Nov 7, Dec 5, 1998 Jan 2, Feb 6, Mar 6, Apr 3, May 1, Jun 5" },
        { "19970905", "RRULE:FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR", "1997 Sep 5, Oct 3, Nov 7, Dec 5" },
        { "19970907", "RRULE:FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU", "1997 Sep 7 28, Nov 2 30, 1998 Jan 4 25, Mar 1 29, May 3 31" },
        { "19970922", "RRULE:FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "1997 Sep 22, Oct 20, Nov 17, Dec 22, 1998 Jan 19, Feb 16" },
        { "19970928", "RRULE:FREQ=MONTHLY;BYMONTHDAY=-3", "1997 Sep 28, Oct 29, Nov 28, Dec 29, 1998 Jan 29, Feb 26 ..." },
        { "19970902", "RRULE:FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15", "1997 Sep 2 15, Oct 2 15, Nov 2 15, Dec 2 15, 1998 Jan 2 15" },
        { "19970930", "RRULE:FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1", "1997 Sep 30, Oct 1 31, Nov 1 30, Dec 1 31, 1998 Jan 1 31, Feb 1" },
        { "19970910", "RRULE:FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15", "1997 Sep 10-15, 1999 Mar 10-13" },
        { "19970902", "RRULE:FREQ=MONTHLY;INTERVAL=2;BYDAY=TU", "1997 Sep 2 9 16 23 30, Nov 4 11 18 25, 1998 Jan 6 13 20 27, Mar 3 10 17 24 31 ..." },
        { "19970610", "RRULE:FREQ=YEARLY;COUNT=10;BYMONTH=6,7", "1997 Jun 10, Jul 10, 1998 Jun 10, Jul 10, 1999 Jun 10, Jul 10, 2000 Jun 10, Jul 10, 2001 Jun 10, Jul 10" },
        { "19970310", "RRULE:FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3",
            "1997 Mar 10, 1999 Jan 10, Feb 10, Mar 10, 2001 Jan 10, Feb 10, Mar 10, 2003 Jan 10, Feb 10, Mar 10" },
        { "19970101", "RRULE:FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200",
            "1997 Jan 1, Apr 10, Jul 19, 2000 Jan 1, Apr 9, Jul 18, 2003 Jan 1, Apr 10, Jul 19, 2006 Jan 1" },
        { "19970519", "RRULE:FREQ=YEARLY;BYDAY=20MO", "1997 May 19, 1998 May 18, 1999 May 17 ..." },
        { "19970512", "RRULE:FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "1997 May 12, 1998 May 11, 1999 May 17 ..." },
        { "19970313", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=TH", "1997 Mar 13 20 27, 1998 Mar 5 12 19 26, 1999 Mar 4 11 18 25 ..." },
        { "19970605", "RRULE:FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8",
            "1997 Jun 5 12 19 26, Jul 3 10 17 24 31, Aug 7 14 21 28, 1998 Jun 4 11 18 25, Jul 2 9 16 23 30, Aug 6 13 20 27, 1999 Jun 3 10 17 24, Jul 1 8 15 22 29, Aug 5 12 19 26 ..." },
        { "19970902", "EXDATE;TZID=America/New_York:19970902T090000\nRRULE:FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "1998 Feb 13, Mar 13, Nov 13, 1999 Aug 13, 2000 Oct 13 ..." },
        { "19970913", "RRULE:FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13",
            "1997 Sep 13, Oct 11, Nov 8, Dec 13, 1998 Jan 10, Feb 7, Mar 7, Apr 11, May 9, Jun 13 ..." },
        { "19961105", "RRULE:FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", "1996 Nov 5, 2000 Nov 7, 2004 Nov 2 ..." },
        { "19970904", "RRULE:FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997 Sep 4, Oct 7, Nov 6" },
        { "19970929", "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", "1997 Sep 29, Oct 30, Nov 27, Dec 30, 1998 Jan 29, Feb 26, Mar 30 ..." },
        { "19970902", "RRULE:FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T210000Z", "1997 Sep 2 @ 09:00 12:00 15:00" },
        { "19970902", "RRULE:FREQ=MINUTELY;INTERVAL=15;COUNT=6", "1997 Sep 2 @ 09:00 09:15 09:30 09:45 10:00 10:15" },
        { "19970902", "RRULE:FREQ=MINUTELY;INTERVAL=90;COUNT=4", "1997 Sep 2 @ 09:00 10:30 12:00 13:30" },
        { "19970902", "RRULE:FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40", "1997 Sep 2-4 @ 9-16:0,20,40 ..." },
        { "19970902", "RRULE:FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16", "1997 Sep 2-4 @ 9-16:0,20,40 ..." },
        { "19970805", "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997 Aug 5 10 19 24" },
        { "19970805", "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997 Aug 5 17 19 31" },
        { "20070115", "RRULE:FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007 Jan 15 30, Feb 15, Mar 15 30" },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public void Each_gives_the_instances_printed_beside_it(string day, string rule, string printed)
    {
        var agenda = Calendars.Read(Calendars.Event([$"DTSTART;TZID=America/New_York:{day}T090000", "DURATION:PT15M", rule]));

        var found = agenda.Starts(Calendars.Window(1996, 2010), Calendars.NewYork);

        var expected = Written(printed, out var goesOn);
        Assert.Equal(expected, goesOn ? found.Take(expected.Length) : found);
        Assert.True(!goesOn || found.Length > expected.Length);
    }

    private static string[] Written(string printed, out bool goesOn)
    {
        goesOn = printed.EndsWith(" ...", StringComparison.Ordinal);
        var parts = printed.Replace(" ...", "", StringComparison.Ordinal).Split('@', StringSplitOptions.TrimEntries);
        string[] times = parts.Length == 1 ? ["09:00"]
            : parts[1] == "9-16:0,20,40" ? [.. Enumerable.Range(9, 8).SelectMany(hour => new[] { 0, 20, 40 }.Select(minute => $"{hour:00}:{minute:00}"))]
            : parts[1].Split(' ');
        var days = new List<LocalDate>();
        int year = 0, month = 0;
        foreach (var word in parts[0].Replace(",", "", StringComparison.Ordinal).Split(' '))
        {
            if (word.Length == 4 && word.All(char.IsAsciiDigit))
                year = int.Parse(word, CultureInfo.InvariantCulture);
            else if (char.IsLetter(word[0]))
                month = Array.IndexOf(CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames, word) + 1;
            else if (word.Split('-') is [var first, var last])
                days.AddRange(Enumerable.Range(int.Parse(first, CultureInfo.InvariantCulture), int.Parse(last, CultureInfo.InvariantCulture) - int.Parse(first, CultureInfo.InvariantCulture) + 1).Select(d => new LocalDate(year, month, d)));
            else
                days.Add(new LocalDate(year, month, int.Parse(word, CultureInfo.InvariantCulture)));
        }
        return [.. days.SelectMany(date => times.Select(time => $"{date:uuuu-MM-dd}T{time}"))];
    }
}
