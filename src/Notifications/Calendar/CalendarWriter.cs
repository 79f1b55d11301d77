using System.Text;

namespace Mentoring.Notifications.Calendar;

/// <summary>
/// Content lines of RFC 5545: escaped, folded at 75 octets, ended by CRLF. What a calendar may not contain (control characters) becomes
/// a space, so that no name or place can add a line of its own.
/// </summary>
public sealed class CalendarWriter
{
    private const int Octets = 75;
    private readonly StringBuilder _lines = new();

    /// <summary>A line whose value stands as it is.</summary>
    public void Line(string name, string value, params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        var line = new StringBuilder(name);
        foreach (var parameter in parameters)
            line.Append(';').Append(parameter.Name).Append('=').Append(Parameter(parameter.Value));
        Fold(line.Append(':').Append(Printable(value)).ToString());
    }

    /// <summary>A line whose value is a TEXT (3.3.11).</summary>
    public void Text(string name, string value) => Fold($"{name}:{Escape(value)}");

    public override string ToString() => _lines.ToString();

    /// <summary>Backslash, semicolon, comma and line break are the characters with a meaning of their own.</summary>
    public static string Escape(string text) => Printable(text
        .ReplaceLineEndings("\n")
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace(";", "\\;", StringComparison.Ordinal)
        .Replace(",", "\\,", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal));

    /// <summary>Quoted where it has to be. A double quote cannot stand in a parameter at all.</summary>
    private static string Parameter(string value)
    {
        var plain = Printable(value).Replace('"', '\'');
        return plain.AsSpan().ContainsAny(";:, ") ? $"\"{plain}\"" : plain;
    }

    private static string Printable(string text) => string.Create(text.Length, text, static (printable, source) =>
    {
        source.CopyTo(printable);
        for (var i = 0; i < printable.Length; i++)
        {
            if (char.IsControl(printable[i]))
                printable[i] = ' ';
        }
    });

    /// <summary>Octets are counted in UTF-8, and no character is cut in two. A continuation starts with a space, which counts.</summary>
    private void Fold(string line)
    {
        var left = Octets;
        foreach (var rune in line.EnumerateRunes())
        {
            if (rune.Utf8SequenceLength > left)
            {
                _lines.Append("\r\n ");
                left = Octets - 1;
            }
            left -= rune.Utf8SequenceLength;
            _lines.Append(rune);
        }
        _lines.Append("\r\n");
    }
}
