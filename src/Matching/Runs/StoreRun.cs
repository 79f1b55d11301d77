using Mentoring.Assignment;
using Mentoring.Contracts.Participants;
using Mentoring.Matching.Pool;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Runs;

/// <summary>Stores what a run found, all of it or nothing, in the transaction that is open.</summary>
internal sealed class StoreRun(MatchingDb db, TimeProvider clock)
{
    // Rows a statement: enough to make round trips cheap, few enough that their words do not fill the memory.
    private const int RowsAtOnce = 2_000;

    public async Task Store(
        MatchingRun run, PoolSnapshot pool, Task<(byte[] Bytes, string Hash)> packing, Matcher matcher, Certificate certificate, double seconds,
        IReadOnlyDictionary<string, double> phases, CancellationToken ct)
    {
        // Holds the row until all is stored: whoever cancels now comes too late, and whoever has cancelled is heard here.
        var wanted = await db.Runs.Where(r => r.Id == run.Id && r.State == RunState.Running)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.Phase, RunPhase.Explaining), ct);
        if (wanted == 0) return;

        var pairs = matcher.Ranked();
        // The next are put into words while these are written.
        var told = Tell(0);
        for (var first = 0; first < pairs.Count; first += RowsAtOnce)
        {
            var rows = await told;
            told = Tell(first + RowsAtOnce);
            await StorePairs(run.Id, first, rows, ct);
        }
        var unmatched = matcher.Unmatched();
        foreach (var chunk in unmatched.Select((member, i) => (member, Rank: i + 1)).Chunk(RowsAtOnce)) await StoreUnmatched(run.Id, chunk, ct);

        var packed = await packing;
        db.RunPools.Add(new RunPool
        {
            RunId = run.Id,
            Pool = packed.Bytes,
            Proof = PackedJson.Pack(matcher.Proof()).Bytes,
            PersonIds = [.. pool.Named()],
        });
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();

        var result = new RunResult(
            matcher.Mentors,
            matcher.Mentees,
            matcher.Candidates,
            pairs.Count,
            unmatched.Count(member => member.Side == Side.Mentee),
            pairs.Sum(pair => (long)pair.Score),
            certificate.Holds,
            new RunCertificate(certificate.Primal, certificate.Dual, certificate.CheckedEdges),
            seconds,
            matcher.CandidatesPerMentee,
            pool.Mentors.Concat(pool.Mentees).Sum(member => member.Wishes.Count),
            matcher.BlockingPairs().Count,
            phases,
            [.. matcher.Stages.Select(stage => new RunStage(stage.Goal, stage.Below, stage.Edges, Certificate.Check(stage.Problem, stage.Solution).Holds))],
            matcher.Incumbents,
            matcher.GivenUp,
            matcher.BonusOfKept);
        var now = clock.GetUtcNow();
        await db.Runs.Where(r => r.Id == run.Id).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.State, RunState.Solved)
                .SetProperty(r => r.Phase, (RunPhase?)null)
                .SetProperty(r => r.Result, result)
                .SetProperty(r => r.PoolHash, packed.Hash)
                .SetProperty(r => r.Done, r => r.Total)
                .SetProperty(r => r.FinishedAt, now),
            ct);

        Task<Columns> Tell(int first) => Task.Run(() => Columns.Of([.. pairs.Skip(first).Take(RowsAtOnce).Select(matcher.Describe)]), ct);
    }

    /// <summary>Pairs as the database takes them.</summary>
    private sealed record Columns(
        Guid[] Mentors, Guid[] Mentees, int[] Scores, string[] Points, string[] Topics, string?[] TopicsBack, string[] Reasons, string[] Gains, bool[] SameChain)
    {
        public static Columns Of(MatchedPair[] pairs) => new(
            [.. pairs.Select(pair => pair.MentorId)],
            [.. pairs.Select(pair => pair.MenteeId)],
            [.. pairs.Select(pair => pair.Score)],
            [.. pairs.Select(pair => JsonColumn.Write(pair.Points))],
            [.. pairs.Select(pair => JsonColumn.Write(pair.Topics))],
            [.. pairs.Select(pair => pair.TopicsBack is { } back ? JsonColumn.Write(back) : null)],
            [.. pairs.Select(pair => pair.Reason)],
            [.. pairs.Select(pair => JsonColumn.Write(pair.Gains))],
            [.. pairs.Select(pair => pair.SameChain)]);
    }

    private Task<int> StorePairs(Guid runId, int first, Columns pairs, CancellationToken ct) => db.Database.ExecuteSqlAsync($"""
            insert into run_pairs (unit_id, run_id, rank, mentor_id, mentee_id, score, points, topics, topics_back, reason, gains, same_chain)
            select {db.Unit.UnitId}, {runId}, {first} + row_number, mentor_id, mentee_id, score, points::json, topics::json, topics_back::json, reason, gains::json, same_chain
            from unnest(
                {pairs.Mentors}, {pairs.Mentees}, {pairs.Scores}, {pairs.Points}, {pairs.Topics}, {pairs.TopicsBack}, {pairs.Reasons}, {pairs.Gains}, {pairs.SameChain})
                with ordinality as pair (mentor_id, mentee_id, score, points, topics, topics_back, reason, gains, same_chain, row_number)
            """, ct);

    private Task<int> StoreUnmatched(Guid runId, (UnmatchedMember Member, int Rank)[] rows, CancellationToken ct) => db.Database.ExecuteSqlAsync($"""
        insert into run_unmatched (unit_id, run_id, rank, person_id, side, words, relaxation)
        select {db.Unit.UnitId}, {runId}, one.* from unnest(
            {rows.Select(row => row.Rank).ToArray()},
            {rows.Select(row => row.Member.PersonId).ToArray()},
            {rows.Select(row => row.Member.Side.ToString()).ToArray()},
            {rows.Select(row => row.Member.Words).ToArray()},
            {rows.Select(row => row.Member.Relaxation).ToArray()}) as one
        """, ct);
}
