using Mentoring.Contracts.Audit;
using Mentoring.Contracts.Participants;
using Mentoring.Matching.Pool;
using Mentoring.Matching.Proposals;
using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Runs;

/// <summary>
/// A programme manager approves what a run found: each pair that still holds becomes a proposal, and the juniors are asked. The pool may
/// have moved on since; pairs that would now break a rule are left out and named.
/// </summary>
internal static class ApproveRun
{
    // What is saved is forgotten, so that a large run is approved in little memory.
    private const int PairsAtOnce = 1_000;

    private const int MostToldOf = 200;

    /// <param name="Proposals">How many pairs are being asked.</param>
    /// <param name="LeftOut">Pairs that a rule forbids by now; the first two hundred of them.</param>
    /// <param name="LeftOutInAll">How many these are.</param>
    public sealed record ApprovedRun(int Proposals, IReadOnlyList<LeftOut> LeftOut, int LeftOutInAll);

    public sealed record LeftOut(Guid MentorId, Guid MenteeId, string Rule, string Words);

    public static async Task<IResult> Handle(
        Guid id, Caller caller, MatchingDb db, Asking asking, Outbox outbox, TimeProvider clock, CancellationToken ct)
    {
        var run = await db.Runs.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct);
        if (run is null) return Problems.NotFound();
        if (!caller.Is(Roles.ProgrammeManager, run.ProgrammeId)) return Problems.RoleMissing();
        var programme = await db.Programmes.AsNoTracking().SingleAsync(p => p.Id == run.ProgrammeId, ct);
        if (programme.Closed)
            return Problems.Of(StatusCodes.Status422UnprocessableEntity, "programme-closed", "This programme has ended; nobody is matched in it any more.");

        if (run.WhatIf)
        {
            return Problems.Of(StatusCodes.Status422UnprocessableEntity, "run-is-what-if",
                "This run asked what would be under another policy. Put that policy into the programme's file, where everybody can read it, and start a run of it.");
        }

        var own = Policy.Of(programme.Settings, run.Wave);
        if (CompareRuns.Differences(run.Policy with { Mode = own.Mode }, own) is { Count: > 0 } changed)
        {
            return Problems.Of(StatusCodes.Status409Conflict, "run-outdated",
                $"The programme's file has changed since this run was started: {string.Join(", ", changed)}. Start a run of it as it is now.");
        }

        // All or nothing: the row stays locked until the proposals are there, so that two who approve at once do it once.
        await using var change = await Atomically.Begin(db, ct);
        var approved = await db.Runs.Where(r => r.Id == id && r.State == RunState.Solved)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.State, RunState.Approved), ct);
        if (approved == 0)
            return Problems.Of(StatusCodes.Status409Conflict, "run-not-solved", "Only a run that has been solved, and not been approved yet, can be approved.");

        var now = clock.GetUtcNow();
        var pool = await PoolReader.Read(db, programme, DateOnly.FromDateTime(now.UtcDateTime), ct);
        var rules = new PairRules(run.Policy, pool, run.Bans);
        var places = await FreePlaces.Read(db, programme, ct);
        var pairs = await db.RunPairs.AsNoTracking().Where(pair => pair.RunId == id).OrderBy(pair => pair.Rank).ToListAsync(ct);
        var (leftOut, proposed) = (new List<LeftOut>(), 0);
        foreach (var some in pairs.Chunk(PairsAtOnce))
        {
            foreach (var pair in some)
            {
                var broken = rules.Broken(new Couple(pair.MentorId, pair.MenteeId))
                    ?? (places.AreThere(pair) ? null : new BrokenRule(HardRules.Capacity, "One of the two has no place left."));
                if (broken is null)
                {
                    Propose(pair, run, programme, rules, places, db, asking);
                    proposed++;
                }
                else if (leftOut.Count < MostToldOf)
                    leftOut.Add(new LeftOut(pair.MentorId, pair.MenteeId, broken.Rule, broken.Words));
            }
            await db.SaveAdded(ct);
        }
        outbox.Publish(new ActionAudited(Guid.CreateVersion7(), caller.PersonId, "matching-run-approved", run.Id, now));
        await db.SaveChangesAsync(ct);
        await change.Commit(ct);
        return Results.Ok(new ApprovedRun(proposed, leftOut, pairs.Count - proposed));
    }

    private static void Propose(
        RunPair pair, MatchingRun run, KnownProgramme programme, PairRules rules, FreePlaces places, MatchingDb db, Asking asking)
    {
        var proposal = new Proposal
        {
            Id = Guid.CreateVersion7(),
            RunId = run.Id,
            ProgrammeId = run.ProgrammeId,
            Wave = run.Wave,
            MentorId = pair.MentorId,
            MenteeId = pair.MenteeId,
            FirstSide = run.Policy.Direction == Direction.Traditional ? Side.Mentee : Side.Mentor,
            Topics = pair.Topics,
            TopicsBack = pair.TopicsBack,
            Reason = pair.Reason,
            Exchange = Exchange.Of(pair.Gains, pair.Topics, programme.Settings),
            SameChain = pair.SameChain,
            RespondBy = default,
        };
        db.Proposals.Add(proposal);
        db.Places.AddRange(places.Take(proposal));
        asking.AskFirst(proposal, WorkingDay.Of(rules.Find(proposal.FirstSide, proposal.PersonOn(proposal.FirstSide))?.Snapshot));
    }
}
