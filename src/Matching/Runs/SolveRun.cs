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
internal sealed class SolveRun(MatchingDb db, UnitContext unit, IServiceScopeFactory scopes, TimeProvider clock) : ITimer
{
    private static readonly TimeSpan s_beat = TimeSpan.FromMilliseconds(250);

    public static string Name => "solve-run";

    public async Task Fire(TimerFired timer, CancellationToken ct)
    {
        var id = Guid.Parse(timer.Key);
        var run = await db.Runs.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct);
        if (run is null || !await Report(id, done: 0, total: 0, ct)) return;

        var started = clock.GetTimestamp();
        var programme = await db.Programmes.AsNoTracking().SingleAsync(p => p.Id == run.ProgrammeId, ct);
        var pool = await PoolReader.Read(db, programme, DateOnly.FromDateTime(run.StartedAt.UtcDateTime), ct);
        if (new PairRules(run.Policy, pool, run.Bans).CheckLocks(run.Locks) is { } broken)
        {
            await Fail(id, $"A locked pair is not allowed any more by the rule “{broken.Rule}”: {broken.Words}", ct);
            return;
        }

        var matcher = Matcher.Prepare(run.Policy, pool, run.Locks, run.Bans);
        if (!await Solve(matcher, id, ct)) return;
        var certificate = matcher.Prove();
        if (!certificate.Holds)
        {
            await Fail(id, $"The proof that these pairs are the best did not hold: {certificate.Failure}. Nothing was proposed; tell whoever runs the platform.", ct);
            return;
        }
        await Store(run, pool, matcher, certificate, clock.GetElapsedTime(started), ct);
    }

    /// <summary>False when it was cancelled meanwhile.</summary>
    private async Task<bool> Solve(Matcher matcher, Guid id, CancellationToken ct)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var progress = new LatestProgress();
        var solving = Task.Run(() => matcher.Solve(progress, cancel.Token), CancellationToken.None);
        try
        {
            using var beat = new PeriodicTimer(s_beat);
            while (await Task.WhenAny(solving, beat.WaitForNextTickAsync(ct).AsTask()) != solving)
            {
                if (!await Report(id, progress.Done, progress.Total, ct)) await cancel.CancelAsync();
            }
            await solving;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return false;
        }
        return await Report(id, progress.Done, progress.Total, ct);
    }

    private async Task Store(MatchingRun run, PoolSnapshot pool, Matcher matcher, Certificate certificate, TimeSpan took, CancellationToken ct)
    {
        var pairs = matcher.Pairs().OrderByDescending(pair => pair.Score).ThenBy(pair => pair.MenteeId).ThenBy(pair => pair.MentorId).ToList();
        var unmatched = matcher.Unmatched();
        var result = new RunResult(
            matcher.Mentors,
            matcher.Mentees,
            matcher.Candidates,
            pairs.Count,
            unmatched.Count(member => member.Side == Contracts.Participants.Side.Mentee),
            pairs.Sum(pair => (long)pair.Score),
            certificate.Holds,
            new RunCertificate(certificate.Primal, certificate.Dual, certificate.CheckedEdges),
            Math.Round(took.TotalSeconds, 3));

        var (now, hash) = (clock.GetUtcNow(), pool.Hash());
        var stored = await db.Runs.Where(r => r.Id == run.Id && r.State == RunState.Running).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.State, RunState.Solved)
                .SetProperty(r => r.Result, result)
                .SetProperty(r => r.PoolHash, hash)
                .SetProperty(r => r.Done, r => r.Total)
                .SetProperty(r => r.FinishedAt, now),
            ct);
        if (stored == 0) return;

        db.RunPools.Add(new RunPool
        {
            RunId = run.Id,
            Pool = pool,
            PersonIds = [.. pool.Mentors.Concat(pool.Mentees).Select(member => member.PersonId).Distinct()],
        });
        db.RunPairs.AddRange(pairs.Select((pair, i) => new RunPair
        {
            RunId = run.Id,
            Rank = i + 1,
            MentorId = pair.MentorId,
            MenteeId = pair.MenteeId,
            Score = pair.Score,
            Points = pair.Points,
            Topics = pair.Topics,
            Reason = pair.Reason,
            Gains = pair.Gains,
            SameChain = pair.SameChain,
        }));
        db.RunUnmatched.AddRange(unmatched.Select((member, i) => new RunUnmatched
        {
            RunId = run.Id,
            Rank = i + 1,
            PersonId = member.PersonId,
            Side = member.Side,
            Words = member.Words,
            Relaxation = member.Relaxation,
        }));
        await db.SaveChangesAsync(ct);
    }

    private Task<int> Fail(Guid id, string words, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.Runs.Where(r => r.Id == id && r.State == RunState.Running).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.State, RunState.Failed).SetProperty(r => r.Failure, words).SetProperty(r => r.FinishedAt, now), ct);
    }

    /// <summary>Outside the transaction, so that others see it; false when the run is no longer to be computed.</summary>
    private async Task<bool> Report(Guid id, long done, long total, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<UnitContext>().Enter(unit.UnitId);
        var runs = scope.ServiceProvider.GetRequiredService<MatchingDb>().Runs;
        return await runs.Where(r => r.Id == id && (r.State == RunState.Queued || r.State == RunState.Running)).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.State, RunState.Running).SetProperty(r => r.Done, (int)done).SetProperty(r => r.Total, (int)total), ct) == 1;
    }

    private sealed class LatestProgress : IProgress<SolveProgress>
    {
        private long _done;
        private long _total;

        public long Done => Volatile.Read(ref _done);

        public long Total => Volatile.Read(ref _total);

        public void Report(SolveProgress value)
        {
            Volatile.Write(ref _total, value.Total);
            Volatile.Write(ref _done, value.Done);
        }
    }
}
