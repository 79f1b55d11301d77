using Mentoring.Contracts.Audit;
using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Runs;

/// <summary>
/// Starts the search for a wave's best pairs. Any number of times: whoever is in a pair or has an open proposal stays there, and the two
/// of a proposal that did not proceed are kept apart.
/// </summary>
internal static class StartRun
{
    public static async Task<IResult> Handle(
        RunRequest request, Caller caller, MatchingDb db, Outbox outbox, Timers timers, TimeProvider clock, CancellationToken ct)
    {
        if (request.Faults() is { Count: > 0 } errors) return Problems.Invalid(errors);
        var programme = await db.Programmes.AsNoTracking().SingleOrDefaultAsync(p => p.Slug == request.Programme, ct);
        if (programme is null) return Problems.NotFound();
        if (!caller.Is(Roles.ProgrammeManager, programme.Id)) return Problems.RoleMissing();

        var now = clock.GetUtcNow();
        if (await request.Obstacles(programme, db, now, ct) is [{ } first, ..])
        {
            return Problems.Of(StatusCodes.Status422UnprocessableEntity, first.Code, first.Words,
                first.Rule is null ? null : new Dictionary<string, string[]> { [first.Field] = [first.Rule] });
        }

        var run = new MatchingRun
        {
            Id = Guid.CreateVersion7(),
            ProgrammeId = programme.Id,
            Wave = request.Wave,
            StartedById = caller.PersonId,
            StartedAt = now,
            Policy = request.PolicyOf(programme.Settings),
            Locks = request.Locks ?? [],
            Bans = request.Bans ?? [],
            BasisId = request.Basis,
            Changes = request.Changes,
            WhatIf = request.Policy is not null,
        };
        db.Runs.Add(run);
        await timers.Set(SolveRun.Name, run.Id.ToString(), now, ct: ct);
        outbox.Publish(new ActionAudited(Guid.CreateVersion7(), caller.PersonId, "matching-run-started", run.Id, now));
        await db.SaveChangesAsync(ct);
        return Results.Accepted($"/api/v1/units/{caller.Unit}/matching-runs/{run.Id}", RunReads.MatchingRunView.Of(run, programme.Slug, now));
    }
}
