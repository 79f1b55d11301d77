namespace Mentoring.Assignment;

/// <summary>
/// Which rows to join to which columns: a sparse bipartite graph in compressed rows, with places on both sides, a score an
/// edge, a price for each row place left empty, rows whose service comes before any score, and edges that must be chosen.
/// Immutable; made by <see cref="ProblemBuilder"/>.
/// </summary>
/// <remarks>
/// The objective, to be made largest in this order: the number of <em>priority rows served</em> (a row is served when at least
/// one of its places is filled), then the <em>total</em>: the scores of the chosen edges less the price of each empty row place.
/// An edge is chosen at most once. Both stages are one linear objective: serving a priority row is worth
/// <see cref="PriorityWeight"/>, which is more than any two totals of the problem can differ by.
/// </remarks>
public sealed class Problem
{
    internal Problem(
        int rows, int columns, int[] rowStart, int[] edgeColumn, int[] edgeScore, int[] locks,
        int[] rowPlaces, int[] columnPlaces, long[] priceOfEmpty, bool[] priority, long leastSpread = 0)
    {
        Rows = rows;
        Columns = columns;
        RowStart = rowStart;
        EdgeColumn = edgeColumn;
        EdgeScore = edgeScore;
        Locks = locks;
        RowPlaces = rowPlaces;
        ColumnPlaces = columnPlaces;
        PriceOfEmpty = priceOfEmpty;
        Priority = priority;
        // What a priority row weighs is the same in a part of a problem as in the whole, and before and after a change where it may be.
        Spread = Math.Max(LargestSpread(), leastSpread);
        PriorityWeight = 2 * Spread + 1;
    }

    public int Rows { get; }
    public int Columns { get; }

    /// <summary>Edges left after bans.</summary>
    public int Edges => EdgeColumn.Length;

    /// <summary>
    /// What serving one priority row is worth against scores: more than twice what two totals can differ by, so that a sum of both
    /// compares lexicographically and can be taken apart again.
    /// </summary>
    public long PriorityWeight { get; }

    /// <summary>No two totals differ by more than this.</summary>
    internal long Spread { get; }

    internal int[] RowStart { get; }
    internal int[] EdgeColumn { get; }
    internal int[] EdgeScore { get; }

    /// <summary>Edges that must be chosen, rising.</summary>
    internal int[] Locks { get; }

    internal int[] RowPlaces { get; }
    internal int[] ColumnPlaces { get; }
    /// <summary>Wider than a builder takes it: what must not be left empty is told by a price above all else.</summary>
    internal long[] PriceOfEmpty { get; }
    internal bool[] Priority { get; }

    /// <summary>What it was made from, where it was by a change.</summary>
    internal ProblemChange.Known? Change { get; init; }

    /// <summary>The column an edge leads to.</summary>
    public int ColumnOf(int edge) => EdgeColumn[edge];

    /// <summary>What choosing an edge is worth.</summary>
    public int ScoreOf(int edge) => EdgeScore[edge];

    /// <summary>Whether an edge must be chosen.</summary>
    public bool IsLocked(int edge) => Locks.Length > 0 && Array.BinarySearch(Locks, edge) >= 0;

    /// <summary>The row an edge starts from.</summary>
    public int RowOf(int edge)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(edge);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(edge, Edges);
        // The last row that starts at or before the edge; empty rows share a start with the row after them.
        int low = 0, high = Rows - 1;
        while (low < high)
        {
            var middle = (low + high + 1) >>> 1;
            if (RowStart[middle] <= edge) low = middle;
            else high = middle - 1;
        }
        return low;
    }

    /// <summary>The edges of a row: a range of edge numbers, by rising column.</summary>
    public Range EdgesOf(int row) => RowStart[row]..RowStart[row + 1];

    /// <summary>How many edges may be chosen at a column.</summary>
    public int PlacesOfColumn(int column) => ColumnPlaces[column];

    /// <summary>The edge between a row and a column, or null where there is none.</summary>
    public int? EdgeBetween(int row, int column)
    {
        var found = Array.BinarySearch(EdgeColumn, RowStart[row], RowStart[row + 1] - RowStart[row], column);
        return found >= 0 ? found : null;
    }

    /// <summary>The largest score, whatever its sign.</summary>
    internal long WidestScore { get; private set; }

    /// <summary>The same with other prices for empty places.</summary>
    internal Problem With(long[] priceOfEmpty) =>
        new(Rows, Columns, RowStart, EdgeColumn, EdgeScore, Locks, RowPlaces, ColumnPlaces, priceOfEmpty, Priority);

    private long LargestSpread()
    {
        // A row contributes at most places × (largest |score| + |price|) in either direction. Prices in the solver stay within
        // the weight and a few spreads, so a thirty-second of what 64 bits hold leaves room.
        Int128 spread = 0;
        for (var row = 0; row < Rows; row++)
        {
            long largest = 0;
            for (var edge = RowStart[row]; edge < RowStart[row + 1]; edge++)
                largest = Math.Max(largest, Math.Abs((long)EdgeScore[edge]));
            WidestScore = Math.Max(WidestScore, largest);
            spread += 2 * (Int128)RowPlaces[row] * ((Int128)largest + Math.Abs(PriceOfEmpty[row]));
        }
        return spread < long.MaxValue / 32
            ? (long)spread
            : throw new ArgumentException("The scores, prices and places together exceed what 64-bit prices can hold.");
    }
}
