using System.Globalization;
using System.Text.RegularExpressions;
using CsvHelper;
using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Imports;

/// <summary>The bad rows as a file that a spreadsheet opens without running anything in it.</summary>
public static partial class ReportImportErrors
{
    public static async Task<IResult> Handle(ImportKind kind, Guid id, HttpContext http, ParticipantsDb db, CancellationToken ct)
    {
        if (await db.Imports.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id && i.Kind == kind, ct) is not { } import)
            return Problems.NotFound();
        if (import.Errors + import.Notices > 0 && !await db.ImportErrors.AnyAsync(e => e.ImportId == id, ct))
            return Problems.Of(410, "report-gone", "The report held people's data and is kept for a while only. Import the file again, or as a dry run, to have it anew.");
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"import-errors-{id:N}.csv\"";
        await using var csv = CsvWriter.Create(
            http.Response.Body, new CsvWriterOptions { Injection = CsvInjection.Escape, WriteByteOrderMark = true }, leaveOpen: true);
        await csv.WriteRecordAsync(["row", "column", "code", "value", "explanation"], ct);
        await foreach (var error in db.ImportErrors.AsNoTracking().Where(e => e.ImportId == id).OrderBy(e => e.Number).AsAsyncEnumerable().WithCancellation(ct))
        {
            await csv.WriteRecordAsync(
                [error.Row.ToString(CultureInfo.InvariantCulture), Harmless(error.Field), error.Code, Harmless(error.Value ?? ""), RowFaults.Explain(error.Code)], ct);
        }
        await csv.FlushAsync(ct);
        return Results.Empty;
    }

    /// <summary>
    /// The writer looks at a cell's first character. A spreadsheet that splits at something else than a comma, as those do that write decimals with
    /// one, begins more cells within it.
    /// </summary>
    private static string Harmless(string cell) => FormulaStart().Replace(cell, "'");

    [GeneratedRegex("""(?<=(?:^|[;,|\t\r\n])[\s"]*)(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])""")]
    private static partial Regex FormulaStart();
}
