using System.Text.RegularExpressions;
using HandlebarsDotNet;

namespace Mentoring.Notifications.Templates;

/// <summary>
/// The words of one kind in one language. The file is written like a mail: <c>title:</c> (also the subject), <c>line:</c> (the sentence in
/// the inbox) and any number of <c>action: label -> address</c>, an empty line, and the body of the mail in paragraphs and <c>- </c> lists.
/// Text and HTML are made of the same body, so they cannot drift apart.
/// </summary>
internal sealed partial class Template
{
    private static readonly IHandlebars Plain = Handlebars.Create(new HandlebarsConfiguration { NoEscape = true, ThrowOnUnresolvedBindingExpression = true });
    private static readonly IHandlebars Escaped = Handlebars.Create(new HandlebarsConfiguration { ThrowOnUnresolvedBindingExpression = true });

    private readonly HandlebarsTemplate<object, object> _title;
    private readonly HandlebarsTemplate<object, object> _line;
    private readonly HandlebarsTemplate<object, object> _text;
    private readonly HandlebarsTemplate<object, object> _html;
    private readonly List<(HandlebarsTemplate<object, object> Label, HandlebarsTemplate<object, object> Href)> _actions = [];

    private Template(string title, string line, IEnumerable<(string Label, string Href)> actions, string body)
    {
        _title = Plain.Compile(title);
        _line = Plain.Compile(line);
        _text = Plain.Compile(body);
        _html = Escaped.Compile(body);
        foreach (var (label, href) in actions)
            _actions.Add((Plain.Compile(label), Plain.Compile(href)));
        HasBody = body.Length > 0;
    }

    /// <summary>Without one it is never sent as a mail.</summary>
    public bool HasBody { get; }

    /// <param name="source">The file.</param>
    /// <param name="name">Its name, for whoever has to mend it.</param>
    public static Template Parse(string source, string name)
    {
        var parts = source.ReplaceLineEndings("\n").Split("\n\n", 2);
        string? title = null, line = null;
        var actions = new List<(string, string)>();
        foreach (var header in parts[0].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            switch (header.Split(": ", 2))
            {
                case ["title", var value]:
                    title = value;
                    break;
                case ["line", var value]:
                    line = value;
                    break;
                case ["action", var value] when value.Split(" -> ") is [var label, var href]:
                    actions.Add((label, href));
                    break;
                default:
                    throw new FormatException($"{name}: '{header}' is no title, line or action.");
            }
        }
        return new Template(
            title ?? throw new FormatException($"{name} has no title."),
            line ?? throw new FormatException($"{name} has no line."),
            actions,
            parts.Length == 2 ? parts[1].Trim() : "");
    }

    public static HandlebarsTemplate<object, object> CompileEscaped(string source) => Escaped.Compile(source);

    public static HandlebarsTemplate<object, object> CompilePlain(string source) => Plain.Compile(source);

    public string Title(object values) => OneLine(_title(values));

    public string Line(object values) => OneLine(_line(values));

    public string Text(object values) => Paragraphs.Tidy(_text(values));

    public string Html(object values) => Paragraphs.ToHtml(_html(values));

    public IEnumerable<(string Label, string Href)> Actions(object values) => _actions.Select(action => (OneLine(action.Label(values)), action.Href(values)));

    // A name with a line break in it must not become a header of the mail. No-break spaces stay: French marks stand behind them.
    private static string OneLine(string text) => Breaking().Replace(text, " ").Trim();

    [GeneratedRegex(@"[\s-[\u00A0\u202F]]+", RegexOptions.CultureInvariant)]
    private static partial Regex Breaking();
}
