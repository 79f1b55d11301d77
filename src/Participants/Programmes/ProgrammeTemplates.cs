using System.Collections.Frozen;

namespace Mentoring.Participants.Programmes;

/// <summary>Real programmes and published ways of running one, as files to start from. They ship with the service and are only data.</summary>
public static class ProgrammeTemplates
{
    private const string Prefix = "templates/";

    private static readonly FrozenDictionary<string, string> s_files = typeof(ProgrammeTemplates).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..], Read);

    public static IReadOnlyList<string> Names { get; } = [.. s_files.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The template's file; null when there is none of this name.</summary>
    public static string? Find(string name) => s_files.GetValueOrDefault(name);

    /// <summary>A file with every setting there is, each explained.</summary>
    public static string EverySetting { get; } = Read("every-setting");

    private static string Read(string resource)
    {
        using var reader = new StreamReader(typeof(ProgrammeTemplates).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
