using Mentoring.Assignment;
using Mentoring.Contracts.Participants;
using Mentoring.Matching.Pool;

namespace Mentoring.Matching.Runs;

public enum RunState
{
    Queued,
    Running,
    Solved,
    Approved,
    Cancelled,
    Failed,
}

public enum RunPhase
{
    /// <summary>Reading who may be matched.</summary>
    Pool,

    /// <summary>Finding and scoring the allowed pairs.</summary>
    Candidates,

    /// <summary>Finding the best of them.</summary>
    Solving,

    /// <summary>Checking the proof and putting reasons into words.</summary>
    Explaining,
}

/// <summary>
/// One search for the best pairs of a wave. Policy, locks and bans are fixed when it is started and the pool when it begins; the rest
/// follows from them. It proposes nobody until a programme manager approves it.
/// </summary>
public sealed class MatchingRun
{
    public required Guid Id { get; init; }
    public required Guid ProgrammeId { get; init; }
    public required string Wave { get; init; }
    public required Guid StartedById { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required Policy Policy { get; init; }
    public required IReadOnlyList<Couple> Locks { get; set; }
    public required IReadOnlyList<Couple> Bans { get; set; }

    /// <summary>The run whose pairs it starts from; null where it starts from nothing.</summary>
    public Guid? BasisId { get; init; }

    /// <summary>How many of those pairs it may give up; null: as many as the best total takes, and no more.</summary>
    public int? Changes { get; init; }

    /// <summary>Its policy is not the programme's own: to be compared, not to be approved.</summary>
    public bool WhatIf { get; init; }

    public RunState State { get; set; } = RunState.Queued;

    /// <summary>What is being done; null before and after.</summary>
    public RunPhase? Phase { get; set; }

    /// <summary>Steps taken so far, and all of them: each mentee is compared once and placed once.</summary>
    public int Done { get; set; }
    public int Total { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }
    public string? PoolHash { get; set; }
    public RunResult? Result { get; set; }

    /// <summary>Why it failed, for the programme manager.</summary>
    public string? Failure { get; set; }

    /// <summary>False once someone in it was erased: what is left of it can no longer be computed again or explained.</summary>
    public bool Reproducible { get; set; } = true;
}

/// <summary>What a run found.</summary>
/// <param name="Mentors">Mentors with a place free.</param>
/// <param name="Mentees">Mentees of the wave with a place free.</param>
/// <param name="Candidates">Pairs that break no rule and were weighed.</param>
/// <param name="Score">Points of all pairs together.</param>
/// <param name="Optimal">The certificate holds: no other choice of the candidates is better.</param>
/// <param name="Seconds">From reading the pool to the checked proof.</param>
/// <param name="CandidatesPerMentee">Null: every allowed pair was weighed. Otherwise only so many of each mentee's best, the pool being too large for more.</param>
/// <param name="Wishes">Wishes that people had stated.</param>
/// <param name="BlockingPairs">Two people who asked for one another, each more than for whom they got.</param>
/// <param name="PhaseSeconds">How long each phase took.</param>
/// <param name="Stages">What was settled among equally good choices, in order, each with its proof.</param>
/// <param name="Incumbents">Pairs of the run it starts from that are still allowed.</param>
/// <param name="GivenUp">Of these, how many are not pairs any more.</param>
/// <param name="BonusOfKept">What keeping one counted beside the points, so that no more were given up than asked.</param>
public sealed record RunResult(
    int Mentors,
    int Mentees,
    int Candidates,
    int Pairs,
    int UnmatchedMentees,
    long Score,
    bool Optimal,
    RunCertificate Certificate,
    double Seconds,
    int? CandidatesPerMentee = null,
    int Wishes = 0,
    int BlockingPairs = 0,
    IReadOnlyDictionary<string, double>? PhaseSeconds = null,
    IReadOnlyList<RunStage>? Stages = null,
    int Incumbents = 0,
    int GivenUp = 0,
    int BonusOfKept = 0);

/// <summary>A choice among choices with the same total.</summary>
/// <param name="Goal"><c>fewest-below</c>: as few pairs as possible worth less than <paramref name="Below"/> points; <c>most-kept</c>: as many pairs of the earlier run as possible.</param>
/// <param name="Below">Points.</param>
/// <param name="Pairs">How many there are.</param>
/// <param name="Proven">The stage's own certificate holds.</param>
public sealed record RunStage(StageGoal Goal, int? Below, int Pairs, bool Proven);

/// <summary>Both sides of the proof; equal.</summary>
public sealed record RunCertificate(long Primal, long Dual, long CheckedEdges);

/// <summary>The pool a run was computed from, kept apart from it because it is large and because erasure removes it.</summary>
public sealed class RunPool
{
    public required Guid RunId { get; init; }

    /// <summary>A <see cref="PoolSnapshot"/> as <see cref="PackedJson"/>.</summary>
    public required byte[] Pool { get; init; }

    /// <summary>A <see cref="Runs.Proof"/> as <see cref="PackedJson"/>: with the pairs it can be checked again, by whoever wants to.</summary>
    public required byte[] Proof { get; init; }

    /// <summary>Everybody it names, for erasure. Looked through, not indexed: runs are few, erasures are rare, and an index of 100,000 ids a run would be neither.</summary>
    public required Guid[] PersonIds { get; init; }
}

/// <summary>A pair a run found.</summary>
public sealed class RunPair
{
    public required Guid RunId { get; init; }

    /// <summary>From 1, by falling score.</summary>
    public required int Rank { get; init; }
    public required Guid MentorId { get; init; }
    public required Guid MenteeId { get; init; }
    public required int Score { get; init; }
    public required IReadOnlyList<CriterionPoints> Points { get; init; }
    public required IReadOnlyList<TopicLevel> Topics { get; init; }

    /// <summary>In a reciprocal programme, what the mentee brings; otherwise null.</summary>
    public IReadOnlyList<TopicLevel>? TopicsBack { get; init; }

    public required string Reason { get; init; }
    public required Gains Gains { get; init; }
    public required bool SameChain { get; init; }
}

/// <summary>Someone a run could not place.</summary>
public sealed class RunUnmatched
{
    public required Guid RunId { get; init; }

    /// <summary>From 1, mentees first.</summary>
    public required int Rank { get; init; }
    public required Guid PersonId { get; init; }
    public required Side Side { get; init; }
    public required string Words { get; init; }
    public string? Relaxation { get; init; }
}
