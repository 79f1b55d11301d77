using System.Text;
using CsvHelper;

namespace Mentoring.Participants.Imports;

/// <summary>A column that an import knows. Upper and lower case, blanks, hyphens and underscores make no difference.</summary>
/// <param name="Name">As documented and as it stands in error reports.</param>
/// <param name="Required">A file without it is refused.</param>
/// <param name="Form">What a cell looks like, where the name does not tell.</param>
public sealed record Column(string Name, bool Required = false, string? Form = null)
{
    /// <summary>As the API's description lists it.</summary>
    public string InWords => $"`{Name}`{(Required ? " (required)" : "")}{(Form is null ? "" : $": {Form}")}";
}

/// <summary>Why a file's header is refused.</summary>
/// <param name="Code"><c>protected-column</c>, <c>unknown-column</c> or <c>missing-column</c>.</param>
/// <param name="Columns">Messages by column, named as in the file.</param>
public sealed record HeaderRefusal(string Code, IDictionary<string, string[]> Columns);

/// <summary>The first line of a file.</summary>
/// <param name="Separator">Found, not asked for: exports differ.</param>
/// <param name="Columns">Our names, in the file's order; empty for a column that the unit leaves out.</param>
public sealed record Header(char Separator, IReadOnlyList<string> Columns)
{
    private static readonly char[] Separators = [',', ';', '\t', '|'];

    /// <summary>Spreadsheets begin a file with <c>sep=;</c> to tell one another the separator; the header is the line after it.</summary>
    public static bool IsSeparatorLine(string line) =>
        line.Trim('"', ' ') is { Length: <= 5 } start && start.StartsWith("sep=", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Reads a header. An unknown column is refused rather than dropped: a misspelt manager column that is silently ignored would leave
    /// everybody without a reporting line. A protected one is refused whatever else is wrong, so that its data is not kept a moment longer.
    /// </summary>
    /// <param name="line">The header as it stands in the file.</param>
    /// <param name="known">Ours.</param>
    /// <param name="mapped">What the unit's files call them; goes before our own names.</param>
    public static (Header? Header, HeaderRefusal? Refusal) Read(string line, IReadOnlyList<Column> known, IReadOnlyList<MappedColumn> mapped)
    {
        // A line without any of them is one column.
        var separator = Separators.MaxBy(candidate => Split(line, candidate).Count);
        var names = Split(line, separator).Select(name => name.Trim()).ToArray();

        var forbidden = names.Where(ProtectedColumns.Contains).Distinct(StringComparer.Ordinal).ToArray();
        if (forbidden.Length > 0)
            return (null, Protected(forbidden));

        var byKey = known.ToDictionary(column => Key(column.Name), column => column.Name, StringComparer.Ordinal);
        foreach (var (source, column) in mapped)
            byKey[Key(source)] = column ?? "";
        var unknown = names.Where(name => !byKey.ContainsKey(Key(name))).Distinct(StringComparer.Ordinal).ToArray();
        if (unknown.Length > 0)
        {
            return (null, new("unknown-column", unknown.ToDictionary(
                name => name.Length == 0 ? "(empty)" : name,
                string[] (_) => [$"is not one of {string.Join(", ", known.Select(column => column.Name))}"],
                StringComparer.Ordinal)));
        }

        var columns = names.Select(name => byKey[Key(name)]).ToArray();
        var missing = known.Where(column => column.Required && !columns.Contains(column.Name)).ToArray();
        if (missing.Length > 0)
            return (null, new("missing-column", missing.ToDictionary(column => column.Name, string[] (_) => ["is required"], StringComparer.Ordinal)));
        var twice = columns.Where(name => name.Length > 0).GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return twice is null
            ? (new(separator, columns), null)
            : (null, new("unknown-column", new Dictionary<string, string[]> { [twice.Key] = ["stands in the header twice"] }));
    }

    /// <summary>Whoever names them is told to remove them and never to rename them.</summary>
    public static HeaderRefusal Protected(IEnumerable<string> columns) => new("protected-column", columns.ToDictionary(
        name => name,
        string[] (_) => ["is personal data that this platform neither stores nor matches on; remove the column"],
        StringComparer.Ordinal));

    private static IReadOnlyList<string> Split(string line, char separator)
    {
        using var reader = CsvReader.FromText(line, new CsvReaderOptions { Separator = separator });
        reader.ReadHeader();
        return reader.Headers;
    }

    /// <summary>As names of columns are compared.</summary>
    public static string Key(string name)
    {
        var key = new StringBuilder(name.Length);
        foreach (var letter in name.Where(letter => letter is not ('_' or '-') && !char.IsWhiteSpace(letter)))
            key.Append(char.ToLowerInvariant(letter));
        return key.ToString();
    }
}
