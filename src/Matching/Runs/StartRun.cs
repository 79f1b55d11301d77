using Mentoring.Contracts.Audit;
using Mentoring.Contracts.Participants;
using Mentoring.Matching.Pool;
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
    private const int MostCouples = 1_000;

    /// <param name="Programme">The programme's slug.</param>
    /// <param name="Wave">Whose turn it is.</param>
    /// <param name="Locks">Pairs to be made in any case; they must break no rule.</param>
    /// <param name="Bans">Pairs not to be made in this run.</param>
    public sealed record StartRunRequest(string Programme, string Wave, IReadOnlyList<Couple>? Locks = null, IReadOnlyList<Couple>? Bans = null);

    public static async Task<IResult> Handle(
        StartRunRequest request, Caller caller, MatchingDb db, Outbox outbox, Timers timers, TimeProvider clock, CancellationToken ct)
    {
        if (Validate(request) is { Count: > 0 } errors) return Problems.Invalid(errors);
        var programme = await db.Programmes.AsNoTracking().SingleOrDefaultAsync(p => p.Slug == request.Programme, ct);
        if (programme is null) return Problems.NotFound();
        if (!caller.Is(Roles.ProgrammeManager, programme.Id)) return Problems.RoleMissing();

        var policy = Policy.Of(programme.Settings, request.Wave);
        var (locks, bans) = (request.Locks ?? [], request.Bans ?? []);
        var now = clock.GetUtcNow();
        if (await Refuse(programme, policy, locks, bans, db, now, ct) is { } refusal) return refusal;

        var run = new MatchingRun
        {
            Id = Guid.CreateVersion7(),
            ProgrammeId = programme.Id,
            Wave = request.Wave,
            StartedById = caller.PersonId,
            StartedAt = now,
            Policy = policy,
            Locks = locks,
            Bans = bans,
        };
        db.Runs.Add(run);
        await timers.Set(SolveRun.Name, run.Id.ToString(), now, ct: ct);
        outbox.Publish(new ActionAudited(Guid.CreateVersion7(), caller.PersonId, "matching-run-started", run.Id, now));
        await db.SaveChangesAsync(ct);
        return Results.Accepted($"/api/v1/units/{caller.Unit}/matching-runs/{run.Id}", RunReads.MatchingRunView.Of(run, programme.Slug, now));
    }

    private static async Task<IResult?> Refuse(
        KnownProgramme programme, Policy policy, IReadOnlyList<Couple> locks, IReadOnlyList<Couple> bans, MatchingDb db, DateTimeOffset now, CancellationToken ct)
    {
        if (programme.Closed)
            return Refusal("programme-closed", "This programme has ended; nobody is matched in it any more.");
        if (programme.Settings.Waves.FirstOrDefault(known => known.Name == policy.Wave) is not { } wave)
            return Refusal("wave-unknown", $"The programme has no wave “{policy.Wave}”. It has: {Criteria.List([.. programme.Settings.Waves.Select(known => known.Name)])}.");
        if (!wave.Unlocked)
            return Refusal("wave-locked", WhenItOpens(wave));
        if (policy.Unknown() is { Count: > 0 } unknown)
            return Refusal("policy-unknown", $"The programme names rules or criteria that do not exist here: {Criteria.List(unknown)}. Correct its file.");
        if (locks.Count == 0) return null;
        var pool = await PoolReader.Read(db, programme, DateOnly.FromDateTime(now.UtcDateTime), ct);
        return new PairRules(policy, pool, bans).CheckLocks(locks) is { } broken
            ? Problems.Of(StatusCodes.Status422UnprocessableEntity, "lock-forbidden",
                $"A locked pair is not allowed by the rule “{broken.Rule}”: {broken.Words}",
                new Dictionary<string, string[]> { ["locks"] = [broken.Rule] })
            : null;

        static IResult Refusal(string code, string detail) => Problems.Of(StatusCodes.Status422UnprocessableEntity, code, detail);
    }

    private static string WhenItOpens(Wave wave)
    {
        var condition = wave switch
        {
            { UnlockWave: { } other, HeldAtLeast: { } times } => $"every pair of wave “{other}” has met {(times == 1 ? "once" : $"{times} times")}",
            { UnlockWave: { } other, ReviewGreen: true } => $"the review of wave “{other}” is green",
            { UnlockWave: { } other } => $"the pairs of wave “{other}” have met",
            { ReviewGreen: true } => "the programme's review is green",
            { Date: { } date } => $"{date:yyyy-MM-dd} has come",
            _ => "its condition in the programme's file is met",
        };
        return $"Wave “{wave.Name}” is still locked: it opens when {condition}.";
    }

    private static Dictionary<string, string[]> Validate(StartRunRequest request)
    {
        var errors = new Dictionary<string, string[]>();
        if (string.IsNullOrWhiteSpace(request.Programme)) errors["programme"] = ["is required"];
        if (string.IsNullOrWhiteSpace(request.Wave)) errors["wave"] = ["is required"];
        if (request.Locks?.Count > MostCouples) errors["locks"] = [$"has more than {MostCouples} pairs"];
        if (request.Bans?.Count > MostCouples) errors["bans"] = [$"has more than {MostCouples} pairs"];
        if (request.Locks is { } locks && request.Bans is { } bans && locks.Intersect(bans).Any())
            errors["bans"] = ["names a pair that is locked as well"];
        return errors;
    }
}
