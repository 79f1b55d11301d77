using System.Text;

namespace Mentoring.ICalendar;

/// <summary>A TEXT (3.3.11): backslash, semicolon, comma and line break are the characters with a meaning of their own.</summary>
public static class CalendarText
{
    /// <summary>As it stands in a file. Control characters, which may not stand there, become spaces.</summary>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Printable(text
            .ReplaceLineEndings("\n")
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace(";", "\\;", StringComparison.Ordinal)
            .Replace(",", "\\,", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal));
    }

    /// <summary>What was meant. A backslash before anything else stands for itself.</summary>
    public static string Unescape(ReadOnlySpan<char> value)
    {
        if (!value.Contains('\\'))
            return value.ToString();
        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            var next = value[i] == '\\' && i + 1 < value.Length ? value[i + 1] : '\0';
            if (next is not ('\\' or ';' or ',' or 'n' or 'N'))
            {
                text.Append(value[i]);
                continue;
            }
            text.Append(next is 'n' or 'N' ? '\n' : next);
            i++;
        }
        return text.ToString();
    }

    internal static string Printable(string text) => string.Create(text.Length, text, static (printable, source) =>
    {
        source.CopyTo(printable);
        for (var i = 0; i < printable.Length; i++)
        {
            if (char.IsControl(printable[i]))
                printable[i] = ' ';
        }
    });
}
