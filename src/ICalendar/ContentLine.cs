using System.Text;

namespace Mentoring.ICalendar;

/// <summary>A parameter with its values, without quotes and carets.</summary>
public sealed record Parameter(string Name, IReadOnlyList<string> Values);

/// <summary>One property as it stands in a file (RFC 5545, 3.1), unfolded.</summary>
/// <param name="Name">In capitals: names are the same in any case.</param>
/// <param name="Parameters">In the order of the file, names in capitals.</param>
/// <param name="Value">As it stands there: only who knows its type can read it.</param>
/// <param name="Number">The first line of the file it stands in, from 1.</param>
public sealed record ContentLine(string Name, IReadOnlyList<Parameter> Parameters, string Value, int Number)
{
    /// <summary>A parameter's first value; null without one.</summary>
    public string? Parameter(string name)
    {
        foreach (var parameter in Parameters)
        {
            if (parameter.Name == name)
                return parameter.Values[0];
        }
        return null;
    }

    /// <exception cref="CalendarException"><c>malformed-line</c></exception>
    public static ContentLine Parse(ReadOnlySpan<char> line, int number)
    {
        var end = EndOfName(line, 0);
        if (end == 0 || end == line.Length)
            throw Malformed("begins with no name that a colon or semicolon follows");
        var name = Upper(line[..end]);
        List<Parameter>? parameters = null;
        while (line[end] == ';')
        {
            var from = end + 1;
            end = EndOfName(line, from);
            if (end == from || end == line.Length || line[end] != '=')
                throw Malformed("has a parameter without name and equals sign");
            var parameter = Upper(line[from..end]);
            var values = new List<string>(1);
            do
                values.Add(ParameterValue(line, ref end));
            while (line[end] == ',');
            (parameters ??= []).Add(new Parameter(parameter, values));
        }
        if (line[end] != ':')
            throw Malformed("has no colon before its value");
        return new ContentLine(name, parameters ?? (IReadOnlyList<Parameter>)[], line[(end + 1)..].ToString(), number);

        // Leaves end at what follows the value, which is one of ; : and the comma.
        string ParameterValue(ReadOnlySpan<char> text, ref int at)
        {
            at++;
            int from = at, length;
            if (at < text.Length && text[at] == '"')
            {
                from++;
                length = text[from..].IndexOf('"');
                if (length < 0)
                    throw Malformed("has a quote that nothing ends");
                at = from + length + 1;
            }
            else
            {
                length = text[from..].IndexOfAny(";:,");
                if (length < 0)
                    throw Malformed("has no colon before its value");
                at = from + length;
            }
            if (at == text.Length || text[at] is not (';' or ':' or ','))
                throw Malformed("goes on after a closing quote");
            return Uncaret(text.Slice(from, length));
        }

        CalendarException Malformed(string why) => new(number, "malformed-line", $"The content line {why}.");
    }

    private static int EndOfName(ReadOnlySpan<char> line, int from)
    {
        var end = from;
        while (end < line.Length && (char.IsAsciiLetterOrDigit(line[end]) || line[end] is '-' or '_'))
            end++;
        return end;
    }

    private static string Upper(ReadOnlySpan<char> name) => name switch
    {
        "BEGIN" => "BEGIN",
        "END" => "END",
        "TZID" => "TZID",
        "VALUE" => "VALUE",
        "UID" => "UID",
        "DTSTART" => "DTSTART",
        "DTEND" => "DTEND",
        "DTSTAMP" => "DTSTAMP",
        "SUMMARY" => "SUMMARY",
        _ => name.ToString().ToUpperInvariant(),
    };

    /// <summary>What RFC 6868 wrote with a caret: quote, line break and the caret itself. Any other caret stands for itself.</summary>
    private static string Uncaret(ReadOnlySpan<char> value)
    {
        if (!value.Contains('^'))
            return value.ToString();
        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            var meant = value[i] == '^' && i + 1 < value.Length ? value[i + 1] switch { 'n' => '\n', '^' => '^', '\'' => '"', _ => '\0' } : '\0';
            if (meant == '\0')
            {
                text.Append(value[i]);
                continue;
            }
            text.Append(meant);
            i++;
        }
        return text.ToString();
    }
}
