using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Imports;

/// <param name="Received">Bytes stored; the next part begins there.</param>
/// <param name="ExpiresAt">When what was received is forgotten, unless it is finished before.</param>
public sealed record UploadView(Guid Id, long Received, DateTimeOffset ExpiresAt);

/// <summary>Opens an upload in parts, with the choices of the import that it becomes.</summary>
public static class BeginUpload
{
    public static async Task<IResult> Handle(
        ImportKind kind, bool? dryRun, string? onError, HttpContext http, ParticipantsDb db, Timers timers, TimeProvider clock, CancellationToken ct)
    {
        var choice = OnError.Refuse;
        if (onError is not null && !Kebab.TryParse(onError, out choice))
            return Problems.Invalid("onError", "must be refuse or skip");
        var upload = ImportUpload.Begin(kind, dryRun ?? false, choice, clock.GetUtcNow());
        db.Add(upload);
        timers.Add(ForgetUpload.Name, upload.Id.ToString(), upload.ExpiresAt);
        await db.SaveChangesAsync(ct);
        return Results.Created($"{http.Request.Path}/{upload.Id}", View(upload));
    }

    public static async Task<IResult> Show(ImportKind kind, Guid id, ParticipantsDb db, CancellationToken ct) =>
        await db.ImportUploads.AsNoTracking().SingleOrDefaultAsync(upload => upload.Id == id && upload.Kind == kind, ct) is { } upload
            ? Results.Ok(View(upload))
            : Problems.NotFound();

    internal static UploadView View(ImportUpload upload) => new(upload.Id, upload.Received, upload.ExpiresAt);
}
