using Mentoring.Assignment;
using Mentoring.Contracts.Participants;
using Mentoring.Matching.Pool;

namespace Mentoring.Matching.Runs;

/// <summary>
/// The best pairs of a pool under a policy, and why: pure, and the same for the same input. Mentees are the rows, since it is they who
/// are to be served; mentors are the columns.
/// </summary>
public sealed class Matcher
{
    // So that a pair worth no points is still better than no pair.
    private const int PriceOfNoPair = 1;

    private readonly Policy _policy;
    private readonly PairRules _rules;
    private readonly Profile[] _mentors;
    private readonly Profile[] _mentees;

    // Over the whole pool, so that rows and columns are positions in it; who is not free or not in the wave has no edge.
    private readonly Problem _problem;
    private Solution? _solution;

    private Matcher(PairRules rules, IReadOnlyList<Couple> locks)
    {
        _policy = rules.Policy;
        _rules = rules;
        _mentors = rules.Mentors;
        _mentees = rules.Mentees;
        _problem = Build(locks);
    }

    /// <summary>Finds and scores the candidates. The locks must pass <see cref="PairRules.CheckLocks"/>.</summary>
    public static Matcher Prepare(Policy policy, PoolSnapshot pool, IReadOnlyList<Couple> locks, IReadOnlyList<Couple> bans) =>
        new(new PairRules(policy, pool, bans), locks);

    /// <summary>Mentees of this wave with a place free.</summary>
    public int Mentees => _mentees.Count(IsTurnOf);

    /// <summary>Mentors with a place free.</summary>
    public int Mentors => _mentors.Count(mentor => mentor.Member.FreePlaces > 0);

    /// <summary>Allowed pairs.</summary>
    public int Candidates => _problem.Edges;

    /// <summary>Solves, once; explanations need it.</summary>
    public void Solve(IProgress<SolveProgress>? progress = null, CancellationToken cancellationToken = default) =>
        _solution = Solver.Solve(_problem, progress, cancellationToken);

    /// <summary>The proof that nothing better exists, checked apart from the solver.</summary>
    public Certificate Prove() => Certificate.Check(_problem, Solved);

    public IReadOnlyList<MatchedPair> Pairs() =>
        [.. Solved.Edges.Select(edge => Describe(_mentors[_problem.ColumnOf(edge)], _mentees[_problem.RowOf(edge)]))];

    /// <summary>Whoever could have been matched in this run and was not, with the smallest change that would help.</summary>
    public IReadOnlyList<UnmatchedMember> Unmatched()
    {
        var matchedMentees = Solved.Edges.Select(_problem.RowOf).ToHashSet();
        var matchedMentors = Solved.Edges.Select(_problem.ColumnOf).ToHashSet();
        var mentorDegree = new int[_mentors.Length];
        for (var edge = 0; edge < _problem.Edges; edge++) mentorDegree[_problem.ColumnOf(edge)]++;

        var mentees =
            from row in Enumerable.Range(0, _mentees.Length)
            where IsTurnOf(_mentees[row]) && !matchedMentees.Contains(row)
            let possible = _problem.EdgesOf(row).End.Value - _problem.EdgesOf(row).Start.Value
            select possible > 0
                ? new UnmatchedMember(_mentees[row].PersonId, Side.Mentee,
                    $"{Count(possible, "mentor")} would be possible, but each is worth more to the programme in another pair.",
                    "One more place for one of these mentors, or one more mentor for the same topics.")
                : Without(_mentees[row], Side.Mentee, "mentor", _mentors, (mentor, mentee) => _rules.AllBroken(mentor, mentee));
        var mentors =
            from column in Enumerable.Range(0, _mentors.Length)
            where _mentors[column].Member.FreePlaces > 0 && !matchedMentors.Contains(column)
            select mentorDegree[column] > 0
                ? new UnmatchedMember(_mentors[column].PersonId, Side.Mentor,
                    $"{Count(mentorDegree[column], "mentee")} would be possible, but each has a mentor who is worth more to the programme.",
                    "More mentees in this wave, or the next wave.")
                : Without(_mentors[column], Side.Mentor, "mentee", _mentees, (mentee, mentor) => _rules.AllBroken(mentor, mentee));
        return [.. mentees, .. mentors];
    }

