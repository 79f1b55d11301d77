using Mentoring.ServiceDefaults;

namespace Mentoring.Participants.Programmes;

/// <summary>The templates that ship with the platform.</summary>
public static class ReadTemplates
{
    private static readonly Lazy<Page<TemplateLine>> s_all = new(() => Page.Of<TemplateLine>([.. ProgrammeTemplates.Names.Select(Line)], next: null));

    public static IResult List() => Results.Ok(s_all.Value);

    public static IResult One(string name) => ProgrammeTemplates.Find(name) is { } file ? Results.Text(file, "application/yaml") : Problems.NotFound();

    private static TemplateLine Line(string name)
    {
        var root = FileNode.Parse(ProgrammeTemplates.Find(name)!, json: false).Root!;
        return new TemplateLine(name, Text(root, "name"), Text(root, "purpose"));
    }

    private static string? Text(FileNode.Section root, string key) => (root.Entries.GetValueOrDefault(key) as FileNode.Scalar)?.Value;
}

public sealed record TemplateLine(string Template, string? Name, string? Purpose);
