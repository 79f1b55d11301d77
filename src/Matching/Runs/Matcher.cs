using Mentoring.Assignment;
using Mentoring.Contracts.Participants;
using Mentoring.Matching.Pool;

namespace Mentoring.Matching.Runs;

/// <summary>The best pairs of a pool under a policy, and why: pure, and the same for the same input.</summary>
public sealed class Matcher
{
    private readonly PairRules _rules;
    private readonly Scoring _scoring;
    private readonly Problem _problem;
    private readonly int? _perMentee;
    private readonly IReadOnlyList<(int Row, int Column)> _incumbents;

    // What was solved and is proven: the problem itself, or the same with a bonus on the pairs to be kept.
    private Problem _proven;
    private Solution? _solution;
    private int _bonus;

    private Matcher(PairRules rules, PoolSnapshot pool, Candidates.Found found)
    {
        _rules = rules;
        _scoring = new Scoring(rules.Policy);
        (_problem, _perMentee) = (found.Problem, found.PerMentee);
        _proven = _problem;
        _incumbents =
        [
            .. from couple in pool.Incumbents
               let row = rules.MenteeAt(couple.MenteeId)
               let column = rules.MentorAt(couple.MentorId)
               where row is not null && column is not null && _problem.EdgeBetween(row.Value, column.Value) is not null
               select (row.Value, column.Value),
        ];
    }

