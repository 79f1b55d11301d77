using Mentoring.Contracts.Participants;
using Mentoring.Matching.Pool;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Runs;

internal static class RunReads
{
    /// <param name="Programme">The programme's slug.</param>
    /// <param name="Mode">Which of the allowed pairs it weighs.</param>
    /// <param name="Basis">The run it starts from.</param>
    /// <param name="Changes">How many pairs of that run it may give up at most.</param>
    /// <param name="WhatIf">Its policy is not the programme's own: it can be compared, and not approved.</param>
    /// <param name="Phase">What is being done; null before and after.</param>
    /// <param name="Done">Steps taken so far.</param>
    /// <param name="Eta">When it is likely to be solved; null before it runs and after.</param>
    /// <param name="Failure">Why it failed.</param>
    /// <param name="PoolHash">SHA-256 of the pool it was computed from.</param>
    /// <param name="Reproducible">False once someone in it was erased.</param>
    public sealed record MatchingRunView(
        Guid Id,
        string Programme,
        string Wave,
        RunMode Mode,
        Guid? Basis,
        int? Changes,
        bool WhatIf,
        RunState State,
        RunPhase? Phase,
        int Done,
        int Total,
        DateTimeOffset? Eta,
        RunResult? Result,
        string? Failure,
        string? PoolHash,
        bool Reproducible,
        DateTimeOffset StartedAt,
        DateTimeOffset? FinishedAt)
    {
        public static MatchingRunView Of(MatchingRun run, string programme, DateTimeOffset now) => new(
            run.Id,
            programme,
            run.Wave,
            run.Policy.Mode,
            run.BasisId,
            run.Changes,
            run.WhatIf,
            run.State,
            run.Phase,
            run.Done,
            run.Total,
            run is { State: RunState.Running, Done: > 0 } ? now + (now - run.StartedAt) * ((double)(run.Total - run.Done) / run.Done) : null,
            run.Result,
            run.Failure,
            run.PoolHash,
            run.Reproducible,
            run.StartedAt,
            run.FinishedAt);
    }

    /// <param name="Topics">What the mentor brings.</param>
    /// <param name="TopicsBack">In a reciprocal programme, what the mentee brings; otherwise null.</param>
    public sealed record RunPairView(
        NamedPerson Mentor,
        NamedPerson Mentee,
        int Score,
        IReadOnlyList<CriterionPoints> Points,
        IReadOnlyList<TopicLevel> Topics,
        IReadOnlyList<TopicLevel>? TopicsBack,
        string Reason,
        Gains Gains);

    /// <param name="Relaxation">The smallest change that would help; null in the list of a large run: ask for the one person.</param>
    public sealed record UnmatchedView(NamedPerson Person, Side Side, string Words, string? Relaxation);

    /// <param name="Mentor">Whom the mentee got; null for nobody.</param>
    /// <param name="Score">What that pair is worth.</param>
    /// <param name="Best">Whom the mentee would have got the most from.</param>
    /// <param name="BestScore">What that pair would be worth.</param>
    /// <param name="GoneTo">With whom that one is instead.</param>
    public sealed record TradeView(NamedPerson Mentee, NamedPerson? Mentor, int Score, NamedPerson Best, int BestScore, IReadOnlyList<NamedPerson> GoneTo, string Words);

    public sealed record BlockingPairView(NamedPerson Mentor, NamedPerson Mentee);

    public static async Task<IResult> One(Guid id, Caller caller, MatchingDb db, TimeProvider clock, CancellationToken ct)
    {
        var found = await (from run in db.Runs.AsNoTracking()
                           join programme in db.Programmes on run.ProgrammeId equals programme.Id
                           where run.Id == id
                           select new { Run = run, programme.Slug }).SingleOrDefaultAsync(ct);
        if (found is null) return Problems.NotFound();
        return caller.Is(Roles.ProgrammeManager, found.Run.ProgrammeId)
            ? Results.Ok(MatchingRunView.Of(found.Run, found.Slug, clock.GetUtcNow()))
            : Problems.RoleMissing();
    }