    /// <summary>Why these two are a pair, or are not; null when one of them is not in the pool.</summary>
    public Explanation? Explain(Guid mentorId, Guid menteeId)
    {
        if (_rules.MentorAt(mentorId) is not { } column || _rules.MenteeAt(menteeId) is not { } row) return null;
        var (mentor, mentee) = (_mentors[column], _mentees[row]);
        if (_rules.Broken(mentor, mentee) is { } broken)
            return new Explanation(ExplanationKind.Forbidden, broken.Rule, broken.Words, null, null);

        var points = Criteria.Explain(_policy, mentor, mentee);
        var score = points.Sum(part => part.Points);
        if (Solved.Edges.Contains(_problem.EdgeBetween(row, column)!.Value))
            return new Explanation(ExplanationKind.Pair, null, $"They are proposed as a pair worth {Count(score, "point")}.", null, points);

        var loss = Loss.OfForcing(_problem, Solved, row, column);
        var words = loss switch
        {
            null => "A pair that the programme manager has locked takes the place they would need.",
            { PriorityServed: > 0 and var served } =>
                $"Together the programme would serve {Count(served, "mentee")} with a strategic priority fewer.",
            { Total: 0 } => $"They would be worth {Count(score, "point")}, and the programme would lose nothing: another choice is as good.",
            { Total: var lost } => $"They would be worth {Count(score, "point")}, but the programme as a whole would lose {Count(lost, "point")}.",
        };
        return new Explanation(ExplanationKind.NotChosen, null, words, loss?.Total, points);
    }

    private Solution Solved => _solution ?? throw new InvalidOperationException("Solve first.");

