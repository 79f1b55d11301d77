using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Imports;

/// <summary>Asks for an import to stop. It stops within a second and has then changed nothing.</summary>
public static class CancelImport
{
    public static async Task<IResult> Handle(ImportKind kind, Guid id, ParticipantsDb db, TimeProvider clock, CancellationToken ct)
    {
        var asked = await db.Imports
            .Where(i => i.Id == id && i.Kind == kind && (i.State == ImportState.Queued || i.State == ImportState.Running))
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.CancelRequested, true), ct);
        if (await db.Imports.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id && i.Kind == kind, ct) is not { } import)
            return Problems.NotFound();
        return asked == 1 || import.State == ImportState.Cancelled
            ? Results.Ok(ShowImport.View(import, clock.GetUtcNow()))
            : Problems.Of(409, "import-finished", "This import has finished already.");
    }
}
