using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Mentoring.ICalendar.Tests;

public sealed class WritingCalendars
{
    private static readonly Gen<string> AnyText = Gen.OneOf(
        ArbMap.Default.ArbFor<string>().Generator.Select(text => text ?? "").Where(IsWhole),
        Gen.Elements("\"quoted\", Ltd; here", "a^n b^' c^^ ^", "👩‍💻 in: room 7", "two\nlines", "\\n is no line", "日本語の長い名前".PadRight(90, '語')));

    [Fact]
    public void What_is_written_is_read_back_as_it_was() => ForAny(from text in AnyText from name in AnyText select (text, name), given =>
    {
        var writer = new CalendarWriter();
        writer.Line("BEGIN", "VCALENDAR");
        writer.Line("BEGIN", "VEVENT");
        writer.Text("SUMMARY", given.text);
        writer.Line("ATTENDEE", "mailto:ada@example.org", ("CN", given.name), ("ROLE", "CHAIR"));
        writer.Line("END", "VEVENT");
        writer.Line("END", "VCALENDAR");

        var read = Calendars.Whole(Encoding.UTF8.GetBytes(writer.ToString())).Components.Single();

        return CalendarText.Unescape(read.Property("SUMMARY")!.Value) == Printable(given.text)
            && read.Property("ATTENDEE")!.Parameter("CN") == Printable(given.name)
            && read.Property("ATTENDEE")!.Parameter("ROLE") == "CHAIR"
            && read.Properties.Count == 2;
    });

    [Fact]
    public void A_component_that_was_read_and_is_written_is_the_same_when_it_is_read_again() => ForAny(
        from names in AnyText.NonEmptyListOf() from values in AnyText.NonEmptyListOf() select (names, values),
        given =>
        {
            var component = new Component("VEVENT", 1);
            foreach (var value in given.values)
                component.Add(new ContentLine("X-ANY", [new Parameter("X-P", [.. given.names.Select(Printable)])], Printable(value).Replace('\n', ' '), 0));
            var whole = new Component("VCALENDAR", 1);
            whole.Add(component);
            var writer = new CalendarWriter();
            writer.Component(whole);

            var read = Calendars.Whole(Encoding.UTF8.GetBytes(writer.ToString())).Components.Single();

            return read.Properties.Zip(component.Properties).All(pair =>
                    pair.First.Value == pair.Second.Value && pair.First.Parameters.Single().Values.SequenceEqual(pair.Second.Parameters.Single().Values))
                && read.Properties.Count == component.Properties.Count;
        });

    [Fact]
    public void No_line_is_longer_than_75_octets_and_each_ends_with_CRLF() => ForAny(AnyText, text =>
    {
        var writer = new CalendarWriter();
        writer.Text("SUMMARY", text);
        writer.Line("ATTENDEE", "mailto:a@example.org", ("CN", text));
        var written = writer.ToString();
        return written.EndsWith("\r\n", StringComparison.Ordinal)
            && written.Split("\r\n").All(line => Encoding.UTF8.GetByteCount(line) <= 75 && !line.Contains('\r') && !line.Contains('\n'));
    });

    [Fact]
    public void What_may_not_stand_in_a_parameter_is_written_with_a_caret()
    {
        var writer = new CalendarWriter();
        writer.Line("ATTENDEE", "mailto:a@example.org", ("CN", "Ada \"Countess\"\nLovelace ^"));

        Assert.Equal("ATTENDEE;CN=\"Ada ^'Countess^'^nLovelace ^^\":mailto:a@example.org\r\n", writer.ToString());
    }

    private static string Printable(string text) => string.Concat(text.ReplaceLineEndings("\n").Select(c => char.IsControl(c) && c != '\n' ? ' ' : c));

    private static bool IsWhole(string text) => !text.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar);

    private static void ForAny<T>(Gen<T> any, Func<T, bool> holds) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(1_000), Prop.ForAll(any.ToArbitrary(), holds));
}
