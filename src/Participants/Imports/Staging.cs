using Npgsql;
using NpgsqlTypes;

namespace Mentoring.Participants.Imports;

/// <summary>
/// Copies a file's rows into a temporary table, and what is wrong with them into <c>row_faults</c>. A connection carries one COPY at a time,
/// so the two take turns: only some thousand faults are held at once and every cell is cut, so that a file of nothing but faults takes no more
/// memory than a good one.
/// </summary>
/// <param name="connection">In the import's transaction.</param>
/// <param name="copy">The COPY statement of the rows, binary.</param>
internal sealed class Staging(NpgsqlConnection connection, string copy) : IAsyncDisposable
{
    public const int LongestCell = 300;

    private const int MostFaultsHeld = 5_000;

    /// <summary>In characters; enough to find the cell by.</summary>
    private const int LongestValue = 200;

    private readonly List<(int Row, string Field, string Code, string? Value)> _faults = [];
    private NpgsqlBinaryImporter? _rows;
    private ImportRow? _row;

    /// <summary>Something is wrong with the row at hand.</summary>
    public bool IsBad { get; private set; }

    /// <summary>The next row is this one.</summary>
    public async ValueTask Turn(ImportRow row, CancellationToken ct)
    {
        if (_faults.Count >= MostFaultsHeld)
            await WriteFaults(ct);
        (_row, IsBad) = (row, false);
        if (row.IsRagged)
            Fault("", RowFaults.Ragged, null);
    }

    public void Fault(string column, string code, string? value)
    {
        IsBad = true;
        _faults.Add((_row!.Number, column, code, value is null ? null : Cut(value, LongestValue)));
    }

    /// <summary>
    /// The cell, or null where it is empty. One that is too long is a fault and comes back cut to one character more than fits: short enough
    /// for an index, and never the same as a cell that does fit.
    /// </summary>
    public string? Text(string column, bool required = false, int longest = LongestCell)
    {
        var text = _row![column];
        if (text is null)
        {
            if (required)
                Fault(column, RowFaults.Missing, null);
            return null;
        }
        // PostgreSQL has no such character.
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            text = text.Replace("\0", "", StringComparison.Ordinal);
            Fault(column, RowFaults.NotText, text);
        }
        if (text.Length > longest)
        {
            Fault(column, RowFaults.TooLong, text);
            text = Cut(text, longest + 1);
        }
        return text.Length == 0 ? null : text;
    }

    /// <summary>
    /// Begins a row of the table; its cells are written in the statement's order, and not awaited one by one: they go into a buffer, and six
    /// million calls of an import would wait for nothing.
    /// </summary>
    public async ValueTask<NpgsqlBinaryImporter> Start(CancellationToken ct)
    {
        _rows ??= await connection.BeginBinaryImportAsync(copy, ct);
        await _rows.StartRowAsync(ct);
        return _rows;
    }

    /// <summary>All is written.</summary>
    public async Task Complete(CancellationToken ct)
    {
        await WriteFaults(ct);
        await EndRows(ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_rows is not null)
            await _rows.DisposeAsync();
    }

    private async Task WriteFaults(CancellationToken ct)
    {
        await EndRows(ct);
        if (_faults.Count == 0)
            return;
        await using var writer = await connection.BeginBinaryImportAsync("copy row_faults (row, field, code, value) from stdin (format binary)", ct);
        foreach (var (row, field, code, value) in _faults)
        {
            await writer.StartRowAsync(ct);
            writer.Write(row, NpgsqlDbType.Integer);
            writer.Text(field);
            writer.Text(code);
            writer.Text(value);
        }
        await writer.CompleteAsync(ct);
        _faults.Clear();
    }

    private async Task EndRows(CancellationToken ct)
    {
        if (_rows is null)
            return;
        await _rows.CompleteAsync(ct);
        await _rows.DisposeAsync();
        _rows = null;
    }

    /// <summary>Never between the two halves of a character.</summary>
    private static string Cut(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}

internal static class Writing
{
    public static void Text(this NpgsqlBinaryImporter writer, string? text)
    {
        if (text is null)
            writer.WriteNull();
        else
            writer.Write(text, NpgsqlDbType.Text);
    }
}
