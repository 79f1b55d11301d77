using System.Globalization;

namespace Mentoring.Participants.Programmes;

/// <summary>
/// Reads one section of a programme's file setting by setting. Whatever was not asked for by the end is refused with its path, so a
/// misspelt setting never silently means its default.
/// </summary>
internal sealed class FileSection(FileNode.Section section, string path, List<FileProblem> problems)
{
    // Rule 1: never matched on, so never even accepted as a word in a file.
    private static readonly string[] s_protected =
        ["age", "birth", "dob", "generation", "gender", "sex", "ethnic", "race", "religion", "nationality", "disabil", "orientation"];

    private readonly HashSet<string> _asked = [];

    public string At(string key) => path.Length == 0 ? key : $"{path}.{key}";

    public bool Has(string key) => section.Entries.GetValueOrDefault(key) is not (null or FileNode.Scalar { Value: null });

    public void Refuse(string key, string code, string detail) => problems.Add(new FileProblem(At(key), code, detail));

    public string? Text(string key, int longest = 200)
    {
        var text = Scalar(key)?.Trim();
        if (text is not { Length: > 0 })
            return null;
        if (text.Length <= longest && !text.Any(char.IsControl))
            return text;
        Refuse(key, "invalid", $"One line of at most {longest} characters.");
        return null;
    }

    public string? Slug(string key)
    {
        var text = Text(key, Participants.Slug.LongestLength);
        if (text is null || Participants.Slug.IsValid(text))
            return text;
        Refuse(key, "invalid", "Lower-case letters, digits and hyphens: `ai-at-work`.");
        return null;
    }

    public string? Email(string key) => Scalar(key) is { } text ? EmailOrRefuse(text, key) : null;

    public string? Period(string key)
    {
        var text = Text(key, 20);
        if (text is null || Programmes.Period.Is(text))
            return text;
        Refuse(key, "invalid", "A period as in ISO 8601: `P14D`, `P6M`, `P1Y`.");
        return null;
    }

