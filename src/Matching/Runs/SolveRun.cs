using System.Data.Common;
using Mentoring.Assignment;
using Mentoring.Matching.Pool;
using Mentoring.Messaging;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using ITimer = Mentoring.Messaging.ITimer;

namespace Mentoring.Matching.Runs;

/// <summary>
/// Computes a run. The timer that is due at once is its queue: taken with <c>for update skip locked</c> by whichever replica comes first, and
/// deleted in the transaction that stores the result, so a run whose replica was killed is computed again from the start.
/// </summary>
internal sealed class SolveRun(MatchingDb db, UnitContext unit, IServiceScopeFactory scopes, TimeProvider clock, ILogger<SolveRun> log) : ITimer
{
    // Steps, of which there are two for each mentee.
    private const long Large = 20_000;

    private static readonly TimeSpan s_beat = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<string, double> _seconds = [];
    private RunPhase _phase = RunPhase.Pool;
    private long _done;
    private long _total;

    public static string Name => "solve-run";

    public async Task Fire(TimerFired timer, CancellationToken ct)
    {
        var id = Guid.Parse(timer.Key);
        var run = await db.Runs.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct);
        if (run is null || !await Report(id, ct)) return;
        try
        {
            await Solve(run, ct);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Somebody has cancelled the run; it says so itself, and there is nothing to store.
        }
        catch (Exception e) when (e is not OperationCanceledException && e.GetBaseException() is not (DbException or IOException or TimeoutException))
        {
            // The same pool would fail the same way again; what the database refuses takes its transaction along, and is tried again.
            log.LogError(e, "Run {Run} failed", id);
            await Fail(id, "The platform could not compute this run. Nothing was proposed; tell whoever runs the platform, who finds the cause in its log.", ct);
        }
        // A large pool is hundreds of megabytes that nobody needs any more; left to itself it would still be there beside the next one.
        if (_total >= Large)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
    }

    private async Task Solve(MatchingRun run, CancellationToken ct)
    {
        var started = clock.GetTimestamp();
        var programme = await db.Programmes.AsNoTracking().SingleAsync(p => p.Id == run.ProgrammeId, ct);
        var pool = await PoolReader.Read(db, programme, DateOnly.FromDateTime(run.StartedAt.UtcDateTime), ct);
        if (run.BasisId is { } basis)
        {
            var pairs = await db.RunPairs.AsNoTracking().Where(pair => pair.RunId == basis).OrderBy(pair => pair.Rank)
                .Select(pair => new { pair.MentorId, pair.MenteeId }).ToListAsync(ct);
            pool = pool with { Incumbents = [.. pairs.Select(pair => new Couple(pair.MentorId, pair.MenteeId))] };
        }
        End(RunPhase.Pool, started);

        var rules = new PairRules(run.Policy, pool, run.Bans);
        if (rules.CheckLocks(run.Locks) is { } broken)
        {
            await Fail(run.Id, $"A locked pair is not allowed any more by the rule “{broken.Rule}”: {broken.Words}", ct);
            return;
        }
        // Each mentee is compared once and placed once.
        _total = 2L * pool.Mentees.Count;
        var matcher = await Compute(run.Id, RunPhase.Candidates, cancel =>
            Matcher.Prepare(rules, pool, run.Locks, compared => Interlocked.Add(ref _done, compared), cancellationToken: cancel), ct);
        // Beside what follows, which does not keep every processor busy as comparing does.
        var packing = Task.Run(() => PackedJson.Pack(pool), ct);
        await Compute(run.Id, RunPhase.Solving, cancel =>
        {
            matcher.Solve(run.Changes, new Placed(this, pool.Mentees.Count), cancel);
            return true;
        }, ct);
        var certificate = await Compute(run.Id, RunPhase.Explaining, _ => matcher.Prove(), ct);
        if (!certificate.Holds)
        {
            await Fail(run.Id, $"The proof that these pairs are the best did not hold: {certificate.Failure}. Nothing was proposed; tell whoever runs the platform.", ct);
            return;
        }
        var seconds = Math.Round(clock.GetElapsedTime(started).TotalSeconds, 3);
        await new StoreRun(db, clock).Store(run, pool, packing, matcher, certificate, seconds, _seconds, ct);
    }

    /// <summary>Computes beside the beat that tells how far it is and hears whether it is still wanted.</summary>
    private async Task<T> Compute<T>(Guid id, RunPhase phase, Func<CancellationToken, T> compute, CancellationToken ct)
    {
        _phase = phase;
        var started = clock.GetTimestamp();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var computing = Task.Run(() => compute(cancel.Token), CancellationToken.None);
        using var beat = new PeriodicTimer(s_beat);
        try
        {
            while (await Task.WhenAny(computing, beat.WaitForNextTickAsync(CancellationToken.None).AsTask()) != computing)
            {
                if (!await Report(id, ct)) await cancel.CancelAsync();
            }
        }
        catch
        {
            // The run begins again once the database is back, and not beside this.
            await cancel.CancelAsync();
            await ((Task)computing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
        var computed = await computing;
        if (!await Report(id, ct)) throw new OperationCanceledException("The run was cancelled.");
        End(phase, started);
        return computed;
    }

    private void End(RunPhase phase, long started) =>
        _seconds[phase.ToString().ToLowerInvariant()] = Math.Round(clock.GetElapsedTime(started).TotalSeconds, 3);

    private Task<int> Fail(Guid id, string words, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.Runs.Where(r => r.Id == id && r.State == RunState.Running).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.State, RunState.Failed).SetProperty(r => r.Phase, (RunPhase?)null)
                .SetProperty(r => r.Failure, words).SetProperty(r => r.FinishedAt, now), ct);
    }

    /// <summary>Outside the transaction, so that others see it; false when the run is no longer to be computed.</summary>
    private async Task<bool> Report(Guid id, CancellationToken ct)
    {
        var (phase, done, total) = ((RunPhase?)_phase, (int)Volatile.Read(ref _done), (int)Volatile.Read(ref _total));
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<UnitContext>().Enter(unit.UnitId);
        var runs = scope.ServiceProvider.GetRequiredService<MatchingDb>().Runs;
        return await runs.Where(r => r.Id == id && (r.State == RunState.Queued || r.State == RunState.Running)).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.State, RunState.Running).SetProperty(r => r.Phase, phase)
                .SetProperty(r => r.Done, done).SetProperty(r => r.Total, total), ct) == 1;
    }

    /// <summary>The solver counts places; the run counts mentees, of whom the first half of the way is behind.</summary>
    private sealed class Placed(SolveRun run, int mentees) : IProgress<SolveProgress>
    {
        public void Report(SolveProgress value) =>
            Volatile.Write(ref run._done, mentees + (value.Total == 0 ? mentees : mentees * value.Done / value.Total));
    }
}
