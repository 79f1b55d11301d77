using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Imports;

/// <summary>An upload that nobody finished is people's data that nobody uses: it goes when its time is up, or when somebody gives it up.</summary>
public sealed class ForgetUpload(ParticipantsDb db) : ITimer
{
    public static string Name => "forget-upload";

    public async Task Fire(TimerFired timer, CancellationToken ct) => await Forget(db, Guid.Parse(timer.Key), ct);

    public static async Task<IResult> Cancel(ImportKind kind, Guid id, ParticipantsDb db, Timers timers, CancellationToken ct)
    {
        await using var change = await Atomically.Begin(db, ct);
        if (!await db.ImportUploads.AnyAsync(upload => upload.Id == id && upload.Kind == kind, ct))
            return Problems.NotFound();
        await Forget(db, id, ct);
        await timers.Clear(Name, id.ToString(), ct);
        await db.SaveChangesAsync(ct);
        await change.Commit(ct);
        return Results.NoContent();
    }

    /// <summary>The row first: it decides against somebody who finishes at this moment, whose pieces are then the import's.</summary>
    private static async Task Forget(ParticipantsDb db, Guid id, CancellationToken ct)
    {
        if (await db.ImportUploads.Where(upload => upload.Id == id).ExecuteDeleteAsync(ct) > 0)
            await db.Set<ImportChunk>().Where(chunk => chunk.ImportId == id).ExecuteDeleteAsync(ct);
    }
}
