using System.Numerics;
using System.Runtime.InteropServices;

namespace Mentoring.Assignment;

/// <summary>
/// A dense problem by its core: the best few edges of each row and column are solved, all others are looked at once against the prices, and
/// those that would have been worth more join in.
/// </summary>
/// <remarks>
/// Source: A. Volgenant, "Linear and semi-assignment problems: a core oriented approach", Computers and Operations Research 23 (1996). Exact
/// whatever the core was, because it ends only when no edge at all is worth more than its prices; where that takes too many rounds, the problem
/// is one for the whole solver.
/// </remarks>
internal sealed class Core
{
    private const int Best = 12;
    private const int MostRounds = 8;
    private const int LeastDegree = 256;

    private readonly Problem _problem;
    private readonly List<int>[] _edges;

    private Core(Problem problem)
    {
        _problem = problem;
        _edges = new List<int>[problem.Rows];
        for (var row = 0; row < problem.Rows; row++) _edges[row] = new List<int>(2 * Best);
    }

    /// <summary>Whether a core is much smaller than the whole. Locks and ends without a place are left to the whole solver.</summary>
    public static bool Suits(Problem problem) =>
        problem.Edges / LeastDegree > problem.Rows && problem.Edges / LeastDegree > problem.Columns
        && problem.Locks.Length == 0 && !problem.RowPlaces.Contains(0) && !problem.ColumnPlaces.Contains(0);

    /// <summary>The solution, or null when the core is no help.</summary>
    public static Solution? Solve(Problem problem, Func<Problem, Problem?, Solution?, Solution> solve)
    {
        var core = new Core(problem);
        core.TakeBest();
        Problem? before = null;
        Solution? solution = null;
        for (var round = 0; round < MostRounds; round++)
        {
            var small = core.ToProblem();
            solution = solve(small, before, solution);
            before = small;
            var joined = core.JoinWorthMore(solution);
            if (joined == 0) return core.InTermsOfTheWhole(small, solution);
            if (joined > problem.Rows + problem.Columns) return null;
        }
        return null;
    }

    private void TakeBest()
    {
        var (rows, columns) = (_problem.Rows, _problem.Columns);
        var (edgeScore, edgeColumn) = (_problem.EdgeScore, _problem.EdgeColumn);
        var (columnScore, columnEdge) = (new int[columns * Best], new int[columns * Best]);
        var (columnLeast, rowLeast) = (new int[columns], 0);
        Array.Fill(columnScore, int.MinValue);
        Array.Fill(columnEdge, -1);
        Array.Fill(columnLeast, int.MinValue);
        var rowScore = new int[Best];
        var rowEdge = new int[Best];
        for (var row = 0; row < rows; row++)
        {
            Array.Fill(rowScore, int.MinValue);
            Array.Fill(rowEdge, -1);
            rowLeast = int.MinValue;
            var (first, end) = (_problem.RowStart[row], _problem.RowStart[row + 1]);
            var complete = end - first == columns;
            for (var edge = first; edge < end;)
            {
                if (complete)
                {
                    // Most are no better than what their row and their column have.
                    var least = new Vector<int>(rowLeast);
                    while (edge <= end - Vector<int>.Count
                        && !Vector.GreaterThanAny(new Vector<int>(edgeScore, edge), Vector.Min(least, new Vector<int>(columnLeast, edge - first))))
                        edge += Vector<int>.Count;
                }
                var stop = Math.Min(end, edge + Vector<int>.Count);
                for (; edge < stop; edge++)
                {
                    var (score, column) = (edgeScore[edge], edgeColumn[edge]);
                    if (score > rowLeast || rowEdge[^1] < 0) rowLeast = Keep(rowScore, rowEdge, score, edge);
                    if (score > columnLeast[column] || columnEdge[column * Best + Best - 1] < 0)
                        columnLeast[column] = Keep(columnScore.AsSpan(column * Best, Best), columnEdge.AsSpan(column * Best, Best), score, edge);
                }
            }
            foreach (var edge in rowEdge)
                if (edge >= 0) _edges[row].Add(edge);
        }
        foreach (var edge in columnEdge)
            if (edge >= 0) _edges[_problem.RowOf(edge)].Add(edge);
    }

