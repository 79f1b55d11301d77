using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Imports;

/// <param name="Eta">When reading the file will probably be done; null before it is known and after the end.</param>
/// <param name="Result">Null until the end.</param>
public sealed record ImportView(
    Guid Id, ImportKind Kind, ImportState State, bool DryRun, OnError OnError, long Done, long Total, DateTimeOffset? Eta,
    ImportResult? Result, DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt);

/// <param name="Left">People who have left, as the file tells.</param>
/// <param name="Errors">Bad rows.</param>
/// <param name="Notices">Rows that were taken and are in the report all the same: people without a manager where there are several such.</param>
public sealed record ImportResult(long Added, long Changed, long Unchanged, long Left, long Errors, long Notices = 0);

public static class ShowImport
{
    public static async Task<IResult> Handle(ImportKind kind, Guid id, ParticipantsDb db, TimeProvider clock, CancellationToken ct) =>
        await db.Imports.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id && i.Kind == kind, ct) is { } import
            ? Results.Ok(View(import, clock.GetUtcNow()))
            : Problems.NotFound();

    internal static ImportView View(Import import, DateTimeOffset now) => new(
        import.Id,
        import.Kind,
        import.State,
        import.DryRun,
        import.OnError,
        import.Done,
        import.Total,
        Eta(import, now),
        import.State is ImportState.Succeeded or ImportState.Refused
            ? new ImportResult(import.Added, import.Changed, import.Unchanged, import.Left, import.Errors, import.Notices)
            : null,
        import.CreatedAt,
        import.FinishedAt);

    private static DateTimeOffset? Eta(Import import, DateTimeOffset now) =>
        import is { State: ImportState.Running, StartedAt: { } started, Done: > 0 } && import.Total > import.Done
            ? now + ((now - started) * ((double)(import.Total - import.Done) / import.Done))
            : null;
}