    /// <summary>Finds and scores the candidates. The locks must pass <see cref="PairRules.CheckLocks"/>.</summary>
    /// <param name="policy">What is allowed and what is preferred.</param>
    /// <param name="pool">Who is there.</param>
    /// <param name="locks">Pairs to be made in any case.</param>
    /// <param name="bans">Pairs not to be made.</param>
    /// <param name="compared">Told how many more mentees have been compared.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Matcher Prepare(
        Policy policy, PoolSnapshot pool, IReadOnlyList<Couple> locks, IReadOnlyList<Couple> bans, Action<int>? compared = null,
        CancellationToken cancellationToken = default) => Prepare(new PairRules(policy, pool, bans), pool, locks, compared, cancellationToken: cancellationToken);

    internal static Matcher Prepare(
        PairRules rules, PoolSnapshot pool, IReadOnlyList<Couple> locks, Action<int>? compared = null, int mostPairs = Runs.Candidates.MostPairs,
        CancellationToken cancellationToken = default) =>
        new(rules, pool, Runs.Candidates.Find(rules, pool, locks, compared, mostPairs, cancellationToken));

    /// <summary>Mentees of this wave with a place free.</summary>
    public int Mentees => _rules.Mentees.Count(IsTurnOf);

    /// <summary>Mentors with a place free.</summary>
    public int Mentors => _rules.Mentors.Count(mentor => mentor.FreePlaces > 0);

    /// <summary>Allowed pairs that are weighed.</summary>
    public int Candidates => _problem.Edges;

    /// <summary>Null where every allowed pair is weighed; otherwise each mentee's best, this many at most.</summary>
    public int? CandidatesPerMentee => _perMentee;

    /// <summary>Pairs that it starts from and that are still weighed.</summary>
    public int Incumbents => _incumbents.Count;

    /// <summary>Of these, how many are given up.</summary>
    public int GivenUp => _incumbents.Select(pair => _problem.EdgeBetween(pair.Row, pair.Column)!.Value).Except(Solved.Edges).Count();

    /// <summary>What keeping a pair counts beside the points.</summary>
    public int BonusOfKept => _bonus;

    /// <summary>What was settled among choices with the same total.</summary>
    public IReadOnlyList<Stage> Stages { get; private set; } = [];

    /// <summary>
    /// Solves, once; what follows needs it. First as many mentees with a strategic priority as possible, then the best total; among choices equal
    /// in both the worst off are raised, band by band, and then most of what there was is kept.
    /// </summary>
    /// <param name="changes">How many incumbents may be given up at most, at the price of points; null: none is kept at such a price.</param>
    /// <param name="progress">Of the search for the best total, which takes most of the time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public void Solve(int? changes = null, IProgress<SolveProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (changes is { } most)
        {
            var keeping = Keeping.AtMost(_problem, _incumbents, most, cancellationToken);
            (_proven, _solution, _bonus) = (keeping.Rewarded, CanonicalPrices.Of(keeping.Rewarded, keeping.Proof), keeping.Bonus);
            return;
        }
        // Prices that depend on the pool alone, so that what is said of it does not drift with the way it was solved.
        var best = CanonicalPrices.Of(_problem, Solver.Solve(_problem, progress, cancellationToken));
        var face = OptimalFace.Of(_problem, best).RaiseTheWorstOff(Bands(), cancellationToken);
        if (_incumbents.Count > 0) face = face.KeepMost(_incumbents, cancellationToken);
        (_solution, Stages) = (face.Solution, face.Stages);
    }

    /// <summary>Takes up what was solved before. False when it does not prove itself the best for this pool.</summary>
    public bool TakeUp(IEnumerable<Couple> pairs, Proof proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        var edges = new List<int>();
        foreach (var couple in pairs)
        {
            if (_rules.MenteeAt(couple.MenteeId) is not { } row || _rules.MentorAt(couple.MentorId) is not { } column
                || _problem.EdgeBetween(row, column) is not { } edge) return false;
            edges.Add(edge);
        }
        edges.Sort();
        (_proven, _bonus) = (Keeping.Reward(_problem, _incumbents, proof.Bonus), proof.Bonus);
        _solution = new Solution(edges, proof.PriorityServed, proof.Total, proof.MenteePrices, proof.MentorPrices);
        return Prove().Holds;
    }

    /// <summary>The proof that nothing better exists, checked apart from the solver.</summary>
    public Certificate Prove() => Certificate.Check(_proven, Solved);

    /// <summary>What the proof needs besides the pairs.</summary>
    public Proof Proof() => new(Solved.PriorityServed, Solved.Total, Solved.RowPrices, Solved.ColumnPrices, _bonus);

    /// <summary>The pairs by falling score.</summary>
    public IReadOnlyList<RankedPair> Ranked() =>
    [
        .. from edge in Solved.Edges
           let pair = new RankedPair(_problem.ColumnOf(edge), _problem.RowOf(edge), _problem.ScoreOf(edge))
           orderby pair.Score descending, _rules.Mentees[pair.Mentee].PersonId, _rules.Mentors[pair.Mentor].PersonId
           select pair,
    ];

    public MatchedPair Describe(RankedPair pair) =>
        PairWords.Describe(_rules.Policy, _scoring, _rules.Mentors[pair.Mentor], _rules.Mentees[pair.Mentee]);

    /// <summary>The pairs by falling score, each with its reasons.</summary>
    public IReadOnlyList<MatchedPair> Pairs() => [.. Ranked().Select(Describe)];

    /// <summary>Two people who asked for one another, each more than for whom they got.</summary>
    public IReadOnlyList<Couple> BlockingPairs() => Runs.BlockingPairs.Of(_rules, Ranked());

    /// <summary>Who would have got more from somebody else, and who has that one instead; the largest first.</summary>
    public IReadOnlyList<Trade> Traded() => Trades.Of(_rules, _problem, Solved);

    /// <summary>Whoever could have been matched in this run and was not, with the smallest change that would help; mentees first.</summary>
    public IReadOnlyList<UnmatchedMember> Unmatched() => new Unmatched(_rules, _proven, Solved, _bonus).All();

    /// <summary>Why someone is unmatched, and exactly what would help; null when the person is matched or was not there to be.</summary>
    public UnmatchedMember? WhyUnmatched(Side side, Guid personId) =>
        (side == Side.Mentor ? _rules.MentorAt(personId) : _rules.MenteeAt(personId)) is { } at
            ? new Unmatched(_rules, _proven, Solved, _bonus).One(side, at)
            : null;

    /// <summary>Why these two are a pair, or are not; null when one of them is not in the pool.</summary>
    public Explanation? Explain(Guid mentorId, Guid menteeId)
    {
        if (_rules.MentorAt(mentorId) is not { } column || _rules.MenteeAt(menteeId) is not { } row) return null;
        var two = Meeting.Of(_rules.Mentors[column], _rules.Mentees[row]);
        if (_rules.Broken(two) is { } broken)
            return new Explanation(ExplanationKind.Forbidden, broken.Rule, broken.Words, null, null);

        var points = _scoring.Explain(two);
        var score = points.Sum(part => part.Points);
        if (_problem.EdgeBetween(row, column) is not { } edge)
            return new Explanation(ExplanationKind.NotWeighed, null, WhyNotWeighed(), null, points);
        if (Solved.Edges.Contains(edge))
            return new Explanation(ExplanationKind.Pair, null, $"They are proposed as a pair worth {Criteria.Count(score, "point")}.", null, points);

        var loss = Loss.OfForcing(_proven, Solved, row, column);
        var words = loss switch
        {
            null => "A pair that the programme manager has locked takes the place they would need.",
            { PriorityServed: > 0 and var served } =>
                $"Together the programme would serve {Criteria.Count(served, "mentee")} with a strategic priority fewer.",
            { Total: 0 } => $"They would be worth {Criteria.Count(score, "point")}, and the programme would lose nothing: another choice is as good.",
            { Total: var lost } => $"They would be worth {Criteria.Count(score, "point")}, but the programme as a whole would lose {Criteria.Count(lost, "point")}"
                + (_bonus > 0 ? $", where keeping a pair of the earlier run counts {_bonus}." : "."),
        };
        return new Explanation(ExplanationKind.NotChosen, null, words, loss?.Total, points);
    }

    private Solution Solved => _solution ?? throw new InvalidOperationException("Solve first.");

    private bool IsTurnOf(Profile mentee) => Runs.Candidates.IsTurnOf(mentee, _rules.Policy);

    /// <summary>Fifths of what a pair can be worth: the first thresholds say how many are far below what the programme hopes for.</summary>
    private int[] Bands()
    {
        var most = _rules.Policy.Weights.Sum(weight => weight.Points);
        return [.. Enumerable.Range(1, 4).Select(fifth => most * fifth / 5).Where(points => points > 0).Distinct()];
    }

    private string WhyNotWeighed() => _rules.Policy.Mode switch
    {
        RunMode.SelfChosen => "They may be a pair, but neither has asked for the other, and this run weighs only pairs in which one has.",
        RunMode.ManagerPicked => "They may be a pair, but were not among those the programme manager picked for this run.",
        _ => $"They may be a pair, but are not among the {_perMentee} best for the mentee; a pool of this size is weighed to that depth.",
    };
}

