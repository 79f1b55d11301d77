using System.Text;
using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Mentoring.Participants.Imports;

/// <summary>
/// Takes a file in. Its header is judged before anything is kept; then it is stored piece by piece, never whole in memory, and
/// answered with 202 once that is committed: from then on it is carried out whatever is killed.
/// </summary>
public static class StartImport
{
    /// <summary>Of a stored piece, in bytes.</summary>
    internal const int ChunkSize = 512 * 1024;

    private const int LongestHeader = 64 * 1024;

    public static async Task<IResult> Handle(
        ImportKind kind,
        IReadOnlyList<Column> columns,
        bool? dryRun,
        string? onError,
        HttpContext http,
        Caller caller,
        ParticipantsDb db,
        ImportSignal signal,
        IOptions<ParticipantsOptions> options,
        TimeProvider clock,
        CancellationToken ct)
    {
        if (!IsCsv(http.Request))
            return NoCsv();
        var choice = OnError.Refuse;
        if (onError is not null && !Kebab.TryParse(onError, out choice))
            return Problems.Invalid("onError", "must be refuse or skip");

        var buffer = new byte[ChunkSize];
        var encoding = new UploadEncoding();
        var rows = new RowCount();
        var length = await Fill(http.Request.Body, buffer, ct);
        encoding.See(buffer.AsSpan(0, length));
        var (header, refusal) = await Judge(kind, columns, buffer.AsMemory(0, length), db, ct);
        if (refusal is not null)
            return refusal;

        var id = Guid.CreateVersion7(clock.GetUtcNow());
        await using var change = await Atomically.Begin(db, ct);
        long stored = 0;
        for (var number = 0; length > 0; number++)
        {
            stored += length;
            if (stored > options.Value.LargestImport)
                return TooLarge(options.Value);
            var piece = buffer[..length];
            rows.See(piece);
            // The next piece is read while this one is stored.
            var storing = db.Database.ExecuteSqlAsync(
                $"insert into import_chunks (unit_id, import_id, number, content) values ({db.Unit.UnitId}, {id}, {number}, {piece})", ct);
            var next = Fill(http.Request.Body, buffer, ct);
            await Task.WhenAll(storing, next);
            length = await next;
            encoding.See(buffer.AsSpan(0, length));
        }
        db.Imports.Add(Import.Queue(
            id, kind, dryRun ?? false, choice, encoding.Current.WebName, header!.Separator, header.Columns, rows.Data, caller.PersonId, clock.GetUtcNow()));
        db.Add(new WaitingImport { ImportId = id, UnitId = db.Unit.UnitId, QueuedAt = clock.GetUtcNow() });
        await db.SaveChangesAsync(ct);
        await change.Commit(ct);
        signal.Wake();
        return Results.Accepted($"{http.Request.Path}/{id}", new ImportStarted(id, ImportState.Queued));
    }

    public sealed record ImportStarted(Guid Id, ImportState State);

    internal static bool IsCsv(HttpRequest request) => MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType == "text/csv";

    internal static IResult NoCsv() => Problems.Of(415, "unsupported-media-type", "Send the file as text/csv.");

    internal static IResult NoHeader() => Problems.Invalid("body", "must be a CSV file with a header in its first line");

    internal static IResult TooLarge(ParticipantsOptions options) =>
        Problems.Of(413, "too-large", $"The file is larger than {options.LargestImport} bytes. Split it.");

    /// <summary>The header of the file that starts so, or why it is refused.</summary>
    internal static async Task<(Header? Header, IResult? Refusal)> Judge(
        ImportKind kind, IReadOnlyList<Column> columns, ReadOnlyMemory<byte> start, ParticipantsDb db, CancellationToken ct)
    {
        var encoding = new UploadEncoding();
        encoding.See(start.Span);
        if (HeaderOf(start.Span, encoding.Current) is not { } line)
            return (null, NoHeader());
        var mapped = await db.HeaderMappings.AsNoTracking().Where(mapping => mapping.Kind == kind).Select(mapping => mapping.Columns).SingleOrDefaultAsync(ct);
        var (header, refusal) = Header.Read(line, columns, mapped ?? []);
        return (header, refusal is null ? null : Refused(refusal));
    }

    internal static IResult Refused(HeaderRefusal refusal) => Problems.Of(
        StatusCodes.Status422UnprocessableEntity,
        refusal.Code,
        refusal.Code switch
        {
            "protected-column" => "The file carries personal data that is never stored or matched on here. Nothing was kept. Remove the named columns and send it again.",
            "missing-column" => "The file lacks columns that are needed. Nothing was kept.",
            _ => "The file has columns that are not known here. Nothing was kept. Remove them, or say in the unit's header mapping which of ours they are, and send it again.",
        },
        refusal.Columns);

    internal static async Task<int> Fill(Stream body, byte[] buffer, CancellationToken ct) => await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);

    private static string? HeaderOf(ReadOnlySpan<byte> start, Encoding encoding)
    {
        var text = encoding.GetString(start[..Math.Min(start.Length, LongestHeader)]).TrimStart('\uFEFF').AsSpan();
        var line = Line(text);
        if (Header.IsSeparatorLine(line.ToString()))
            line = Line(text[line.Length..].TrimStart("\r\n"));
        return line.IsWhiteSpace() ? null : line.ToString();
    }

    /// <summary>To the first end of a line outside quotes: spreadsheets break long names of columns.</summary>
    private static ReadOnlySpan<char> Line(ReadOnlySpan<char> text)
    {
        var quoted = false;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '"')
                quoted = !quoted;
            else if (!quoted && text[at] is '\r' or '\n')
                return text[..at];
        }
        return text;
    }
}
