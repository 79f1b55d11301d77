using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Runs;

/// <summary>Stops a run that is still being computed.</summary>
internal static class CancelRun
{
    public static async Task<IResult> Handle(Guid id, Caller caller, MatchingDb db, TimeProvider clock, CancellationToken ct)
    {
        var run = await db.Runs.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct);
        if (run is null) return Problems.NotFound();
        if (!caller.Is(Roles.ProgrammeManager, run.ProgrammeId)) return Problems.RoleMissing();

        var now = clock.GetUtcNow();
        // Whoever computes it stores its result under the same condition: one of the two finds nothing to change.
        var cancelled = await db.Runs.Where(r => r.Id == id && (r.State == RunState.Queued || r.State == RunState.Running))
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.State, RunState.Cancelled).SetProperty(r => r.FinishedAt, now), ct);
        return cancelled == 1
            ? Results.NoContent()
            : Problems.Of(StatusCodes.Status409Conflict, "run-not-running", "This run is no longer being computed.");
    }
}