/// <summary>What shows, with the pairs, that no other choice is better: a price for every mentee and mentor of the pool, in its order.</summary>
/// <param name="PriorityServed">Mentees with a strategic priority who are served.</param>
/// <param name="Total">Points of all pairs, less a point for each mentee's place left empty.</param>
/// <param name="Bonus">What keeping a pair of the earlier run counted beside the points.</param>
public sealed record Proof(int PriorityServed, long Total, IReadOnlyList<long> MenteePrices, IReadOnlyList<long> MentorPrices, int Bonus = 0);

/// <summary>A pair by its positions in the pool.</summary>
public readonly record struct RankedPair(int Mentor, int Mentee, int Score);

/// <summary>A pair a run proposes.</summary>
/// <param name="Points">By criterion; they add up to <paramref name="Score"/>.</param>
/// <param name="Topics">What the mentor brings of what the mentee needs.</param>
/// <param name="TopicsBack">In a reciprocal programme, what the mentee brings of what the mentor needs; otherwise null.</param>
/// <param name="Reason">Why this pair, in words both may read.</param>
/// <param name="SameChain">In the same reporting line at the distance the programme allows: the mentee has to confirm having no authority.</param>
public sealed record MatchedPair(
    Guid MentorId,
    Guid MenteeId,
    int Score,
    IReadOnlyList<CriterionPoints> Points,
    IReadOnlyList<TopicLevel> Topics,
    IReadOnlyList<TopicLevel>? TopicsBack,
    string Reason,
    Gains Gains,
    bool SameChain);

/// <summary>The exchange: what each side gains.</summary>
public sealed record Gains(string Mentor, string Mentee);

public enum ExplanationKind
{
    /// <summary>They are a pair of this run.</summary>
    Pair,

    /// <summary>A rule does not allow it.</summary>
    Forbidden,

    /// <summary>Allowed, but the programme as a whole would be worse off.</summary>
    NotChosen,

    /// <summary>Allowed, but not among the pairs this run was to weigh.</summary>
    NotWeighed,
}

/// <summary>Why two people are, or are not, a pair of a run.</summary>
/// <param name="Rule">The rule that forbids it.</param>
/// <param name="Loss">
/// Exactly what the programme would lose in points if they were made a pair; a mentee left without a pair counts a point. Where a mentee with a
/// strategic priority would go without, which outweighs all points, it may be below zero; the words say so.
/// </param>
/// <param name="Points">What the pair is or would be worth, by criterion.</param>
public sealed record Explanation(
    ExplanationKind Kind, string? Rule, string Words, long? Loss, IReadOnlyList<CriterionPoints>? Points);
