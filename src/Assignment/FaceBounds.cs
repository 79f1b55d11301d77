namespace Mentoring.Assignment;

/// <summary>
/// What the best solutions of a problem have in common: edges that all of them choose, edges that some do, and how many of these each row and
/// column takes, at least and at most.
/// </summary>
/// <remarks>
/// Read off the prices by complementary slackness. Of a row's places the first may be worth more than the others, so that between "none" and
/// "full" there are "exactly one", "at most one" and "at least one"; nothing else occurs, nor arises when edges that are always chosen are
/// taken out.
/// </remarks>
internal sealed class FaceBounds
{
    private readonly Problem _problem;
    private readonly int[] _rowLeast;
    private readonly int[] _rowMost;
    private readonly int[] _columnLeast;
    private readonly int[] _columnMost;
    private readonly int[] _rowStart;

    private FaceBounds(Problem problem, Solution solution)
    {
        _problem = problem;
        (_rowLeast, _rowMost) = (new int[problem.Rows], (int[])problem.RowPlaces.Clone());
        (_columnLeast, _columnMost) = (new int[problem.Columns], (int[])problem.ColumnPlaces.Clone());
        var locks = new int[problem.Rows];
        foreach (var edge in problem.Locks)
        {
            locks[problem.RowOf(edge)]++;
            _columnMost[problem.ColumnOf(edge)]--;
        }
        for (var row = 0; row < problem.Rows; row++) (_rowLeast[row], _rowMost[row]) = OfRow(row, locks[row], solution.RowPrices[row]);
        for (var column = 0; column < problem.Columns; column++)
            if (solution.ColumnPrices[column] > 0) _columnLeast[column] = _columnMost[column];
        var (tight, always) = TightEdges(solution);
        TakeOut(always);
        (FixedEdges, FreeEdges, _rowStart) = ([.. always], [], new int[problem.Rows + 1]);
        FreeEdges = Usable(tight);
        LimitToDegree();
    }

    /// <summary>Of a solution whose certificate holds.</summary>
    public static FaceBounds Of(Problem problem, Solution solution) => new(problem, solution);

    /// <summary>Chosen by all, without the locked ones.</summary>
    public int[] FixedEdges { get; }

    /// <summary>Chosen by some, rising.</summary>
    public int[] FreeEdges { get; }

    /// <summary>
    /// The best choice of free edges by these weights, as a problem; an edge there has the number it has in <see cref="FreeEdges"/>. Every end that
    /// must be full is, since a weight above all others asks for it.
    /// </summary>
    /// <param name="weights">0 or 1, or 0 or −1: two choices then differ by no more than there are places.</param>
    /// <returns>The problem, and column prices at which it is easily told what is out of place.</returns>
    public (Problem Problem, long[] ColumnPrices) ToProblem(int[] weights)
    {
        var places = 0L;
        foreach (var most in _rowMost) places += most;
        var must = checked((int)places + 1);
        var columns = new int[FreeEdges.Length];
        var scores = new int[FreeEdges.Length];
        for (var edge = 0; edge < FreeEdges.Length; edge++)
        {
            columns[edge] = _problem.EdgeColumn[FreeEdges[edge]];
            scores[edge] = weights[edge] + (_columnLeast[columns[edge]] > 0 ? must : 0);
        }
        var prices = new long[_problem.Rows];
        var priority = new bool[_problem.Rows];
        for (var row = 0; row < prices.Length; row++)
        {
            if (_rowLeast[row] == _rowMost[row]) prices[row] = must;
            else priority[row] = _rowLeast[row] > 0;
        }
        return (
            new Problem(_problem.Rows, _problem.Columns, _rowStart, columns, scores, [], _rowMost, _columnMost, prices, priority),
            Array.ConvertAll(_columnLeast, least => least > 0 ? (long)must : 0));
    }

    private (int Least, int Most) OfRow(int row, int locks, long rowPrice)
    {
        var most = _problem.RowPlaces[row] - locks;
        // A row that a lock serves is served: none of its other places is the first.
        var first = _problem.Priority[row] && locks == 0 && most > 0;
        var worth = rowPrice + _problem.PriceOfEmpty[row];
        if (worth > 0) return (most, most);
        if (worth == 0) return (first ? 1 : 0, most);
        if (!first) return (0, 0);
        return (worth + _problem.PriorityWeight) switch
        {
            > 0 => (1, 1),
            0 => (0, 1),
            < 0 => (0, 0),
        };
    }

    private (List<int> Tight, List<int> Always) TightEdges(Solution solution)
    {
        var (tight, always) = (new List<int>(), new List<int>());
        var columnPrices = solution.ColumnPrices as long[] ?? [.. solution.ColumnPrices];
        var nextLock = 0;
        for (var row = 0; row < _problem.Rows; row++)
        {
            var rowPrice = solution.RowPrices[row];
            for (var edge = _problem.RowStart[row]; edge < _problem.RowStart[row + 1]; edge++)
            {
                var worth = _problem.EdgeScore[edge] - rowPrice - columnPrices[_problem.EdgeColumn[edge]];
                if (nextLock < _problem.Locks.Length && _problem.Locks[nextLock] == edge) nextLock++;
                else if (worth == 0) tight.Add(edge);
                else if (worth > 0) always.Add(edge);
            }
        }
        return (tight, always);
    }

    private void TakeOut(List<int> always)
    {
        var row = 0;
        foreach (var edge in always)
        {
            while (edge >= _problem.RowStart[row + 1]) row++;
            var column = _problem.EdgeColumn[edge];
            _rowMost[row]--;
            _columnMost[column]--;
            _rowLeast[row] = Math.Max(0, _rowLeast[row] - 1);
            _columnLeast[column] = Math.Max(0, _columnLeast[column] - 1);
        }
    }

    private int[] Usable(List<int> tight)
    {
        var usable = new List<int>(tight.Count);
        var row = 0;
        foreach (var edge in tight)
        {
            while (edge >= _problem.RowStart[row + 1]) row++;
            if (_rowMost[row] == 0 || _columnMost[_problem.EdgeColumn[edge]] == 0) continue;
            usable.Add(edge);
            _rowStart[row + 1]++;
        }
        for (row = 0; row < _problem.Rows; row++) _rowStart[row + 1] += _rowStart[row];
        return [.. usable];
    }

    private void LimitToDegree()
    {
        var degree = new int[_problem.Columns];
        foreach (var edge in FreeEdges) degree[_problem.EdgeColumn[edge]]++;
        for (var column = 0; column < degree.Length; column++) _columnMost[column] = Math.Min(_columnMost[column], degree[column]);
        for (var row = 0; row < _rowMost.Length; row++) _rowMost[row] = Math.Min(_rowMost[row], _rowStart[row + 1] - _rowStart[row]);
    }
}