    public static async Task<IResult> OfProgramme(string programme, PageRequest page, Caller caller, MatchingDb db, TimeProvider clock, CancellationToken ct)
    {
        var known = await db.Programmes.AsNoTracking().SingleOrDefaultAsync(p => p.Slug == programme, ct);
        if (known is null) return Problems.NotFound();
        if (!caller.Is(Roles.ProgrammeManager, known.Id)) return Problems.RoleMissing();
        var after = page.AfterId ?? Guid.Empty;
        var backwards = page.AfterId is not null;
        var runs = await db.Runs.AsNoTracking()
            .Where(run => run.ProgrammeId == known.Id && (!backwards || run.Id.CompareTo(after) < 0))
            .OrderByDescending(run => run.Id).Take(page.Take).ToListAsync(ct);
        var now = clock.GetUtcNow();
        return Results.Ok(Page.Of([.. runs.Select(run => MatchingRunView.Of(run, known.Slug, now))], page, run => Cursor.Of(run.Id)));
    }

    public static async Task<IResult> Pairs(Guid id, PageRequest page, Caller caller, MatchingDb db, CancellationToken ct)
    {
        if (await Find(id, caller, db, ct) is { Refusal: { } refusal }) return refusal;
        var after = page.AfterRank;
        var pairs = await db.RunPairs.AsNoTracking()
            .Where(pair => pair.RunId == id && pair.Rank > after).OrderBy(pair => pair.Rank).Take(page.Take).ToListAsync(ct);
        var names = await NamedPerson.Read(db, pairs.SelectMany(pair => new[] { pair.MentorId, pair.MenteeId }), ct);
        var shown = pairs.Take(page.Limit)
            .Select(pair => new RunPairView(
                names(pair.MentorId), names(pair.MenteeId), pair.Score, pair.Points, pair.Topics, pair.TopicsBack, pair.Reason, pair.Gains)).ToList();
        return Results.Ok(Page.Of(shown, pairs.Count > page.Limit ? Cursor.Of(pairs[page.Limit - 1].Rank) : null));
    }

    public static async Task<IResult> Unmatched(Guid id, PageRequest page, Caller caller, MatchingDb db, CancellationToken ct)
    {
        if (await Find(id, caller, db, ct) is { Refusal: { } refusal }) return refusal;
        var after = page.AfterRank;
        var members = await db.RunUnmatched.AsNoTracking()
            .Where(member => member.RunId == id && member.Rank > after).OrderBy(member => member.Rank).Take(page.Take).ToListAsync(ct);
        var names = await NamedPerson.Read(db, members.Select(member => member.PersonId), ct);
        var shown = members.Take(page.Limit)
            .Select(member => new UnmatchedView(names(member.PersonId), member.Side, member.Words, member.Relaxation)).ToList();
        return Results.Ok(Page.Of(shown, members.Count > page.Limit ? Cursor.Of(members[page.Limit - 1].Rank) : null));
    }

    /// <summary>Why two people are, or are not, a pair of this run: from the stored pool, pairs and proof, so that any two can be asked about.</summary>
    public static async Task<IResult> Explain(Guid id, Guid mentor, Guid mentee, Caller caller, MatchingDb db, SolvedRuns solved, CancellationToken ct)
    {
        var (run, matcher, refusal) = await FindSolved(id, caller, db, solved, ct);
        if (refusal is not null) return refusal;
        if (matcher!.Explain(mentor, mentee) is { } explanation) return Results.Ok(explanation);
        var known = await db.Participants.AsNoTracking()
            .Where(p => p.ProgrammeId == run!.ProgrammeId
                && ((p.PersonId == mentor && p.Side == Side.Mentor) || (p.PersonId == mentee && p.Side == Side.Mentee)))
            .CountAsync(ct);
        return known == 2
            ? Results.Ok(new Explanation(ExplanationKind.Forbidden, PairRules.NotReady,
                "When this run was computed one of the two was not ready: not prepared yet, paused, or not yet enrolled.", null, null))
            : Problems.NotFound();
    }

