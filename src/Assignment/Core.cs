using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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

    // A column's fourth best of every eighth row is about its thirtieth of all.
    private const int Sampled = 8;
    private const int BestOfSample = 4;

    private const int TwoVectors = 2 * 8;

    private readonly Problem _problem;

    // By their numbers in the whole, rising.
    private int[] _edges = [];

    private Core(Problem problem) => _problem = problem;

    // With more, the core tells too little of the whole.
    private int MostJoined => _problem.Rows + _problem.Columns;

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
            var joined = core.WorthMore(solution);
            if (joined.Count == 0) return solution with { Edges = [.. solution.Edges.Select(edge => core._edges[edge])] };
            if (joined.Count > core.MostJoined) return null;
            core._edges = [.. core._edges, .. joined];
            Array.Sort(core._edges);
        }
        return null;
    }

    private void TakeBest()
    {
        var (edgeScore, edgeColumn) = (_problem.EdgeScore, _problem.EdgeColumn);
        var (ofRows, ofColumns) = (new BestFew(new int[_problem.Rows]), new BestFew(LeastOfColumns()));
        for (var row = 0; row < _problem.Rows; row++)
        {
            var (edge, first, end) = (_problem.RowStart[row], _problem.RowStart[row], _problem.RowStart[row + 1]);
            var complete = end - first == _problem.Columns;
            ofRows.Least[row] = complete ? LeastOfRow(edgeScore.AsSpan(first..end)) : int.MinValue;
            while (complete)
            {
                edge += Passed(edgeScore.AsSpan(edge..end), ofColumns.Least.AsSpan(edge - first), ofRows.Least[row], out var better);
                if (better == 0) break;
                for (; better != 0; better &= better - 1)
                {
                    var at = edge + BitOperations.TrailingZeroCount(better);
                    Offer(row, at - first, at);
                }
                edge += TwoVectors;
            }
            for (; edge < end; edge++) Offer(row, edgeColumn[edge], edge);
        }
        _edges = Rising(ofRows.All, ofColumns.All);

        void Offer(int row, int column, int edge)
        {
            var one = new Kept(edgeScore[edge], edge, row);
            ofRows.Offer(row, one);
            ofColumns.Offer(column, one);
        }
    }

    /// <summary>Passes over edges, sixteen at a time, that score no more than both their column's least and their row's: most do not.</summary>
    /// <param name="above">Which of the next sixteen score more; none, when fewer are left.</param>
    private static int Passed(ReadOnlySpan<int> scores, ReadOnlySpan<int> leastOfColumns, int leastOfRow, out uint above)
    {
        ref var score = ref MemoryMarshal.GetReference(scores);
        ref var ofColumn = ref MemoryMarshal.GetReference(leastOfColumns);
        var ofRow = Vector256.Create(leastOfRow);
        var at = 0;
        for (above = 0; at <= scores.Length - TwoVectors; at += TwoVectors)
        {
            var low = Vector256.GreaterThan(Vector256.LoadUnsafe(ref score, (nuint)at), Vector256.Min(ofRow, Vector256.LoadUnsafe(ref ofColumn, (nuint)at)));
            var high = Vector256.GreaterThan(Vector256.LoadUnsafe(ref score, (nuint)at + 8), Vector256.Min(ofRow, Vector256.LoadUnsafe(ref ofColumn, (nuint)at + 8)));
            if ((low | high) == Vector256<int>.Zero) continue;
            above = low.ExtractMostSignificantBits() | high.ExtractMostSignificantBits() << 8;
            break;
        }
        return at;
    }

    /// <summary>
    /// What the best few of a complete row all score more than, found beforehand so that little else is kept on the way: as many of 32 parts of the
    /// row have one that does.
    /// </summary>
    private static int LeastOfRow(ReadOnlySpan<int> scores)
    {
        const int lanes = 2 * TwoVectors;
        var least = Vector256.Create(int.MinValue);
        var (one, two, three, four) = (least, least, least, least);
        ref var score = ref MemoryMarshal.GetReference(scores);
        for (var at = 0; at <= scores.Length - lanes; at += lanes)
        {
            one = Vector256.Max(one, Vector256.LoadUnsafe(ref score, (nuint)at));
            two = Vector256.Max(two, Vector256.LoadUnsafe(ref score, (nuint)at + 8));
            three = Vector256.Max(three, Vector256.LoadUnsafe(ref score, (nuint)at + 16));
            four = Vector256.Max(four, Vector256.LoadUnsafe(ref score, (nuint)at + 24));
        }
        Span<int> largest = stackalloc int[lanes];
        one.CopyTo(largest);
        two.CopyTo(largest[8..]);
        three.CopyTo(largest[16..]);
        four.CopyTo(largest[24..]);
        largest.Sort();
        return JustBelow(largest[^Best]);
    }

    /// <summary>About the same of the columns, by a sample of the complete rows: a column may be left with fewer.</summary>
    private int[] LeastOfColumns()
    {
        var columns = _problem.Columns;
        var best = new int[BestOfSample * columns];
        Array.Fill(best, int.MinValue);
        for (var row = 0; row < _problem.Rows; row += Sampled)
        {
            var (first, end) = (_problem.RowStart[row], _problem.RowStart[row + 1]);
            if (end - first != columns) continue;
            for (var column = 0; column <= columns - Vector256<int>.Count; column += Vector256<int>.Count)
            {
                var score = Vector256.LoadUnsafe(ref _problem.EdgeScore[first + column]);
                for (var at = column; at < best.Length; at += columns)
                {
                    var better = Vector256.LoadUnsafe(ref best[at]);
                    Vector256.Max(score, better).StoreUnsafe(ref best[at]);
                    score = Vector256.Min(score, better);
                }
            }
        }
        return Array.ConvertAll(best[^columns..], JustBelow);
    }

    private static int JustBelow(int score) => Math.Max(score, int.MinValue + 1) - 1;

    /// <summary>All that was kept, each once.</summary>
    private int[] Rising(Kept[] ofRows, Kept[] ofColumns)
    {
        var start = new int[_problem.Rows + 1];
        foreach (var kept in ofColumns)
            if (kept.Edge >= 0) start[kept.Row + 1]++;
        foreach (var kept in ofRows)
            if (kept.Edge >= 0) start[kept.Row + 1]++;
        for (var row = 0; row < _problem.Rows; row++) start[row + 1] += start[row];
        var (next, edges) = (start[..^1], new int[start[^1]]);
        foreach (var kept in ofColumns)
            if (kept.Edge >= 0) edges[next[kept.Row]++] = kept.Edge;
        foreach (var kept in ofRows)
            if (kept.Edge >= 0) edges[next[kept.Row]++] = kept.Edge;
        var count = 0;
        for (var row = 0; row < _problem.Rows; row++)
        {
            var ofRow = edges.AsSpan(start[row]..start[row + 1]);
            ofRow.Sort();
            foreach (var edge in ofRow)
                if (count == 0 || edges[count - 1] != edge) edges[count++] = edge;
        }
        return edges[..count];
    }

    private Problem ToProblem()
    {
        var start = new int[_problem.Rows + 1];
        var (columns, scores) = (new int[_edges.Length], new int[_edges.Length]);
        var at = 0;
        for (var row = 0; row < _problem.Rows; row++)
        {
            var (first, end) = (_problem.RowStart[row], _problem.RowStart[row + 1]);
            for (; at < _edges.Length && _edges[at] < end; at++)
            {
                columns[at] = end - first == _problem.Columns ? _edges[at] - first : _problem.EdgeColumn[_edges[at]];
                scores[at] = _problem.EdgeScore[_edges[at]];
            }
            start[row + 1] = at;
        }
        return new Problem(
            _problem.Rows, _problem.Columns, start, columns, scores, [], _problem.RowPlaces, _problem.ColumnPlaces, _problem.PriceOfEmpty, _problem.Priority, _problem.Spread);
    }

    /// <summary>Of each row, the few edges that are worth most above their prices; no more than tell that the core is no help.</summary>
    private List<int> WorthMore(Solution solution)
    {
        var joined = new List<int>();
        var (edgeScore, edgeColumn) = (_problem.EdgeScore, _problem.EdgeColumn);
        var columnPrices = (long[])solution.ColumnPrices;
        // A price that is out of a score's reach says the same whichever it is.
        var prices = Array.ConvertAll(columnPrices, price => (int)Math.Min(price, int.MaxValue));
        var narrow = columnPrices.Max() < int.MaxValue / 2 && _problem.WidestScore < int.MaxValue / 2;
        var worth = new long[Best];
        var edges = new int[Best];
        for (var row = 0; row < _problem.Rows && joined.Count <= MostJoined; row++)
        {
            var (edge, first, end) = (_problem.RowStart[row], _problem.RowStart[row], _problem.RowStart[row + 1]);
            var (price, found) = (solution.RowPrices[row], 0);
            var complete = narrow && end - first == _problem.Columns && price is > int.MinValue and < int.MaxValue;
            while (edge < end)
            {
                if (complete) edge += PassedByPrice(edgeScore.AsSpan(edge..end), prices.AsSpan(edge - first), (int)price);
                for (var stop = Math.Min(end, edge + TwoVectors); edge < stop; edge++) found = Rank(edge, price, found);
            }
            // What a row has chosen is in its core, and worth more than its price at times.
            for (var i = 0; i < found; i++)
                if (Array.BinarySearch(_edges, edges[i]) < 0) joined.Add(edges[i]);
        }
        return joined;

        int Rank(int edge, long price, int found)
        {
            var more = edgeScore[edge] - columnPrices[edgeColumn[edge]] - price;
            if (more <= 0 || (found == Best && more <= worth[^1])) return found;
            var at = found < Best ? found++ : Best - 1;
            for (; at > 0 && worth[at - 1] < more; at--) (worth[at], edges[at]) = (worth[at - 1], edges[at - 1]);
            (worth[at], edges[at]) = (more, edge);
            return found;
        }
    }

    /// <summary>Passes over edges, sixteen at a time, that are worth no more than both their prices.</summary>
    private static int PassedByPrice(ReadOnlySpan<int> scores, ReadOnlySpan<int> prices, int rowPrice)
    {
        ref var score = ref MemoryMarshal.GetReference(scores);
        ref var price = ref MemoryMarshal.GetReference(prices);
        var least = Vector256.Create(rowPrice);
        var at = 0;
        for (; at <= scores.Length - TwoVectors; at += TwoVectors)
        {
            var low = Vector256.GreaterThan(Vector256.LoadUnsafe(ref score, (nuint)at) - Vector256.LoadUnsafe(ref price, (nuint)at), least);
            var high = Vector256.GreaterThan(Vector256.LoadUnsafe(ref score, (nuint)at + 8) - Vector256.LoadUnsafe(ref price, (nuint)at + 8), least);
            if ((low | high) != Vector256<int>.Zero) break;
        }
        return at;
    }

    private readonly record struct Kept(int Score, int Edge, int Row)
    {
        public static Kept Nothing { get; } = new(int.MinValue, -1, -1);
    }

    /// <summary>The best few of each row, or of each column: best first, and the earlier first among equals.</summary>
    /// <param name="least">Only what scores more counts.</param>
    private sealed class BestFew(int[] least)
    {
        public int[] Least { get; } = least;

        public Kept[] All { get; } = Nothing(least.Length * Best);

        public void Offer(int whose, Kept one)
        {
            if (one.Score <= Least[whose]) return;
            var few = All.AsSpan(whose * Best, Best);
            var at = Best - 1;
            for (; at > 0 && few[at - 1].Score < one.Score; at--) few[at] = few[at - 1];
            few[at] = one;
            Least[whose] = Math.Max(Least[whose], few[^1].Score);
        }

        private static Kept[] Nothing(int count)
        {
            var all = new Kept[count];
            Array.Fill(all, Kept.Nothing);
            return all;
        }
    }
}
