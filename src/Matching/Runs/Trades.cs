using Mentoring.Assignment;

namespace Mentoring.Matching.Runs;

/// <summary>What a run traded for the best total: a mentee who would have got more points from somebody else.</summary>
/// <param name="MenteeId">Who would have.</param>
/// <param name="MentorId">Whom the mentee got; null for nobody.</param>
/// <param name="Score">What that pair is worth; 0 for nobody.</param>
/// <param name="BestId">Whom the mentee would have got the most from, of those weighed.</param>
/// <param name="BestScore">What that pair would be worth.</param>
/// <param name="GoneToIds">With whom that one is instead; empty where a place of theirs stays free, because the mentee is locked to somebody else.</param>
public sealed record Trade(Guid MenteeId, Guid? MentorId, int Score, Guid BestId, int BestScore, IReadOnlyList<Guid> GoneToIds)
{
    public int GivenUp => BestScore - Score;
}

/// <summary>All trades of a run, the largest first.</summary>
internal static class Trades
{
    public static IReadOnlyList<Trade> Of(PairRules rules, Problem problem, Solution solution)
    {
        var mentorsOf = solution.Edges.ToLookup(problem.RowOf);
        var menteesOf = solution.Edges.ToLookup(problem.ColumnOf, problem.RowOf);
        var trades = new List<Trade>();
        for (var row = 0; row < problem.Rows; row++)
        {
            if (!Candidates.IsTurnOf(rules.Mentees[row], rules.Policy)) continue;
            var (first, end) = (problem.EdgesOf(row).Start.Value, problem.EdgesOf(row).End.Value);
            // Of several mentors only the one who brings least is compared: the best may be among the others.
            int? got = mentorsOf[row].Any() ? mentorsOf[row].MinBy(problem.ScoreOf) : null;
            var best = -1;
            for (var edge = first; edge < end; edge++)
                if (!mentorsOf[row].Contains(edge) && (best < 0 || problem.ScoreOf(edge) > problem.ScoreOf(best))) best = edge;
            if (best < 0 || (got is { } chosen && problem.ScoreOf(best) <= problem.ScoreOf(chosen))) continue;
            trades.Add(new Trade(
                rules.Mentees[row].PersonId,
                got is { } mine ? rules.Mentors[problem.ColumnOf(mine)].PersonId : null,
                got is { } worth ? problem.ScoreOf(worth) : 0,
                rules.Mentors[problem.ColumnOf(best)].PersonId,
                problem.ScoreOf(best),
                [.. menteesOf[problem.ColumnOf(best)].Select(other => rules.Mentees[other].PersonId)]));
        }
        return [.. trades.OrderByDescending(trade => trade.GivenUp).ThenBy(trade => trade.MenteeId)];
    }
}