    /// <summary>Why one person has no pair in this run, worked out in full however large the pool.</summary>
    public static async Task<IResult> WhyUnmatched(Guid id, Guid person, SideName side, Caller caller, MatchingDb db, SolvedRuns solved, CancellationToken ct)
    {
        var (_, matcher, refusal) = await FindSolved(id, caller, db, solved, ct);
        if (refusal is not null) return refusal;
        if (matcher!.WhyUnmatched(side, person) is not { } member) return Problems.NotFound();
        var names = await NamedPerson.Read(db, [person], ct);
        return Results.Ok(new UnmatchedView(names(person), member.Side, member.Words, member.Relaxation));
    }

    /// <summary>
    /// Two people who asked for one another, each more than for whom they got. Only such as both asked: a wish that is not answered is
    /// shown to nobody.
    /// </summary>
    public static async Task<IResult> Blocking(Guid id, PageRequest page, Caller caller, MatchingDb db, SolvedRuns solved, CancellationToken ct)
    {
        var (_, matcher, refusal) = await FindSolved(id, caller, db, solved, ct);
        if (refusal is not null) return refusal;
        var (shown, next) = page.Cut(matcher!.BlockingPairs());
        var names = await NamedPerson.Read(db, shown.SelectMany(couple => new[] { couple.MentorId, couple.MenteeId }), ct);
        return Results.Ok(Page.Of([.. shown.Select(couple => new BlockingPairView(names(couple.MentorId), names(couple.MenteeId)))], next));
    }

    /// <summary>What the run traded for the best total, the largest first.</summary>
    public static async Task<IResult> Traded(Guid id, PageRequest page, Caller caller, MatchingDb db, SolvedRuns solved, CancellationToken ct)
    {
        var (_, matcher, refusal) = await FindSolved(id, caller, db, solved, ct);
        if (refusal is not null) return refusal;
        var (shown, next) = page.Cut(matcher!.Traded());
        var names = await NamedPerson.Read(db, shown.SelectMany(People), ct);
        return Results.Ok(Page.Of([.. shown.Select(Show)], next));

        static IEnumerable<Guid> People(Trade trade) => [trade.MenteeId, trade.MentorId ?? trade.BestId, trade.BestId, .. trade.GoneToIds];

        TradeView Show(Trade trade)
        {
            var (mentee, best) = (names(trade.MenteeId), names(trade.BestId));
            var goneTo = trade.GoneToIds.Select(names).ToList();
            var points = Criteria.Count(trade.GivenUp, "point");
            return new TradeView(
                mentee,
                trade.MentorId is { } mentor ? names(mentor) : null,
                trade.Score,
                best,
                trade.BestScore,
                goneTo,
                goneTo.Count > 0
                    ? $"{Named(mentee)} would get {points} more from {Named(best)}, who is worth at least as much to the programme with {Criteria.List([.. goneTo.Select(Named)])}."
                    : $"{Named(mentee)} would get {points} more from {Named(best)}, but is locked to somebody else.");
        }

        static string Named(NamedPerson person) => person.Name ?? "somebody who has left";
    }

    private static async Task<(MatchingRun? Run, Matcher? Matcher, IResult? Refusal)> FindSolved(
        Guid id, Caller caller, MatchingDb db, SolvedRuns solved, CancellationToken ct)
    {
        var (run, refusal) = await Find(id, caller, db, ct);
        if (run is null) return (null, null, refusal);
        if (run.State is not (RunState.Solved or RunState.Approved))
            return (null, null, Problems.Of(StatusCodes.Status409Conflict, "run-not-solved", "Only a run that has been solved can be explained."));
        return await solved.Find(run, db, ct) is { } matcher
            ? (run, matcher, null)
            : (null, null, Problems.Of(StatusCodes.Status409Conflict, "run-not-reproducible",
                run.Reproducible
                    ? "This run was computed by an earlier version and can no longer be explained. Start a new one."
                    : "Someone in this run has been erased since; it can no longer be explained. Start a new one."));
    }

    private static async Task<(MatchingRun? Run, IResult? Refusal)> Find(Guid id, Caller caller, MatchingDb db, CancellationToken ct)
    {
        var run = await db.Runs.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct);
        return run is null ? (null, Problems.NotFound())
            : !caller.Is(Roles.ProgrammeManager, run.ProgrammeId) ? (null, Problems.RoleMissing())
            : (run, null);
    }
}
