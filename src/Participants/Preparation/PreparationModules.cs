using Markdig;
using Mentoring.Contracts.Participants;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Mentoring.Participants.Preparation;

/// <summary>One module: what to read and a short check of it.</summary>
/// <param name="Name">As programmes write it.</param>
/// <param name="Language">It is written in.</param>
/// <param name="Minutes">To read and answer.</param>
/// <param name="Sides">Whom it is for.</param>
/// <param name="Html">Rendered from Markdown; raw HTML is not let through.</param>
public sealed record PreparationModule(
    string Name, string Language, string Title, int Minutes, IReadOnlyList<Side> Sides, string Html, IReadOnlyList<CheckQuestion> Check)
{
    /// <summary>What is wrong with these answers, by question; empty when the check is passed.</summary>
    public IReadOnlyDictionary<int, string> Mistakes(IReadOnlyList<int> answers) => Check
        .Select((question, index) => (question, index))
        .Where(asked => asked.index >= answers.Count || answers[asked.index] != asked.question.Answer)
        .ToDictionary(asked => asked.index, asked => asked.question.Because);
}

/// <param name="Answer">The index of the right option.</param>
/// <param name="Because">Told to whoever chose another.</param>
public sealed record CheckQuestion(string Question, IReadOnlyList<string> Options, int Answer, string Because);

/// <summary>
/// The modules that ship with the service: Markdown with a front matter, in this folder's <c>Modules</c>, a folder a language. Each is there in
/// English; another language has the same questions with the same right answers, so that a check can be begun in one and passed in another.
/// </summary>
public static class PreparationModules
{
    private const string Prefix = "modules/";

    private static readonly MarkdownPipeline s_markdown = new MarkdownPipelineBuilder().UsePipeTables().DisableHtml().Build();

    private static readonly IReadOnlyDictionary<(string Name, string Language), PreparationModule> s_all = typeof(PreparationModules).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(Load)
        .ToDictionary(module => (module.Name, module.Language));

    /// <summary>In English.</summary>
    public static PreparationModule? Find(string name) => s_all.GetValueOrDefault((name, Reading.Fallback));

    /// <summary>In the first of the languages that it is written in.</summary>
    public static PreparationModule? Find(string name, IEnumerable<string> wishes) => s_all.GetValueOrDefault((name, Reading.Choose(wishes, LanguagesOf(name))));

    public static IReadOnlyList<string> LanguagesOf(string name) =>
        [.. s_all.Keys.Where(key => key.Name == name).Select(key => key.Language).Order(StringComparer.Ordinal)];

    public static IReadOnlyList<string> NamesFor(Side side) =>
        [.. s_all.Values.Where(module => module.Language == Reading.Fallback && module.Sides.Contains(side)).Select(module => module.Name).Order(StringComparer.Ordinal)];

    /// <summary>Reads one module's text.</summary>
    public static PreparationModule Parse(string name, string language, string text)
    {
        const string fence = "---\n";
        var end = text.StartsWith(fence, StringComparison.Ordinal) ? text.IndexOf("\n" + fence, fence.Length, StringComparison.Ordinal) : -1;
        if (end < 0)
            throw new FormatException($"Module '{name}' has no front matter.");

        var front = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build()
            .Deserialize<FrontMatter>(text[fence.Length..(end + 1)]);
        return new PreparationModule(
            name,
            language,
            front.Title,
            front.Minutes,
            [.. front.Sides.Select(Kebab.Parse<Side>)],
            Markdown.ToHtml(text[(end + 1 + fence.Length)..], s_markdown),
            [.. front.Check.Select(asked => new CheckQuestion(asked.Question, asked.Options, asked.Answer, asked.Because))]);
    }

    private static PreparationModule Load(string resource)
    {
        using var reader = new StreamReader(typeof(PreparationModules).Assembly.GetManifestResourceStream(resource)!);
        return resource[Prefix.Length..].Replace('\\', '/').Split('/') is [var language, var name]
            ? Parse(name, language, reader.ReadToEnd())
            : throw new FormatException($"'{resource}' lies in no language's folder.");
    }

    private sealed class FrontMatter
    {
        public string Title { get; set; } = "";
        public int Minutes { get; set; }
        public List<string> Sides { get; set; } = [];
        public List<Asked> Check { get; set; } = [];
    }

    private sealed class Asked
    {
        public string Question { get; set; } = "";
        public List<string> Options { get; set; } = [];
        public int Answer { get; set; }
        public string Because { get; set; } = "";
    }
}