    private Problem Build(IReadOnlyList<Couple> locks)
    {
        var builder = new ProblemBuilder(_mentees.Length, _mentors.Length);
        for (var column = 0; column < _mentors.Length; column++) builder.ColumnPlaces(column, Math.Max(0, _mentors[column].Member.FreePlaces));

        var byTopic = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var column = 0; column < _mentors.Length; column++)
        {
            foreach (var topic in _mentors[column].Offers.Keys)
            {
                if (!byTopic.TryGetValue(topic, out var columns)) byTopic[topic] = columns = [];
                columns.Add(column);
            }
        }
        var seen = new int[_mentors.Length];
        for (var row = 0; row < _mentees.Length; row++)
        {
            var mentee = _mentees[row];
            // Others are not this run's to serve: no places, so that none of theirs counts as left empty.
            builder.RowPlaces(row, IsTurnOf(mentee) ? mentee.Member.FreePlaces : 0).PriceOfEmpty(row, PriceOfNoPair);
            if (!IsTurnOf(mentee)) continue;
            if (mentee.PriorityNeeds.Length > 0) builder.Prioritise(row);

            var nearby = _policy.Asks(HardRules.TopicOverlap)
                ? mentee.Needs.Keys.SelectMany(topic => byTopic.TryGetValue(topic, out var columns) ? columns : [])
                : Enumerable.Range(0, _mentors.Length);
            foreach (var column in nearby)
            {
                if (seen[column] == row + 1) continue;
                seen[column] = row + 1;
                if (_rules.Broken(_mentors[column], mentee) is null)
                    builder.Edge(row, column, Criteria.Score(_policy, _mentors[column], mentee));
            }
        }
        foreach (var couple in locks) builder.Lock(_rules.MenteeAt(couple.MenteeId)!.Value, _rules.MentorAt(couple.MentorId)!.Value);
        return builder.Build();
    }

    private bool IsTurnOf(Profile mentee) => mentee.Member.Wave == _policy.Wave && mentee.Member.FreePlaces > 0;

    /// <summary>Nobody is possible: which fewest rules stand in the way, and for how many they are all that does.</summary>
    private static UnmatchedMember Without(
        Profile me, Side side, string other, Profile[] others, Func<Profile, Profile, IReadOnlyList<string>> broken)
    {
        // Who may be given up: not whose turn it is, who has a place, or that there is no authority inside a pair.
        string[] notToRelax = [HardRules.Wave, HardRules.Capacity, HardRules.Direction, HardRules.Authority, HardRules.BlockedPair];
        var nearest = others
            .Select(candidate => broken(candidate, me))
            .Where(rules => !rules.Intersect(notToRelax).Any())
            .GroupBy(rules => string.Join(" + ", rules), StringComparer.Ordinal)
            .OrderBy(group => group.First().Count).ThenByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
            .FirstOrDefault();
        return nearest is null
            ? new UnmatchedMember(me.PersonId, side, $"No {other} with a free place may be matched here, whatever rule is relaxed.",
                $"More {other}s.")
            : new UnmatchedMember(me.PersonId, side, $"No {other} meets every rule.",
                $"Without {nearest.Key}, {Count(nearest.Count(), other)} would be possible.");
    }

    private MatchedPair Describe(Profile mentor, Profile mentee)
    {
        var points = Criteria.Explain(_policy, mentor, mentee);
        var topics = mentor.Brings(mentee);
        var inReturn = mentee.Brings(mentor);
        var labels = Criteria.List([.. topics.Take(3).Select(topic => topic.Label)]);
        var why = points.Where(part => part.Points > 0 && part.Criterion is not ("gap" or "wishes" or "priority"))
            .OrderByDescending(part => part.Points).Take(1).Select(part => ' ' + part.Words);
        var reason = (topics.Count > 0
            ? $"One of you works with {labels}; the other asked to learn it from someone who does."
            : "You complement each other in what this programme is about.") + string.Concat(why);
        return new MatchedPair(
            mentor.PersonId,
            mentee.PersonId,
            points.Sum(part => part.Points),
            points,
            topics,
            reason,
            new Gains(
                inReturn.Count > 0
                    ? $"Insight into {Criteria.List([.. inReturn.Take(3).Select(topic => topic.Label)])}, and being heard where decisions are made."
                    : "Being heard where decisions are made, and practice in advising at that level.",
                topics.Count > 0
                    ? $"First-hand knowledge of {labels}, from someone who uses it."
                    : "A view of the organisation that does not reach this level otherwise."),
            mentor.DistanceTo(mentee) is not null);
    }

    private static string Count(long count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}

/// <summary>A pair a run proposes.</summary>
/// <param name="Points">By criterion; they add up to <paramref name="Score"/>.</param>
/// <param name="Topics">What the mentor brings of what the mentee needs.</param>
/// <param name="Reason">Why this pair, in words both may read.</param>
/// <param name="SameChain">In the same reporting line at the distance the programme allows: the mentee has to confirm having no authority.</param>
public sealed record MatchedPair(
    Guid MentorId,
    Guid MenteeId,
    int Score,
    IReadOnlyList<CriterionPoints> Points,
    IReadOnlyList<TopicLevel> Topics,
    string Reason,
    Gains Gains,
    bool SameChain);

/// <summary>The exchange: what each side gains.</summary>
public sealed record Gains(string Mentor, string Mentee);

/// <summary>Someone a run could not place.</summary>
/// <param name="Relaxation">The smallest change that would help.</param>
public sealed record UnmatchedMember(Guid PersonId, Side Side, string Words, string Relaxation);

public enum ExplanationKind
{
    /// <summary>They are a pair of this run.</summary>
    Pair,

    /// <summary>A rule does not allow it.</summary>
    Forbidden,

    /// <summary>Allowed, but the programme as a whole would be worse off.</summary>
    NotChosen,
}

/// <summary>Why two people are, or are not, a pair of a run.</summary>
/// <param name="Rule">The rule that forbids it.</param>
/// <param name="Loss">Exactly what the programme would lose if they were made a pair; a mentee left without a pair counts a point.</param>
/// <param name="Points">What the pair is or would be worth, by criterion.</param>
public sealed record Explanation(
    ExplanationKind Kind, string? Rule, string Words, long? Loss, IReadOnlyList<CriterionPoints>? Points);
