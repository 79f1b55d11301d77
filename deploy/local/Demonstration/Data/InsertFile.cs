using System.Text;

namespace Mentoring.Demonstration.Data;

/// <summary>
/// Reads the tuples of <c>INSERT INTO … VALUES (…), (…);</c> and nothing else of SQL: numbers, quoted strings with doubled
/// quotes, any white space between tuples. What it does not understand it refuses with the position.
/// </summary>
internal static class InsertFile
{
    public static IEnumerable<string[]> Rows(string path)
    {
        var text = File.ReadAllText(path);
        var at = 0;
        while ((at = text.IndexOf("VALUES", at, StringComparison.OrdinalIgnoreCase)) >= 0)
        {
            at += "VALUES".Length;
            do
                yield return Row(path, text, ref at);
            while (Next(path, text, ref at) == ',');
        }
    }

    private static string[] Row(string path, string text, ref int at)
    {
        if (Next(path, text, ref at) != '(')
            throw Unreadable(path, at);

        var values = new List<string>();
        char end;
        do
        {
            values.Add(Value(path, text, ref at));
            end = Next(path, text, ref at);
        }
        while (end == ',');

        return end == ')' ? [.. values] : throw Unreadable(path, at);
    }

    private static string Value(string path, string text, ref int at)
    {
        if (Next(path, text, ref at) != '\'')
        {
            var start = at - 1;
            at = text.AsSpan(start).IndexOfAny(",)") is var length and >= 0 ? start + length : throw Unreadable(path, start);
            return text[start..at].Trim();
        }

        var value = new StringBuilder();
        while (at < text.Length)
        {
            var character = text[at++];
            if (character != '\'')
                value.Append(character);
            else if (at < text.Length && text[at] == '\'')
                value.Append(text[at++]);
            else
                return value.ToString();
        }

        throw Unreadable(path, at);
    }

    private static char Next(string path, string text, ref int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
        return at < text.Length ? text[at++] : throw Unreadable(path, at);
    }

    private static FormatException Unreadable(string path, int at) =>
        new($"{Path.GetFileName(path)}: no tuple of values at character {at}.");
}
