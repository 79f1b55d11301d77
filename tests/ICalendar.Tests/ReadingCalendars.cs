using System.Text;

namespace Mentoring.ICalendar.Tests;

public sealed class ReadingCalendars
{
    [Fact]
    public void A_line_is_unfolded_also_in_the_middle_of_a_character()
    {
        var octets = new List<byte>(Encoding.UTF8.GetBytes("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Stra"));
        var sharp = Encoding.UTF8.GetBytes("ß");
        octets.AddRange([sharp[0], (byte)'\r', (byte)'\n', (byte)' ', sharp[1]]);
        octets.AddRange(Encoding.UTF8.GetBytes("e\r\n\t 5\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"));

        Assert.Equal("Straße 5", Calendars.Whole([.. octets]).Components[0].Property("SUMMARY")!.Value);
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    public void Lines_end_as_the_rfc_says_or_with_a_bare_line_feed_and_empty_ones_are_passed_over(string end)
    {
        var text = string.Join(end, "BEGIN:VCALENDAR", "", "BEGIN:VEVENT", "UID:1", "END:VEVENT", "", "END:VCALENDAR");

        Assert.Equal("1", Calendars.Whole(Encoding.UTF8.GetBytes(text)).Components[0].Property("UID")!.Value);
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_file() =>
        Assert.Empty(Calendars.Read([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Calendars.Of())]).Problems);

    [Fact]
    public void Names_are_the_same_in_any_case_and_parameters_keep_quoted_signs_and_carets()
    {
        var line = ContentLine.Parse("""Attendee;cn="Lovelace, Ada; Dr. ^'A^' ^^ ^n ^x";MEMBER="mailto:a@example.org","mailto:b@example.org";X=:mailto:ada@example.org""", 7);

        Assert.Equal("ATTENDEE", line.Name);
        Assert.Equal("Lovelace, Ada; Dr. \"A\" ^ \n ^x", line.Parameter("CN"));
        Assert.Equal(["mailto:a@example.org", "mailto:b@example.org"], line.Parameters[1].Values);
        Assert.Equal("", line.Parameter("X"));
        Assert.Null(line.Parameter("Y"));
        Assert.Equal("mailto:ada@example.org", line.Value);
    }

    [Theory]
    [InlineData("no colon")]
    [InlineData(":no name")]
    [InlineData("NAME;:no parameter")]
    [InlineData("NAME;A:no value")]
    [InlineData("NAME;A=b")]
    [InlineData("NAME;A=\"b:c")]
    [InlineData("NAME;A=\"b\"c:d")]
    [InlineData("NAME;A=\"b\"")]
    public void A_line_that_is_none_is_refused_with_its_number(string line)
    {
        var refusal = Calendars.Refusal(Calendars.Of("BEGIN:VEVENT", line, "END:VEVENT"));

        Assert.Equal(("malformed-line", 5), (refusal.Code, refusal.Line));
        Assert.StartsWith("Line 5: ", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "not-a-calendar")]
    [InlineData("<!DOCTYPE html><html>Sign in</html>", "not-a-calendar")]
    [InlineData("BEGIN:VCARD\r\nEND:VCARD\r\n", "not-a-calendar")]
    [InlineData("BEGIN:VCALENDAR\r\n", "unfinished")]
    [InlineData("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n", "unbalanced")]
    [InlineData("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\nEND:VCALENDAR\r\n", "unbalanced")]
    [InlineData("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\nUID:1\r\n", "unbalanced")]
    [InlineData("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\nBEGIN:VEVENT\r\n", "unbalanced")]
    public void What_is_no_whole_calendar_is_refused(string text, string code) => Assert.Equal(code, Calendars.Refusal(text).Code);

    [Fact]
    public void Several_calendars_in_one_stream_are_all_read() => Assert.Equal(2, Calendars.Read(
        Calendars.Event("DTSTART:20260302T090000Z") + Calendars.Event("DTSTART:20260303T090000Z")).Events);

    [Fact]
    public void Everything_has_a_bound()
    {
        var small = new CalendarLimits { Bytes = 4096, LineBytes = 200, Depth = 3, LinesOfOne = 20, Events = 3, Problems = 2 };
        string[] bad = ["BEGIN:VEVENT", "END:VEVENT"];

        Assert.Equal("too-large", Code(Enumerable.Repeat("X:" + new string('x', 100), 50)));
        Assert.Equal("line-too-long", Code(["X:" + new string('x', 200)]));
        Assert.Equal("line-too-long", Code([.. Enumerable.Repeat(" " + new string('x', 60), 4).Prepend("X:")]));
        Assert.Equal("too-deep", Code(["BEGIN:A", "BEGIN:B", "BEGIN:C", "END:C", "END:B", "END:A"]));
        Assert.Equal("too-many-lines", Code(["BEGIN:VEVENT", .. Enumerable.Repeat("X:1", 20), "END:VEVENT"]));
        Assert.Equal("too-many-events", Code(Enumerable.Repeat<string[]>(["BEGIN:VTODO", "END:VTODO"], 4).SelectMany(one => one)));
        Assert.Equal("too-many-problems", Code([.. bad, .. bad, .. bad]));

        string Code(IEnumerable<string> lines) => Calendars.Refusal(Calendars.Of([.. lines]), small).Code;
    }

    [Fact]
    public async Task Events_come_one_by_one_while_the_rest_is_still_on_its_way()
    {
        await using var stream = new StreamOfPieces(Encoding.UTF8.GetBytes(Calendars.Of(
            [.. Enumerable.Range(0, 50).SelectMany(number => new[] { "BEGIN:VEVENT", $"UID:{number}", $"SUMMARY:{new string('é', 70)}", "END:VEVENT" })])));
        var uids = new List<string>();
        await foreach (var component in CalendarReader.Read(stream))
        {
            Assert.Equal(uids.Count == 49, stream.IsRead(4));
            uids.Add(component.Property("UID")!.Value);
        }
        Assert.Equal(Enumerable.Range(0, 50).Select(number => $"{number}"), uids);
    }

    /// <summary>Gives three octets at a time.</summary>
    private sealed class StreamOfPieces(byte[] octets) : MemoryStream(octets)
    {
        public bool IsRead(int piecesBeforeTheEnd) => Length - Position < piecesBeforeTheEnd * 8;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(3, buffer.Length)], cancellationToken);
    }
}
