namespace Mentoring.Assignment;

/// <summary>
/// Makes a <see cref="Problem"/> from another in which some rows, or the places of some columns, are different. The rows not named are known to be as
/// they were, so that <see cref="Solver.SolveAgain"/> looks at none of their edges.
/// </summary>
/// <remarks>Rows and columns keep their numbers: who comes is added at the end, and who leaves has no places or edges.</remarks>
public sealed class ProblemChange
{
    private readonly Problem _before;
    private readonly SortedDictionary<int, NewRow> _rows = [];
    private readonly SortedDictionary<int, int> _columnPlaces = [];

    /// <exception cref="ArgumentException">The problem has locks: it is built anew to change it.</exception>
    public ProblemChange(Problem before)
    {
        ArgumentNullException.ThrowIfNull(before);
        if (before.Locks.Length > 0) throw new ArgumentException("A problem with locks is built anew to change it.", nameof(before));
        _before = before;
    }

    /// <summary>All there is to a row, in place of what it was: where it may be joined and for which score, its places, what each of them costs when it is empty, and whether serving it comes first.</summary>
    /// <exception cref="ArgumentException">An edge is there twice.</exception>
    public ProblemChange Row(int row, IEnumerable<(int Column, int Score)> edges, int places = 1, int priceOfEmpty = 0, bool priority = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfNegative(places);
        var rising = edges.OrderBy(edge => edge.Column).ToArray();
        for (var i = 1; i < rising.Length; i++)
            if (rising[i - 1].Column == rising[i].Column) throw new ArgumentException($"The edge between row {row} and column {rising[i].Column} is there twice.", nameof(edges));
        if (rising.Length > 0) ArgumentOutOfRangeException.ThrowIfNegative(rising[0].Column, nameof(edges));
        _rows[row] = new NewRow(rising, places, priceOfEmpty, priority);
        return this;
    }

    /// <summary>How many edges may be chosen at a column.</summary>
    public ProblemChange ColumnPlaces(int column, int places)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        ArgumentOutOfRangeException.ThrowIfNegative(places);
        _columnPlaces[column] = places;
        return this;
    }

    /// <exception cref="ArgumentException">An edge leads to no column, a row or column between those there were and one that comes is not named, or numbers overflow.</exception>
    public Problem Build()
    {
        var rows = Reaches(_rows.Keys, _before.Rows, "row");
        var columns = Reaches(_columnPlaces.Keys, _before.Columns, "column");
        var edges = (long)_before.Edges;
        foreach (var (row, anew) in _rows) edges += anew.Edges.Length - (row < _before.Rows ? _before.RowStart[row + 1] - _before.RowStart[row] : 0);
        var (start, column, score) = (new int[rows + 1], new int[checked((int)edges)], new int[edges]);
        int[] rowPlaces = Longer(_before.RowPlaces, rows), columnPlaces = Longer(_before.ColumnPlaces, columns);
        var (prices, priority, changed) = (Longer(_before.PriceOfEmpty, rows), Longer(_before.Priority, rows), new bool[rows]);
        var next = 0;
        foreach (var (row, anew) in _rows)
        {
            CopyTo(Math.Min(row, _before.Rows));
            if (anew.Edges is [.., var last] && last.Column >= columns) throw new ArgumentException($"Row {row} has an edge to column {last.Column}, which there is not.");
            var at = start[row];
            foreach (var (to, worth) in anew.Edges) (column[at], score[at++]) = (to, worth);
            (start[row + 1], rowPlaces[row], prices[row], priority[row], changed[row]) = (at, anew.Places, anew.PriceOfEmpty, anew.Priority, true);
            next = row + 1;
        }
        CopyTo(_before.Rows);
        foreach (var (which, places) in _columnPlaces) columnPlaces[which] = places;
        return new Problem(rows, columns, start, column, score, [], rowPlaces, columnPlaces, prices, priority, _before.Spread) { Change = new Known(new(_before), changed) };

        void CopyTo(int end)
        {
            if (next >= end) return;
            var (first, at) = (_before.RowStart[next], start[next]);
            Array.Copy(_before.EdgeColumn, first, column, at, _before.RowStart[end] - first);
            Array.Copy(_before.EdgeScore, first, score, at, _before.RowStart[end] - first);
            for (; next < end; next++) start[next + 1] = at + _before.RowStart[next + 1] - first;
        }
    }

    /// <summary>How many there are with those that come.</summary>
    private static int Reaches(IEnumerable<int> named, int before, string what)
    {
        var count = before;
        foreach (var one in named)
        {
            if (one > count) throw new ArgumentException($"There is no {what} {count}.");
            if (one == count) count++;
        }
        return count;
    }

    private static T[] Longer<T>(T[] all, int length)
    {
        var longer = new T[length];
        all.CopyTo(longer, 0);
        return longer;
    }

    private sealed record NewRow((int Column, int Score)[] Edges, int Places, int PriceOfEmpty, bool Priority);

    /// <summary>Which rows differ from a problem, which need not be kept for that.</summary>
    internal sealed record Known(WeakReference<Problem> Before, bool[] Rows)
    {
        /// <summary>Which rows of the one may differ from the other, where that is known. What serving a priority row is worth is not part of it, but never less.</summary>
        public static bool[]? Between(Problem before, Problem after) =>
            after.Change is { } change && change.Before.TryGetTarget(out var known) && ReferenceEquals(known, before) ? change.Rows : null;
    }
}