    /// <summary>Keeps the best, best first; returns the least of them.</summary>
    private static int Keep(Span<int> scores, Span<int> edges, int score, int edge)
    {
        var at = Best - 1;
        while (at > 0 && (scores[at - 1] < score || edges[at - 1] < 0))
        {
            (scores[at], edges[at]) = (scores[at - 1], edges[at - 1]);
            at--;
        }
        (scores[at], edges[at]) = (score, edge);
        return scores[Best - 1];
    }

    private Problem ToProblem()
    {
        var start = new int[_problem.Rows + 1];
        var (columns, scores) = (new List<int>(), new List<int>());
        for (var row = 0; row < _problem.Rows; row++)
        {
            var edges = _edges[row];
            edges.Sort();
            for (var i = 0; i < edges.Count; i++)
            {
                if (i > 0 && edges[i] == edges[i - 1]) continue;
                columns.Add(_problem.EdgeColumn[edges[i]]);
                scores.Add(_problem.EdgeScore[edges[i]]);
            }
            start[row + 1] = columns.Count;
        }
        return new Problem(
            _problem.Rows, _problem.Columns, start, [.. columns], [.. scores], [], _problem.RowPlaces, _problem.ColumnPlaces, _problem.PriceOfEmpty, _problem.Priority, _problem);
    }

    /// <summary>Of each row, the few edges that are worth most above their prices join.</summary>
    private int JoinWorthMore(Solution solution)
    {
        var joined = 0;
        var (edgeScore, edgeColumn) = (_problem.EdgeScore, _problem.EdgeColumn);
        var columnPrices = (long[])solution.ColumnPrices;
        // A price that is out of a score's reach says the same whichever it is.
        var prices = Array.ConvertAll(columnPrices, price => (int)Math.Min(price, int.MaxValue));
        var narrow = columnPrices.Max() < int.MaxValue / 2 && _problem.WidestScore < int.MaxValue / 2;
        var worth = new long[Best];
        var edges = new int[Best];
        for (var row = 0; row < _problem.Rows; row++)
        {
            var (first, end) = (_problem.RowStart[row], _problem.RowStart[row + 1]);
            var price = solution.RowPrices[row];
            var (complete, found) = (narrow && end - first == _problem.Columns && price is > int.MinValue and < int.MaxValue, 0);
            for (var edge = first; edge < end;)
            {
                if (complete)
                {
                    var least = new Vector<int>((int)price);
                    while (edge <= end - Vector<int>.Count && !Vector.GreaterThanAny(new Vector<int>(edgeScore, edge) - new Vector<int>(prices, edge - first), least))
                        edge += Vector<int>.Count;
                }
                var stop = Math.Min(end, edge + Vector<int>.Count);
                for (; edge < stop; edge++)
                {
                    var more = edgeScore[edge] - columnPrices[edgeColumn[edge]] - price;
                    if (more <= 0 || (found == Best && more <= worth[^1])) continue;
                    var at = found < Best ? found++ : Best - 1;
                    for (; at > 0 && worth[at - 1] < more; at--) (worth[at], edges[at]) = (worth[at - 1], edges[at - 1]);
                    (worth[at], edges[at]) = (more, edge);
                }
            }
            // What a row has chosen is in its core, and worth more than its price at times.
            var core = CollectionsMarshal.AsSpan(_edges[row]);
            for (var i = 0; i < found; i++)
            {
                if (core.Contains(edges[i])) continue;
                _edges[row].Add(edges[i]);
                joined++;
            }
        }
        return joined;
    }

    private Solution InTermsOfTheWhole(Problem small, Solution solution) =>
        solution with { Edges = [.. solution.Edges.Select(edge => _problem.EdgeBetween(small.RowOf(edge), small.ColumnOf(edge))!.Value)] };
}
