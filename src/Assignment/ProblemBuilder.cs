namespace Mentoring.Assignment;

/// <summary>Collects a <see cref="Problem"/>: edges in any order, one place a row and column unless said otherwise.</summary>
public sealed class ProblemBuilder
{
    private readonly int[] _rowPlaces;
    private readonly int[] _columnPlaces;
    private readonly int[] _priceOfEmpty;
    private readonly bool[] _priority;
    private readonly List<(int Row, int Column, int Score)> _edges = [];
    private readonly HashSet<(int Row, int Column)> _locks = [];
    private readonly HashSet<(int Row, int Column)> _bans = [];

    public ProblemBuilder(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        _rowPlaces = new int[rows];
        _columnPlaces = new int[columns];
        _priceOfEmpty = new int[rows];
        _priority = new bool[rows];
        Array.Fill(_rowPlaces, 1);
        Array.Fill(_columnPlaces, 1);
    }

    /// <summary>How many edges may be chosen at a row.</summary>
    public ProblemBuilder RowPlaces(int row, int places)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(places);
        _rowPlaces[row] = places;
        return this;
    }

    /// <summary>How many edges may be chosen at a column.</summary>
    public ProblemBuilder ColumnPlaces(int column, int places)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(places);
        _columnPlaces[column] = places;
        return this;
    }

    /// <summary>What each empty place of a row costs; 0 unless said. An edge scoring less than minus this is never chosen freely.</summary>
    public ProblemBuilder PriceOfEmpty(int row, int price)
    {
        _priceOfEmpty[row] = price;
        return this;
    }

    /// <summary>Serving this row comes before any score.</summary>
    public ProblemBuilder Prioritise(int row)
    {
        _priority[row] = true;
        return this;
    }

    /// <summary>Row and column may be joined, for this score.</summary>
    public ProblemBuilder Edge(int row, int column, int score)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, _rowPlaces.Length);
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, _columnPlaces.Length);
        _edges.Add((row, column, score));
        return this;
    }

    /// <summary>This edge must be chosen. It has to be there, unbanned, and fit the places of both ends.</summary>
    public ProblemBuilder Lock(int row, int column)
    {
        _locks.Add((row, column));
        return this;
    }

    /// <summary>This edge may not be chosen, whether it was added or not.</summary>
    public ProblemBuilder Ban(int row, int column)
    {
        _bans.Add((row, column));
        return this;
    }

    /// <exception cref="ArgumentException">An edge is there twice, a lock has no edge or exceeds places, or numbers overflow.</exception>
    public Problem Build()
    {
        int rows = _rowPlaces.Length, columns = _columnPlaces.Length;
        var kept = _bans.Count == 0 ? [.. _edges] : _edges.Where(edge => !_bans.Contains((edge.Row, edge.Column))).ToArray();
        Array.Sort(kept, static (a, b) => a.Row != b.Row ? a.Row.CompareTo(b.Row) : a.Column.CompareTo(b.Column));

        var rowStart = new int[rows + 1];
        var edgeColumn = new int[kept.Length];
        var edgeScore = new int[kept.Length];
        for (var edge = 0; edge < kept.Length; edge++)
        {
            var (row, column, score) = kept[edge];
            if (edge > 0 && kept[edge - 1].Row == row && kept[edge - 1].Column == column)
                throw new ArgumentException($"The edge between row {row} and column {column} is there twice.");
            rowStart[row + 1]++;
            edgeColumn[edge] = column;
            edgeScore[edge] = score;
        }
        for (var row = 0; row < rows; row++) rowStart[row + 1] += rowStart[row];

        var locked = new bool[kept.Length];
        var rowLocks = new int[rows];
        var columnLocks = new int[columns];
        foreach (var (row, column) in _locks)
        {
            var edge = Array.BinarySearch(edgeColumn, rowStart[row], rowStart[row + 1] - rowStart[row], column);
            if (edge < 0) throw new ArgumentException($"Row {row} and column {column} are locked together, but may not be joined.");
            locked[edge] = true;
            if (++rowLocks[row] > _rowPlaces[row]) throw new ArgumentException($"Row {row} has more locks than places.");
            if (++columnLocks[column] > _columnPlaces[column]) throw new ArgumentException($"Column {column} has more locks than places.");
        }
        return new Problem(
            rows, columns, rowStart, edgeColumn, edgeScore, locked,
            [.. _rowPlaces], [.. _columnPlaces], [.. _priceOfEmpty], [.. _priority]);
    }
}
