using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Mentoring.Participants.Programmes;

/// <summary>
/// A programme's file as written, YAML or JSON alike, before anything is made of it. A file comes from outside, so it is bounded in
/// bytes, depth and values, and what can blow up or run something (aliases, anchors, tags, further documents) is refused.
/// </summary>
public abstract record FileNode(int Line)
{
    /// <summary>A real programme takes some three kilobytes.</summary>
    public const int MaxBytes = 64 * 1024;

    private const int MaxDepth = 8;
    private const int MaxNodes = 2_000;
    private const int MaxScalar = 2_000;

    public sealed record Scalar(string? Value, int Line) : FileNode(Line);

    public sealed record Items(IReadOnlyList<FileNode> Nodes, int Line) : FileNode(Line);

    public sealed record Section(IReadOnlyDictionary<string, FileNode> Entries, int Line) : FileNode(Line);

    /// <summary>Either the file's top section, or what is wrong with it.</summary>
    public static (Section? Root, FileProblem? Problem) Parse(string text, bool json)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(text) > MaxBytes)
            return (null, new FileProblem("", "too-large", $"A programme's file has at most {MaxBytes / 1024} KiB."));
        try
        {
            var root = json ? FromJson(text) : FromYaml(text);
            return root is Section section
                ? (section, null)
                : (null, new FileProblem("", "malformed", "The file must be a mapping of settings: `name: …`, `gap: …`."));
        }
        catch (Unreadable refused)
        {
            return (null, new FileProblem("", "malformed", refused.Message));
        }
        catch (YamlException broken)
        {
            return (null, new FileProblem("", "malformed", $"Line {broken.Start.Line}: this is not YAML. {broken.Message}"));
        }
        catch (InvalidOperationException)
        {
            // YamlDotNet's scanner gives up so on some broken quotes and tabs, without saying where.
            return (null, new FileProblem("", "malformed", "This is not YAML."));
        }
        catch (JsonException broken)
        {
            return (null, new FileProblem("", "malformed", $"Line {broken.LineNumber + 1}: this is not JSON."));
        }
    }

    /// <summary>
    /// A file over its template: a section named in <paramref name="together"/> is merged key by key, everything else replaces.
    /// </summary>
    public static Section Over(Section template, Section file, IReadOnlySet<string> together)
    {
        var entries = new Dictionary<string, FileNode>(template.Entries);
        foreach (var (key, node) in file.Entries)
        {
            entries[key] = together.Contains(key) && entries.GetValueOrDefault(key) is Section below && node is Section above
                ? Over(below, above, together)
                : node;
        }
        return new Section(entries, file.Line);
    }

    private static FileNode FromYaml(string text)
    {
        var parser = new Parser(new StringReader(text));
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
            throw new Unreadable("The file is empty.");
        parser.Consume<DocumentStart>();
        var nodes = 0;
        var root = Yaml(parser, 0, ref nodes);
        parser.Consume<DocumentEnd>();
        if (!parser.TryConsume<StreamEnd>(out _))
            throw new Unreadable("The file must hold one document; a second one starts after `---`.");
        return root;
    }

    private static FileNode Yaml(IParser parser, int depth, ref int nodes)
    {
        var line = (int)(parser.Current?.Start.Line ?? 0);
        Bound(depth, ++nodes, line);
        if (parser.TryConsume<AnchorAlias>(out _))
            throw new Unreadable($"Line {line}: aliases (`*name`) are not read; write the value out.");
        if (parser.Current is NodeEvent node && (!node.Anchor.IsEmpty || !node.Tag.IsEmpty))
            throw new Unreadable($"Line {line}: anchors (`&name`) and tags (`!name`) are not read.");

        if (parser.TryConsume<YamlDotNet.Core.Events.Scalar>(out var scalar))
        {
            var empty = scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null";
            return new Scalar(empty ? null : Short(scalar.Value, line), line);
        }
        if (parser.TryConsume<SequenceStart>(out _))
        {
            var items = new List<FileNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
                items.Add(Yaml(parser, depth + 1, ref nodes));
            return new Items(items, line);
        }

        parser.Consume<MappingStart>();
        var entries = new Dictionary<string, FileNode>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var at = (int)(parser.Current?.Start.Line ?? 0);
            if (!parser.TryConsume<YamlDotNet.Core.Events.Scalar>(out var key) || key.Value.Length > 100)
                throw new Unreadable($"Line {at}: a setting's name must be a short word.");
            if (!entries.TryAdd(key.Value, Yaml(parser, depth + 1, ref nodes)))
                throw new Unreadable($"Line {at}: `{key.Value}` stands here twice.");
        }
        return new Section(entries, line);
    }

    private static FileNode FromJson(string text)
    {
        // One deeper than ours, so that the refusal is ours and says what to do.
        using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth + 2 });
        var nodes = 0;
        return Json(document.RootElement, 0, ref nodes);
    }

    private static FileNode Json(JsonElement element, int depth, ref int nodes)
    {
        Bound(depth, ++nodes, 0);
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var entries = new Dictionary<string, FileNode>();
                foreach (var property in element.EnumerateObject())
                {
                    if (property.Name.Length > 100)
                        throw new Unreadable("A setting's name must be a short word.");
                    if (!entries.TryAdd(property.Name, Json(property.Value, depth + 1, ref nodes)))
                        throw new Unreadable($"`{property.Name}` stands twice in the same section.");
                }
                return new Section(entries, 0);
            case JsonValueKind.Array:
                var items = new List<FileNode>();
                foreach (var item in element.EnumerateArray())
                    items.Add(Json(item, depth + 1, ref nodes));
                return new Items(items, 0);
            case JsonValueKind.Null:
                return new Scalar(null, 0);
            case JsonValueKind.String:
                return new Scalar(Short(element.GetString()!, 0), 0);
            default:
                return new Scalar(Short(element.GetRawText(), 0), 0);
        }
    }

    private static string Short(string value, int line) =>
        value.Length <= MaxScalar && !value.Contains('\0', StringComparison.Ordinal)
            ? value
            : throw new Unreadable($"Line {line}: a text has at most {MaxScalar} characters, and none that cannot be stored.");

    private static void Bound(int depth, int nodes, int line)
    {
        if (depth > MaxDepth)
            throw new Unreadable($"Line {line}: settings are nested at most {MaxDepth} deep.");
        if (nodes > MaxNodes)
            throw new Unreadable($"Line {line}: a programme's file has at most {MaxNodes} values.");
    }

    private sealed class Unreadable(string message) : Exception(message);
}

/// <summary>What is wrong, where in the file, and how to say it in a word that never changes.</summary>
/// <param name="Path">As <c>waves[1].unlock.wave</c>; empty for the file as a whole.</param>
/// <param name="Code">Stable, kebab-case.</param>
/// <param name="Detail">What to do about it.</param>
public sealed record FileProblem(string Path, string Code, string Detail);
