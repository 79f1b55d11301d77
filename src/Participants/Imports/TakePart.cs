using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Mentoring.Participants.Imports;

/// <summary>
/// Takes a part of a file in. Each piece of it commits by itself, so whatever arrived before a connection broke is there, and the sender asks
/// how much that is. The header is judged with the first piece, before anything is kept.
/// </summary>
public static class TakePart
{
    public static async Task<IResult> Handle(
        ImportKind kind,
        IReadOnlyList<Column> columns,
        Guid id,
        long from,
        HttpContext http,
        ParticipantsDb db,
        IOptions<ParticipantsOptions> options,
        CancellationToken ct)
    {
        if (!StartImport.IsCsv(http.Request))
            return StartImport.NoCsv();
        if (await db.ImportUploads.AsNoTracking().SingleOrDefaultAsync(upload => upload.Id == id && upload.Kind == kind, ct) is not { } upload)
            return Problems.NotFound();

        var buffer = new byte[StartImport.ChunkSize];
        var at = from;
        for (var length = await StartImport.Fill(http.Request.Body, buffer, ct); length > 0; length = await StartImport.Fill(http.Request.Body, buffer, ct))
        {
            var piece = buffer[..length];
            if (at == 0 && await StartImport.Judge(kind, columns, piece, db, ct) is { Refusal: { } refusal })
                return refusal;
            if (at + length > options.Value.LargestImport)
                return StartImport.TooLarge(options.Value);
            await using var change = await Atomically.Begin(db, ct);
            // Whoever is not at the end of what is here changes no row, and so does the second of two at once.
            var number = (await db.Database.SqlQuery<int>($"""
                update import_uploads set received = received + {length}, pieces = pieces + 1 where id = {id} and received = {at} returning pieces - 1 as "Value"
                """).ToListAsync(ct)).Cast<int?>().SingleOrDefault();
            if (number is null)
                return await Misplaced(id, db, ct);
            await db.Database.ExecuteSqlAsync(
                $"insert into import_chunks (unit_id, import_id, number, content) values ({db.Unit.UnitId}, {id}, {number}, {piece})", ct);
            await change.Commit(ct);
            at += length;
        }
        return at == from ? Problems.Invalid("body", "must hold bytes of the file") : Results.Ok(new UploadView(id, at, upload.ExpiresAt));
    }

    private static async Task<IResult> Misplaced(Guid id, ParticipantsDb db, CancellationToken ct) =>
        await db.ImportUploads.AsNoTracking().SingleOrDefaultAsync(upload => upload.Id == id, ct) is { } now
            ? Problems.Of(409, "part-misplaced", $"{now.Received} bytes are here. Send the part that begins there, as ?from={now.Received}.")
            : Problems.NotFound();
}
