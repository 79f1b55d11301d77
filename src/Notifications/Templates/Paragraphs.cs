using System.Text;

namespace Mentoring.Notifications.Templates;

/// <summary>Paragraphs parted by empty lines, and lists of lines that start with <c>- </c>: all that a mail needs.</summary>
public static class Paragraphs
{
    /// <summary>Without the empty lines that conditions leave behind.</summary>
    public static string Tidy(string text) => string.Join("\n\n", Split(text).Select(lines => string.Join('\n', lines)));

    /// <param name="escaped">Text in which every value has been escaped for HTML.</param>
    public static string ToHtml(string escaped)
    {
        var html = new StringBuilder();
        foreach (var lines in Split(escaped))
        {
            var list = false;
            var paragraph = new List<string>();
            foreach (var line in lines)
            {
                if (line.StartsWith("- ", StringComparison.Ordinal))
                {
                    Close(html, paragraph);
                    if (!list)
                        html.Append("<ul>");
                    list = true;
                    html.Append("<li>").Append(line.AsSpan(2)).Append("</li>");
                }
                else
                {
                    if (list)
                        html.Append("</ul>\n");
                    list = false;
                    paragraph.Add(line);
                }
            }
            Close(html, paragraph);
            if (list)
                html.Append("</ul>\n");
        }
        return html.ToString();
    }

    private static void Close(StringBuilder html, List<string> paragraph)
    {
        if (paragraph.Count > 0)
            html.Append("<p>").AppendJoin(' ', paragraph).Append("</p>\n");
        paragraph.Clear();
    }

    private static IEnumerable<List<string>> Split(string text)
    {
        var lines = new List<string>();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()))
        {
            if (line.Length > 0)
            {
                lines.Add(line);
                continue;
            }
            if (lines.Count > 0)
                yield return lines;
            lines = [];
        }
        if (lines.Count > 0)
            yield return lines;
    }
}