    public int? Whole(string key, int least, int most)
    {
        if (Scalar(key) is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        Refuse(key, "invalid", $"A whole number from {least} to {most}.");
        return null;
    }

    public decimal? Number(string key)
    {
        if (Scalar(key) is not { } text)
            return null;
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (decimal.TryParse(text, style, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) <= 1_000_000_000m)
            return number;
        Refuse(key, "invalid", "A number with a point before its decimals: `3.5`.");
        return null;
    }

    public bool Flag(string key)
    {
        if (Scalar(key) is not { } text)
            return false;
        if (text is not ("true" or "false"))
            Refuse(key, "invalid", "`true` or `false`.");
        return text is "true";
    }

    public DateOnly? Day(string key)
    {
        if (Scalar(key) is not { } text)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        Refuse(key, "invalid", "A day as `2026-09-01`.");
        return null;
    }

    public T? OneOf<T>(string key) where T : struct, Enum => Scalar(key) is { } text ? OneOf<T>(text, key) : null;

    public string? OneOf(string key, IReadOnlyCollection<string> words) => Scalar(key) is { } text ? WordOrRefuse(text, key, words) : null;

    public IReadOnlyList<T> SomeOf<T>(string key) where T : struct, Enum =>
        Texts(key, 20, (text, at) => OneOf<T>(text, at)).OfType<T>().Distinct().ToArray();

    public IReadOnlyList<string> SomeOf(string key, IReadOnlyCollection<string> words) =>
        Texts(key, 40, (text, at) => WordOrRefuse(text, at, words)).OfType<string>().Distinct().ToArray();

    public IReadOnlyList<string> Slugs(string key, int most = 100) => Texts(key, most, (text, at) =>
    {
        if (Participants.Slug.IsValid(text))
            return text;
        Refuse(at, "invalid", "Lower-case letters, digits and hyphens: `ai-at-work`.");
        return null;
    }).OfType<string>().Distinct().ToArray();

    /// <summary>Addresses; the word <c>sponsor</c> stands for the programme's own where one is given, so that a template can name it.</summary>
    public IReadOnlyList<string> Emails(string key, int most = 200, string? sponsor = null) =>
        Texts(key, most, (text, at) => text == "sponsor" && sponsor is not null ? sponsor : EmailOrRefuse(text, at))
            .OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToArray();

    public IReadOnlyList<string> Lines(string key, int most = 50) => Texts(key, most, (text, at) =>
    {
        if (text.Length is > 0 and <= 200 && !text.Any(char.IsControl))
            return text;
        Refuse(at, "invalid", "One line of at most 200 characters.");
        return null;
    }).OfType<string>().Distinct().ToArray();

    /// <summary>A list where the file may also write a section: tells which of the two stands there.</summary>
    public bool IsSection(string key) => section.Entries.GetValueOrDefault(key) is FileNode.Section;

    public FileSection? Section(string key)
    {
        _asked.Add(key);
        switch (section.Entries.GetValueOrDefault(key))
        {
            case null or FileNode.Scalar { Value: null }:
                return null;
            case FileNode.Section found:
                return new FileSection(found, At(key), problems);
            default:
                Refuse(key, "invalid", "A section of settings stands here.");
                return null;
        }
    }

    public IReadOnlyList<FileSection> Sections(string key, int most)
    {
        var sections = new List<FileSection>();
        foreach (var (node, index) in List(key, most))
        {
            if (node is FileNode.Section found)
                sections.Add(new FileSection(found, $"{At(key)}[{index}]", problems));
            else
                Refuse($"{key}[{index}]", "invalid", "A section of settings stands here.");
        }
        return sections;
    }

    /// <summary>Free keys, as region → executive; each value read by <paramref name="read"/>.</summary>
    public IReadOnlyDictionary<string, T> Pairs<T>(string key, Func<FileSection, string, T?> read, IReadOnlyCollection<string>? keys = null)
    {
        var pairs = new Dictionary<string, T>();
        if (Section(key) is not { } inner)
            return pairs;
        foreach (var name in inner.Keys)
        {
            if (keys is not null && !keys.Contains(name))
                continue;
            if (read(inner, name) is { } value)
                pairs[name] = value;
        }
        inner.End();
        return pairs;
    }

    public IReadOnlyCollection<string> Keys => [.. section.Entries.Keys];

    /// <summary>Refuses what nobody asked for.</summary>
    public void End()
    {
        foreach (var key in section.Entries.Keys.Where(key => !_asked.Contains(key)))
        {
            if (s_protected.Any(word => key.StartsWith(word, StringComparison.OrdinalIgnoreCase)))
                Refuse(key, "protected-attribute", "Programmes are not made by age, generation or any protected characteristic; use career stages, units and topics.");
            else
                Refuse(key, "unknown-key", _asked.Count == 0 ? "There is no such setting." : $"There is no such setting here; there are {string.Join(", ", _asked.Order())}.");
        }
    }

    private string? Scalar(string key)
    {
        _asked.Add(key);
        switch (section.Entries.GetValueOrDefault(key))
        {
            case null:
                return null;
            case FileNode.Scalar scalar:
                return scalar.Value;
            default:
                Refuse(key, "invalid", "A single value stands here.");
                return null;
        }
    }

    private IEnumerable<(FileNode Node, int Index)> List(string key, int most)
    {
        _asked.Add(key);
        switch (section.Entries.GetValueOrDefault(key))
        {
            case null or FileNode.Scalar { Value: null }:
                return [];
            case FileNode.Items { Nodes: var nodes } when nodes.Count <= most:
                return nodes.Select((node, index) => (node, index));
            default:
                Refuse(key, "invalid", $"A list of at most {most} stands here: `[…, …]`.");
                return [];
        }
    }

    private IEnumerable<T?> Texts<T>(string key, int most, Func<string, string, T?> read)
    {
        foreach (var (node, index) in List(key, most))
        {
            var at = $"{key}[{index}]";
            if (node is FileNode.Scalar { Value: { } text })
                yield return read(text.Trim(), at);
            else
                Refuse(at, "invalid", "A single value stands here.");
        }
    }

    private T? OneOf<T>(string text, string key) where T : struct, Enum
    {
        if (Kebab.TryParse<T>(text, out var value))
            return value;
        Refuse(key, "invalid", $"One of {string.Join(", ", Enum.GetValues<T>().Select(Kebab.Of))}.");
        return null;
    }

    private string? WordOrRefuse(string text, string key, IReadOnlyCollection<string> words)
    {
        if (words.Contains(text))
            return text;
        Refuse(key, "invalid", $"One of {string.Join(", ", words)}.");
        return null;
    }

    private string? EmailOrRefuse(string text, string key)
    {
        text = text.Trim();
        if (text.Length <= 254 && text.IndexOf('@', StringComparison.Ordinal) is var at and > 0 && at < text.Length - 1 && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
            return text;
        Refuse(key, "invalid", "An e-mail address.");
        return null;
    }
}
