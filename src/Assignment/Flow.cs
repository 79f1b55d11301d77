namespace Mentoring.Assignment;

/// <summary>
/// The state both the solver and the sensitivity search walk on: which edges are chosen, seen from both ends, and the prices.
/// Locked edges are taken out beforehand: they use up places and never move.
/// </summary>
/// <remarks>
/// Seen as a flow, each place of a row is a unit that either goes over an edge to a column or <em>out</em>, at the price of an
/// empty place; the last unit of a priority row to go out costs <see cref="Problem.PriorityWeight"/> more. Invariant of every
/// residual arc: its reduced cost is not negative:
/// <list type="bullet">
/// <item>edge not chosen: row price + column price − score ≥ 0;</item>
/// <item>edge chosen: score − row price − column price ≥ 0;</item>
/// <item>a unit may still go out: its cost + row price ≥ 0; one has gone out: −(its cost) − row price ≥ 0;</item>
/// <item>column price ≥ 0, and = 0 while a place is free.</item>
/// </list>
/// </remarks>
internal sealed class Flow
{
    private readonly int[] _slotStart;
    private readonly int[] _slotEdge;
    private readonly int[] _slotRow;
    private readonly bool[] _firstUnitCounts;

    public Flow(Problem problem)
    {
        Problem = problem;
        FreeRowPlaces = [.. problem.RowPlaces];
        ColumnPlaces = [.. problem.ColumnPlaces];
        Chosen = new bool[problem.Edges];
        Out = new int[problem.Rows];
        RowPrices = new long[problem.Rows];
        ColumnPrices = new long[problem.Columns];
        Used = new int[problem.Columns];
        _firstUnitCounts = [.. problem.Priority];

        var degree = new int[problem.Columns];
        for (var row = 0; row < problem.Rows; row++)
        {
            for (var edge = problem.RowStart[row]; edge < problem.RowStart[row + 1]; edge++)
            {
                var column = problem.EdgeColumn[edge];
                degree[column]++;
                if (!problem.EdgeLocked[edge]) continue;
                Chosen[edge] = true;
                FreeRowPlaces[row]--;
                ColumnPlaces[column]--;
                _firstUnitCounts[row] = false;
            }
        }
        _slotStart = new int[problem.Columns + 1];
        for (var column = 0; column < problem.Columns; column++)
            _slotStart[column + 1] = _slotStart[column] + Math.Min(ColumnPlaces[column], degree[column]);
        _slotEdge = new int[_slotStart[^1]];
        _slotRow = new int[_slotStart[^1]];
    }

    public Problem Problem { get; }

    /// <summary>Places of each row that no lock uses.</summary>
    public int[] FreeRowPlaces { get; }

    /// <summary>Places of each column that no lock uses.</summary>
    public int[] ColumnPlaces { get; }

    /// <summary>Chosen edges, locked ones included.</summary>
    public bool[] Chosen { get; }

    /// <summary>Units of each row that went out, leaving a place empty.</summary>
    public int[] Out { get; }

    /// <summary>Places of each column filled by edges that are not locked.</summary>
    public int[] Used { get; }

    public long[] RowPrices { get; }
    public long[] ColumnPrices { get; }

    /// <summary>The chosen, unlocked edges at a column.</summary>
    public ReadOnlySpan<int> EdgesAt(int column) => _slotEdge.AsSpan(_slotStart[column], Used[column]);

    /// <summary>The rows of <see cref="EdgesAt"/>, in the same order.</summary>
    public ReadOnlySpan<int> RowsAt(int column) => _slotRow.AsSpan(_slotStart[column], Used[column]);

    public bool IsFree(int column) => Used[column] < ColumnPlaces[column];

    /// <summary>What the next unit of a row costs to leave empty; only while <see cref="Out"/> is below its places.</summary>
    public long CostOfOut(int row) => CostOfOut(row, Out[row]);

    /// <summary>What the unit last left empty at a row cost; only while <see cref="Out"/> is above 0.</summary>
    public long CostOfLastOut(int row) => CostOfOut(row, Out[row] - 1);

    public void Choose(int edge, int row, int column)
    {
        Chosen[edge] = true;
        var slot = _slotStart[column] + Used[column]++;
        _slotEdge[slot] = edge;
        _slotRow[slot] = row;
    }

    public void Drop(int edge, int column)
    {
        Chosen[edge] = false;
        var slot = _slotStart[column] + EdgesAt(column).IndexOf(edge);
        var last = _slotStart[column] + --Used[column];
        _slotEdge[slot] = _slotEdge[last];
        _slotRow[slot] = _slotRow[last];
    }

    private long CostOfOut(int row, int alreadyOut)
    {
        long price = Problem.PriceOfEmpty[row];
        return _firstUnitCounts[row] && alreadyOut == FreeRowPlaces[row] - 1 ? price + Problem.PriorityWeight : price;
    }
}
