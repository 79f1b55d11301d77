using System.Runtime.CompilerServices;
using System.Text;
using CsvHelper;

namespace Mentoring.Participants.Imports;

/// <summary>A file that cannot be read to its end, such as one with a quote that never closes. Nothing of it can be taken.</summary>
public sealed class UnreadableFileException(long row) : Exception($"Unreadable from line {row} on.")
{
    public long Row { get; } = row;
}

/// <summary>One row: the cells by our column names. Valid until the next is read.</summary>
public sealed class ImportRow
{
    private readonly Dictionary<string, int> _columns;
    private readonly CsvReader _reader;
    private readonly int _width;

    internal ImportRow(IReadOnlyList<string> columns, CsvReader reader) => (_reader, _width, _columns) =
        (reader, columns.Count, columns.Select((name, index) => (name, index)).Where(column => column.name.Length > 0).ToDictionary(column => column.name, column => column.index, StringComparer.Ordinal));

    /// <summary>Line in the file where the row starts; the header is line 1.</summary>
    public int Number => (int)_reader.LineNumber;

    /// <summary>Has more or fewer cells than the header.</summary>
    public bool IsRagged => _reader.FieldCount != _width;

    /// <summary>The cell without blanks around it; null when empty or when the file lacks the column.</summary>
    public string? this[string column]
    {
        get
        {
            if (!_columns.TryGetValue(column, out var index) || index >= _reader.FieldCount)
                return null;
            var cell = _reader.GetString(index).Trim();
            return cell.Length == 0 ? null : cell;
        }
    }
}

/// <summary>Reads a stored file row by row.</summary>
public static class ImportRows
{
    /// <summary>In bytes. More is no row but a quote that never closes.</summary>
    private const int LongestRow = 256 * 1024;

    public static async IAsyncEnumerable<ImportRow> Read(
        Stream file, Encoding encoding, char separator, IReadOnlyList<string> columns, [EnumeratorCancellation] CancellationToken ct)
    {
        var open = false;
        await using var reader = CsvReader.Create(
            file,
            new CsvReaderOptions
            {
                Separator = separator,
                Encoding = encoding,
                MaxRecordSize = LongestRow,
                TrackLineNumbers = true,
                PoolStrings = true,
                // A quote inside a cell (a 5" pipe) is text; one that never closes has swallowed rows.
                OnMalformedRecord = record => open |= record.Reason == CsvMalformedReason.UnterminatedQuote,
            },
            leaveOpen: true);
        await reader.ReadHeaderAsync(ct);
        // The header is the line below.
        if (Header.IsSeparatorLine(reader.Headers[0]))
            await Next();
        var row = new ImportRow(columns, reader);
        while (await Next())
            yield return row;

        async Task<bool> Next()
        {
            try
            {
                var read = await reader.ReadAsync(ct);
                return open ? throw new UnreadableFileException(reader.LineNumber) : read;
            }
            catch (CsvFormatException e)
            {
                throw new UnreadableFileException(e.LineNumber > 0 ? e.LineNumber : reader.LineNumber);
            }
        }
    }
}
