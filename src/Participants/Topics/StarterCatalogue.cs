using CsvHelper;

namespace Mentoring.Participants.Topics;

/// <summary>
/// The topics every unit starts with: ESCO's digital and transversal skills, and our own for the focuses that ESCO lacks. This service
/// uses the ESCO classification of the European Commission (Catalogue/SOURCES.md).
/// </summary>
public static class StarterCatalogue
{
    private static readonly Lazy<IReadOnlyList<Topic>> Read = new(() => [.. Own(), .. Esco()]);

    /// <summary>Slugs are unique; a broader topic is one of these.</summary>
    public static IReadOnlyList<Topic> Topics => Read.Value;

    private static IEnumerable<Topic> Own()
    {
        var labels = Rows("own-labels.csv").ToDictionary(row => row["slug"], StringComparer.Ordinal);
        return Rows("own.csv").Select(row => Topic.Create(
            row["slug"],
            row["label"],
            Kebab.Parse<Focus>(row["focus"]),
            row["description"],
            NullIfEmpty(row["broader"]),
            Parts(row["alternatives"]),
            labels: labels[row["slug"]].Where(cell => cell.Key != "slug").ToDictionary(cell => cell.Key, cell => cell.Value)));
    }

    private static List<Topic> Esco()
    {
        var focusByGroup = Rows("focus.csv").ToDictionary(row => row["broader"], row => Kebab.Parse<Focus>(row["focus"]), StringComparer.Ordinal);
        var digital = Rows("esco.digitalSkillsCollection_en.csv").Select(row => (Row: row, Focus: Focus.Technology));
        var transversal = Rows("esco.transversalSkillsCollection_en.csv")
            .Select(row => (Row: row, Focus: Parts(row["broaderConceptPT"]).Select(group => focusByGroup[group]).First()));

        // A few skills are in both collections.
        var skills = digital.Concat(transversal).DistinctBy(skill => skill.Row["conceptUri"], StringComparer.Ordinal).ToList();
        var slugByUri = skills.ToDictionary(skill => skill.Row["conceptUri"], skill => Slug.Of(skill.Row["preferredLabel"]), StringComparer.Ordinal);

        return [.. skills.Select(skill => Topic.Create(
            slugByUri[skill.Row["conceptUri"]],
            skill.Row["preferredLabel"],
            skill.Focus,
            NullIfEmpty(skill.Row["description"].Trim()),
            Parts(skill.Row["broaderConceptUri"]).Select(uri => slugByUri.GetValueOrDefault(uri)).FirstOrDefault(slug => slug is not null),
            Parts(skill.Row["altLabels"]),
            skill.Row["conceptUri"]))];
    }

    private static List<IReadOnlyDictionary<string, string>> Rows(string file)
    {
        using var stream = typeof(StarterCatalogue).Assembly.GetManifestResourceStream($"{typeof(StarterCatalogue).Namespace}.Catalogue.{file}")
            ?? throw new InvalidOperationException($"The catalogue lacks {file}.");
        using var csv = CsvReader.Create(stream, new CsvReaderOptions { Separator = ',' });
        var rows = new List<IReadOnlyDictionary<string, string>>();
        while (csv.Read())
            rows.Add(csv.Headers.Index().ToDictionary(column => column.Item, column => csv.GetString(column.Index), StringComparer.Ordinal));
        return rows;
    }

    private static string[] Parts(string cell) => cell.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
