using System.Reflection;
using System.Text.Json;
using HandlebarsDotNet;
using Mentoring.Notifications.Inbox;

namespace Mentoring.Notifications.Templates;

/// <summary>What stands in the inbox.</summary>
public sealed record InAppWords(string Title, string Line, IReadOnlyList<LetterAction> Actions);

/// <summary>What is sent.</summary>
public sealed record MailWords(string Subject, string Text, string Html);

/// <summary>
/// The words of every kind in every language. A kind that is not written in a language yet is read in English as a whole, its dates and footer
/// too. Loading fails, and with it the start, when the English is missing or a file says something else than it must.
/// </summary>
public sealed class TemplateSet
{
    private readonly Dictionary<(Language, string), Template> _templates = [];
    private readonly Dictionary<Language, IReadOnlyDictionary<string, string>> _words = [];
    private readonly Dictionary<Language, (HandlebarsTemplate<object, object> Plain, HandlebarsTemplate<object, object> Escaped)> _footers = [];
    private readonly HandlebarsTemplate<object, object> _layout;

    /// <param name="files">By path below the folder of the templates, such as <c>fr/welcome.hbs</c>.</param>
    public TemplateSet(IReadOnlyDictionary<string, string> files)
    {
        foreach (var language in Enum.GetValues<Language>())
        {
            foreach (var kind in NoticeKind.All)
            {
                var file = $"{language.Tag()}/{kind.Name}.hbs";
                if (language != Language.En && !files.ContainsKey(file))
                    continue;
                var template = Template.Parse(files[file], file);
                if (template.HasBody != kind.ByMail)
                    throw new FormatException($"{file}: a kind that goes by mail has a body, and no other.");
                _templates[(language, kind.Name)] = template;
            }
            _words[language] = JsonSerializer.Deserialize<Dictionary<string, string>>(files[$"{language.Tag()}/words.json"])!;
            var footer = files[$"{language.Tag()}/footer.hbs"].Trim();
            _footers[language] = (Template.CompilePlain(footer), Template.CompileEscaped(footer));
        }
        _layout = Template.CompileEscaped(files["layout.hbs"]);
    }

    public static TemplateSet Embedded() => new(EmbeddedFiles());

    public static Dictionary<string, string> EmbeddedFiles()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var files = new Dictionary<string, string>();
        foreach (var name in assembly.GetManifestResourceNames())
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            files[name.Replace('\\', '/')] = reader.ReadToEnd();
        }
        return files;
    }

    public IReadOnlyDictionary<string, string> Words(Language language) => _words[language];

    /// <summary>Whether this kind is written in this language; otherwise it is read in English.</summary>
    public bool Has(string kind, Language language) => _templates.ContainsKey((language, kind));

    public InAppWords InApp(InboxItem item, Notice notice, Reader reader)
    {
        reader = WhoCanRead(item, reader);
        var template = _templates[(reader.Language, item.Kind)];
        var values = Values(item, notice, reader);
        return new InAppWords(template.Title(values), template.Line(values),
            [.. template.Actions(values).Select(action => new LetterAction(action.Label, action.Href))]);
    }

    public MailWords Mail(InboxItem item, Notice notice, Reader reader, Uri portal)
    {
        reader = WhoCanRead(item, reader);
        var template = _templates[(reader.Language, item.Kind)];
        var values = Values(item, notice, reader);
        values["preferences"] = new Uri(portal, "preferences").AbsoluteUri;
        var actions = template.Actions(values).Select(action => (action.Label, Href: new Uri(portal, action.Href).AbsoluteUri)).ToList();
        var footer = _footers[reader.Language];

        List<string> text = [template.Text(values), .. actions.Select(action => $"{action.Label}{reader.Language.Colon()}{action.Href}"), $"-- \n{footer.Plain(values)}"];
        var html = _layout(new Dictionary<string, object?>
        {
            ["language"] = reader.Language.Tag(),
            ["content"] = template.Html(values),
            ["actions"] = actions.Select(action => new Dictionary<string, object?> { ["label"] = action.Label, ["href"] = action.Href }).ToList(),
            ["footer"] = footer.Escaped(values),
        });
        return new MailWords(template.Title(values), string.Join("\n\n", text) + "\n", html);
    }

    private Reader WhoCanRead(InboxItem item, Reader reader) => Has(item.Kind, reader.Language) ? reader : reader.In(Language.En, this);

    private static Dictionary<string, object?> Values(InboxItem item, Notice notice, Reader reader) => new(notice.Fill(reader))
    {
        ["name"] = reader.Name,
        ["programme"] = reader.Programme(notice.ProgrammeId),
        ["id"] = item.AboutId.ToString(),
    };
}
