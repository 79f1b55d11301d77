using Mentoring.Assignment;
using Mentoring.Contracts.Participants;

namespace Mentoring.Matching.Runs;

/// <summary>Someone a run could not place.</summary>
/// <param name="Relaxation">The smallest change that would help; null in the list of a large run, where it is worked out for one person at a time.</param>
public sealed record UnmatchedMember(Guid PersonId, Side Side, string Words, string? Relaxation);

/// <summary>Whoever could have been matched in a run and was not, and why.</summary>
internal sealed class Unmatched(PairRules rules, Problem problem, Solution solution, int bonus)
{
    /// <summary>Comparisons that a list may take: about a second. Who comes after is told of in full when asked for.</summary>
    private const long MostComparisons = 10_000_000;

    // Whom a rule protects it protects whatever would be gained: whose turn it is, who has a place, that there is no authority inside a pair.
    private readonly int _notToRelax = rules.BitsOf(
        [HardRules.Wave, HardRules.Capacity, HardRules.Direction, HardRules.Grades, HardRules.Authority, HardRules.BlockedPair, HardRules.OtherWayRound]);

    private long _comparisonsLeft = MostComparisons;

    /// <summary>Mentees first, each side in the order of the pool.</summary>
    public IReadOnlyList<UnmatchedMember> All()
    {
        var matchedMentees = new bool[rules.Mentees.Length];
        var matchedMentors = new bool[rules.Mentors.Length];
        foreach (var edge in solution.Edges) (matchedMentees[problem.RowOf(edge)], matchedMentors[problem.ColumnOf(edge)]) = (true, true);
        var menteesOf = MenteesOfMentors();
        return
        [
            .. from row in Enumerable.Range(0, rules.Mentees.Length)
               where Candidates.IsTurnOf(rules.Mentees[row], rules.Policy) && !matchedMentees[row]
               select Tell(Side.Mentee, row, MentorsOf(row)),
            .. from column in Enumerable.Range(0, rules.Mentors.Length)
               where rules.Mentors[column].FreePlaces > 0 && !matchedMentors[column]
               select Tell(Side.Mentor, column, menteesOf[column]),
        ];
    }

    /// <summary>Null when matched, or not there to be.</summary>
    public UnmatchedMember? One(Side side, int at)
    {
        _comparisonsLeft = long.MaxValue;
        return side == Side.Mentee
            ? Candidates.IsTurnOf(rules.Mentees[at], rules.Policy) && solution.Edges.All(edge => problem.RowOf(edge) != at)
                ? Tell(side, at, MentorsOf(at))
                : null
            : rules.Mentors[at].FreePlaces > 0 && solution.Edges.All(edge => problem.ColumnOf(edge) != at)
                ? Tell(side, at, MenteesOfMentors()[at])
                : null;
    }

    private UnmatchedMember Tell(Side side, int at, int possible)
    {
        var (me, others, other) = side == Side.Mentee ? (rules.Mentees[at], rules.Mentors, "mentor") : (rules.Mentors[at], rules.Mentees, "mentee");
        if (rules.Policy.Mode == RunMode.ManagerPicked)
            return new(me.PersonId, side, "The programme manager has not picked them in this run.", "A run over the whole pool.");
        if (possible > 0)
        {
            return side == Side.Mentee
                ? new(me.PersonId, side,
                    $"{Criteria.Count(possible, "mentor")} would be possible, but each is worth at least as much to the programme in another pair.",
                    "One more place for one of these mentors, or one more mentor for the same topics." + PriceOfServing(at))
                : new(me.PersonId, side,
                    $"{Criteria.Count(possible, "mentee")} would be possible, but each has a mentor who is worth at least as much to the programme.",
                    "More mentees in this wave, or the next wave.");
        }
        _comparisonsLeft -= others.Length;
        return _comparisonsLeft < 0 ? new(me.PersonId, side, $"No {other} meets every rule.", null) : Without(side, me, others, other);
    }

    /// <summary>What it would cost to serve a mentee all the same, exactly: one shortest path, which is long only where the pool is large.</summary>
    private string PriceOfServing(int row)
    {
        _comparisonsLeft -= problem.Edges;
        return _comparisonsLeft < 0 ? "" : Loss.OfServing(problem, solution, row) switch
        {
            null => "",
            { PriorityServed: > 0 and var served } => $" Served all the same, {Criteria.Count(served, "mentee")} with a strategic priority would go without.",
            { Total: 0 } => " To serve this mentee instead of another would cost the programme nothing.",
            { Total: var lost } => $" To serve this mentee all the same would cost the programme {Criteria.Count(lost, "point")}{BonusOf()}.",
        };
    }

    private string BonusOf() => bonus > 0 ? $", where keeping a pair of the earlier run counts {bonus}" : "";

    /// <summary>Nobody is possible: which fewest rules stand in the way, and for how many they are all that does.</summary>
    private UnmatchedMember Without(Side side, Profile me, Profile[] others, string other)
    {
        var counts = new Dictionary<int, int>();
        foreach (var candidate in others)
        {
            var broken = rules.AllBroken(side == Side.Mentee ? Meeting.Of(candidate, me) : Meeting.Of(me, candidate));
            if ((broken & _notToRelax) == 0) counts[broken] = counts.GetValueOrDefault(broken) + 1;
        }
        if (counts.Remove(0, out var allowed))
        {
            return new(me.PersonId, side, $"{Criteria.Count(allowed, other)} would be possible, but nobody asked for the other.",
                "A wish on either side, or a run over the whole pool.");
        }
        if (counts.Count == 0) return new(me.PersonId, side, $"No {other} with a free place may be matched here, whatever rule is relaxed.", $"More {other}s.");
        var (nearest, count) = counts
            .OrderBy(one => int.PopCount(one.Key)).ThenByDescending(one => one.Value).ThenBy(one => one.Key).First();
        return new(me.PersonId, side, $"No {other} meets every rule.",
            $"Without {string.Join(" + ", rules.NamesOf(nearest))}, {Criteria.Count(count, other)} would be possible.");
    }

    private int MentorsOf(int row) => problem.EdgesOf(row).End.Value - problem.EdgesOf(row).Start.Value;

    private int[] MenteesOfMentors()
    {
        var counts = new int[rules.Mentors.Length];
        for (var edge = 0; edge < problem.Edges; edge++) counts[problem.ColumnOf(edge)]++;
        return counts;
    }
}
