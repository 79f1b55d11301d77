using NodaTime;

namespace Mentoring.ICalendar.Tests;

public sealed class ReadingValues
{
    [Theory]
    [InlineData("19970714", null, "1997-07-14T00:00:00", TimeKind.Date)]
    [InlineData("19970714", "Europe/Berlin", "1997-07-14T00:00:00", TimeKind.Date)]
    [InlineData("19980118T230000", null, "1998-01-18T23:00:00", TimeKind.Floating)]
    [InlineData("19980119T020000", "America/New_York", "1998-01-19T02:00:00", TimeKind.Zoned)]
    [InlineData("19980119T070000Z", "America/New_York", "1998-01-19T07:00:00", TimeKind.Utc)]
    [InlineData("19970630T235960Z", null, "1997-06-30T23:59:59", TimeKind.Utc)]
    [InlineData("20240229T000000", null, "2024-02-29T00:00:00", TimeKind.Floating)]
    [InlineData("00010101T000000", null, "0001-01-01T00:00:00", TimeKind.Floating)]
    [InlineData("99991231T235959Z", null, "9999-12-31T23:59:59", TimeKind.Utc)]
    public void A_time_says_what_the_clock_says_and_on_which(string value, string? zone, string clock, TimeKind kind)
    {
        var time = CalendarTime.Parse(value, zone);

        Assert.Equal((clock, kind), ($"{time.Local:uuuu-MM-dd'T'HH:mm:ss}", time.Kind));
        Assert.Equal(kind == TimeKind.Zoned ? zone : null, time.ZoneName);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1997071")]
    [InlineData("19970230")]
    [InlineData("19970714T")]
    [InlineData("19970714T1330")]
    [InlineData("19970714T240000")]
    [InlineData("19970714T236000")]
    [InlineData("19970714T235961")]
    [InlineData("19970714 133000")]
    [InlineData("19970714T133000-0500")]
    [InlineData("1997-07-14T13:30:00")]
    [InlineData("00000101")]
    [InlineData("１９９７0714")]
    public void What_is_no_time_is_refused(string value) => Assert.Equal("value-invalid", Assert.Throws<CalendarException>(() => CalendarTime.Parse(value)).Code);

    [Theory]
    [InlineData("P15DT5H0M20S", 15, 18_020)]
    [InlineData("P7W", 49, 0)]
    [InlineData("-PT15M", 0, -900)]
    [InlineData("+P1D", 1, 0)]
    [InlineData("-P1DT1S", -1, -1)]
    [InlineData("PT0S", 0, 0)]
    public void A_duration_is_days_of_the_calendar_and_seconds(string value, long days, long seconds) =>
        Assert.Equal(new CalendarDuration(days, seconds), CalendarDuration.Parse(value));

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1")]
    [InlineData("PD")]
    [InlineData("P1DT")]
    [InlineData("P1W2D")]
    [InlineData("P1WT1H")]
    [InlineData("P1H")]
    [InlineData("PT1D")]
    [InlineData("PT1M1H")]
    [InlineData("PT1H1H")]
    [InlineData("P1Y")]
    [InlineData("P9999999999D")]
    [InlineData("1D")]
    public void What_is_no_duration_is_refused(string value) => Assert.Equal("value-invalid", Assert.Throws<CalendarException>(() => CalendarDuration.Parse(value)).Code);

    [Fact]
    public void A_period_has_an_end_or_a_length()
    {
        var ended = CalendarPeriod.Parse("19970101T180000Z/19970102T070000Z");
        var long_ = CalendarPeriod.Parse("19970101T180000Z/PT5H30M");

        Assert.Equal(new LocalDateTime(1997, 1, 2, 7, 0), ended.End!.Value.Local);
        Assert.Equal(new CalendarDuration(0, 19_800), long_.Length);
    }

    [Theory]
    [InlineData("19970101T180000Z")]
    [InlineData("19970101T180000Z/")]
    [InlineData("19970101T180000Z/-PT1H")]
    [InlineData("19970102T180000Z/19970101T180000Z")]
    [InlineData("19970101T180000Z/19970101T190000")]
    [InlineData("19970101/19970102")]
    public void What_is_no_period_is_refused(string value) => Assert.Equal("value-invalid", Assert.Throws<CalendarException>(() => CalendarPeriod.Parse(value)).Code);

    [Theory]
    [InlineData(@"Project XYZ Final Review\nConference Room - 3B\, floor\; 2 \\ C:\temp", "Project XYZ Final Review\nConference Room - 3B, floor; 2 \\ C:\\temp")]
    [InlineData(@"a\Nb\", "a\nb\\")]
    public void A_text_is_read_as_it_was_meant(string value, string text) => Assert.Equal(text, CalendarText.Unescape(value));
}
