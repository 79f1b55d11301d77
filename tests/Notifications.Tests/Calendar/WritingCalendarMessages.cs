using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Mentoring.Notifications.Calendar;

namespace Mentoring.Notifications.Tests.Calendar;

public sealed class WritingCalendarMessages
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 29, 12, 0, 0, TimeSpan.Zero);

    // Names and places as people have them, and as nobody should: controls, quotes, several octets a character, pairs of surrogates.
    private static readonly Gen<string> AnyText = Gen.OneOf(
        ArbMap.Default.ArbFor<string>().Generator.Select(text => text ?? "").Where(text => Encoding.UTF8.GetByteCount(text) == Encoding.UTF8.GetBytes(text).Length && !HasLoneSurrogate(text)),
        Gen.Elements("Zoë Müller-Łukasz", "\"quoted\", Ltd; here", "👩‍💻👨‍🏫 in room 7", "a\r\nATTENDEE:mailto:b@example.org", "\\n is no line", "日本語の長い名前".PadRight(90, '語')),
        Gen.Choose(60, 200).Select(length => new string('ä', length)));

    private static readonly Gen<(string Name, string Place)> AnyNameAndPlace = from name in AnyText from place in AnyText select (name, place);

    [Fact]
    public void No_line_is_longer_than_75_octets_and_each_ends_with_CRLF() => ForAny(AnyNameAndPlace, given =>
    {
        var text = Write(given.Name, given.Place);
        return text.EndsWith("\r\n", StringComparison.Ordinal)
            && text.Split("\r\n").All(line => Encoding.UTF8.GetByteCount(line) <= 75 && !line.Contains('\r') && !line.Contains('\n') && !HasLoneSurrogate(line));
    });

    [Fact]
    public void A_place_is_read_back_as_it_was_written() => ForAny(AnyText.Where(text => !string.IsNullOrWhiteSpace(text)), place =>
        Unescape(Line(Write("Ada", place), "LOCATION:")) == Printable(place));

    [Fact]
    public void No_name_and_no_place_adds_a_line() => ForAny(AnyNameAndPlace, given =>
    {
        var names = Unfold(Write(given.Name, given.Place)).Split("\r\n").Select(line => line.Split(':', ';')[0]).Where(name => name != "LOCATION");
        return names.SequenceEqual(Unfold(Write("Ada", null)).Split("\r\n").Select(line => line.Split(':', ';')[0]));
    });

    [Fact]
    public void An_invitation_names_both_rings_a_quarter_of_an_hour_before_and_says_nothing_more()
    {
        var session = Guid.CreateVersion7();

        var text = new CalendarMessage(CalendarMethod.Request, session, 2, Noon, Noon.AddDays(1), Noon.AddDays(1).AddMinutes(45), "Café; room 1, left",
            [new Attendee(Guid.CreateVersion7(), "Ada Lovelace", "ada@example.org"), new Attendee(session, "Shift Worker", null)])
            .Write("Mentoring", "mentoring@example.org", new Uri("https://mentoring.example.org/sessions/1"));

        Assert.Equal($"""
            BEGIN:VCALENDAR
            PRODID:-//Mentoring//Notifications//EN
            VERSION:2.0
            CALSCALE:GREGORIAN
            METHOD:REQUEST
            BEGIN:VEVENT
            UID:{session}@mentoring
            SEQUENCE:2
            DTSTAMP:20260329T120000Z
            DTSTART:20260330T120000Z
            DTEND:20260330T124500Z
            SUMMARY:Conversation
            CLASS:PRIVATE
            TRANSP:OPAQUE
            STATUS:CONFIRMED
            LOCATION:Café\; room 1\, left
            URL:https://mentoring.example.org/sessions/1
            ORGANIZER;CN=Mentoring:mailto:mentoring@example.org
            ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE;CN="Ada Lovelace":mailto:ada@example.org
            ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE;CN="Shift Worker":urn:uuid:{session}
            BEGIN:VALARM
            ACTION:DISPLAY
            DESCRIPTION:Conversation
            TRIGGER:-PT15M
            END:VALARM
            END:VEVENT
            END:VCALENDAR

            """.ReplaceLineEndings("\r\n"), Unfold(text));
    }

    [Fact]
    public void A_cancellation_has_the_same_uid_and_no_alarm()
    {
        var text = Write("Ada", "here", CalendarMethod.Cancel);

        Assert.Contains("METHOD:CANCEL\r\n", text, StringComparison.Ordinal);
        Assert.Contains("STATUS:CANCELLED\r\n", text, StringComparison.Ordinal);
        Assert.Contains($"UID:{Guid.Empty}@mentoring\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("VALARM", text, StringComparison.Ordinal);
    }

    private static string Write(string name, string? place, CalendarMethod method = CalendarMethod.Request) =>
        new CalendarMessage(method, Guid.Empty, 0, Noon, Noon, Noon.AddHours(1), place, [new Attendee(Guid.Empty, name, "a@example.org")])
            .Write("Mentoring", "mentoring@example.org", new Uri("https://mentoring.example.org/"));

    private static string Unfold(string text) => text.Replace("\r\n ", "", StringComparison.Ordinal);

    private static string Line(string text, string start) => Unfold(text).Split("\r\n").Single(line => line.StartsWith(start, StringComparison.Ordinal))[start.Length..];

    private static string Unescape(string value)
    {
        var text = new StringBuilder();
        for (var i = 0; i < value.Length; i++)
            text.Append(value[i] != '\\' ? value[i] : value[++i] is 'n' ? '\n' : value[i]);
        return text.ToString();
    }

    private static string Printable(string text) => string.Concat(text.ReplaceLineEndings("\n").Select(c => char.IsControl(c) && c != '\n' ? ' ' : c));

    private static bool HasLoneSurrogate(string text) => text.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar) && !text.Contains('\uFFFD');

    private static void ForAny<T>(Gen<T> any, Func<T, bool> holds) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(any.ToArbitrary(), holds));
}
