using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Imports;

/// <summary>
/// All parts are there: from now on it is an import like one that came at once. Whoever finishes says how long the file is, because one that
/// ends early looks like a good one. Asked again after it was done, the answer is the same.
/// </summary>
public static class FinishUpload
{
    public static async Task<IResult> Handle(
        ImportKind kind,
        IReadOnlyList<Column> columns,
        Guid id,
        long length,
        HttpContext http,
        Caller caller,
        ParticipantsDb db,
        Timers timers,
        ImportSignal signal,
        TimeProvider clock,
        CancellationToken ct)
    {
        var imports = http.Request.Path.Value![..http.Request.Path.Value!.IndexOf("/uploads/", StringComparison.Ordinal)];
        await using var change = await Atomically.Begin(db, ct);
        // No part may come between counting and queueing.
        var locked = await db.ImportUploads.FromSql($"select * from import_uploads where id = {id} for update").AsNoTracking().ToListAsync(ct);
        if (locked is not [var upload] || upload.Kind != kind)
        {
            return await db.Imports.AnyAsync(import => import.Id == id && import.Kind == kind, ct)
                ? Results.Accepted($"{imports}/{id}", new StartImport.ImportStarted(id, ImportState.Queued))
                : Problems.NotFound();
        }
        if (upload.Received != length)
            return Problems.Of(409, "upload-incomplete", $"{upload.Received} bytes are here, and the file is said to have {length}. Send the rest, from byte {upload.Received}.");

        var encoding = new UploadEncoding();
        var rows = new RowCount();
        Header? header = null;
        for (var number = 0; number < upload.Pieces; number++)
        {
            var piece = await db.Set<ImportChunk>().AsNoTracking().Where(chunk => chunk.ImportId == id && chunk.Number == number).Select(chunk => chunk.Content).SingleAsync(ct);
            encoding.See(piece);
            rows.See(piece);
            if (number > 0)
                continue;
            // Again: the unit's mapping may be another by now.
            var judged = await StartImport.Judge(kind, columns, piece, db, ct);
            if (judged.Refusal is { } refusal)
                return refusal;
            header = judged.Header;
        }
        if (header is null)
            return StartImport.NoHeader();

        db.Imports.Add(Import.Queue(
            id, kind, upload.DryRun, upload.OnError, encoding.Current.WebName, header.Separator, header.Columns, rows.Data, caller.PersonId, clock.GetUtcNow()));
        db.Add(new WaitingImport { ImportId = id, UnitId = db.Unit.UnitId, QueuedAt = clock.GetUtcNow() });
        await db.ImportUploads.Where(done => done.Id == id).ExecuteDeleteAsync(ct);
        await timers.Clear(ForgetUpload.Name, id.ToString(), ct);
        await db.SaveChangesAsync(ct);
        await change.Commit(ct);
        signal.Wake();
        return Results.Accepted($"{imports}/{id}", new StartImport.ImportStarted(id, ImportState.Queued));
    }
}
