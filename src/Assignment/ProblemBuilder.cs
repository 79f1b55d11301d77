namespace Mentoring.Assignment;

/// <summary>
/// Collects a <see cref="Problem"/>: edges in any order, one place a row and column unless said otherwise. Edges by rising row, and a number of
/// them known beforehand, cost no memory but their own.
/// </summary>
public sealed class ProblemBuilder
{
    private readonly int[] _rowPlaces;
    private readonly int[] _columnPlaces;
    private readonly int[] _priceOfEmpty;
    private readonly bool[] _priority;
    private readonly HashSet<(int Row, int Column)> _locks = [];
    private readonly HashSet<(int Row, int Column)> _bans = [];
    private int[] _edgeRow;
    private int[] _edgeColumn;
    private int[] _edgeScore;
    private int _count;

    public ProblemBuilder(int rows, int columns, int edges = 16)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        ArgumentOutOfRangeException.ThrowIfNegative(edges);
        _rowPlaces = new int[rows];
        _columnPlaces = new int[columns];
        _priceOfEmpty = new int[rows];
        _priority = new bool[rows];
        _edgeRow = new int[edges];
        _edgeColumn = new int[edges];
        _edgeScore = new int[edges];
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

    /// <summary>Serving as many rows as possible comes before any score.</summary>
    public ProblemBuilder PrioritiseAll()
    {
        Array.Fill(_priority, true);
        return this;
    }

    /// <summary>Row and column may be joined, for this score.</summary>
    public ProblemBuilder Edge(int row, int column, int score)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, _rowPlaces.Length);
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, _columnPlaces.Length);
        if (_count == _edgeRow.Length)
        {
            var more = Math.Max(16, checked(2 * _count));
            Array.Resize(ref _edgeRow, more);
            Array.Resize(ref _edgeColumn, more);
            Array.Resize(ref _edgeScore, more);
        }
        (_edgeRow[_count], _edgeColumn[_count], _edgeScore[_count]) = (row, column, score);
        _count++;
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

    /// <summary>Hands over what was collected; the builder is empty of edges afterwards.</summary>
    /// <exception cref="ArgumentException">An edge is there twice, a lock has no edge or exceeds places, or numbers overflow.</exception>
    public Problem Build()
    {
        if (_bans.Count > 0) RemoveBanned();
        var (rowStart, edgeColumn, edgeScore) = Compress();
        (_edgeRow, _edgeColumn, _edgeScore, _count) = ([], [], [], 0);
        return new Problem(
            _rowPlaces.Length, _columnPlaces.Length, rowStart, edgeColumn, edgeScore, CheckedLocks(rowStart, edgeColumn),
            [.. _rowPlaces], [.. _columnPlaces], Array.ConvertAll(_priceOfEmpty, price => (long)price), [.. _priority]);
    }

    private void RemoveBanned()
    {
        var kept = 0;
        for (var edge = 0; edge < _count; edge++)
        {
            if (_bans.Contains((_edgeRow[edge], _edgeColumn[edge]))) continue;
            (_edgeRow[kept], _edgeColumn[kept], _edgeScore[kept]) = (_edgeRow[edge], _edgeColumn[edge], _edgeScore[edge]);
            kept++;
        }
        _count = kept;
    }

    private (int[] RowStart, int[] Column, int[] Score) Compress()
    {
        var rowStart = new int[_rowPlaces.Length + 1];
        var rising = true;
        for (var edge = 0; edge < _count; edge++)
        {
            rowStart[_edgeRow[edge] + 1]++;
            rising &= edge == 0 || _edgeRow[edge - 1] <= _edgeRow[edge];
        }
        for (var row = 0; row < _rowPlaces.Length; row++) rowStart[row + 1] += rowStart[row];

        var (column, score) = (_edgeColumn, _edgeScore);
        if (!rising)
        {
            (column, score) = (new int[_count], new int[_count]);
            var next = rowStart[..^1];
            for (var edge = 0; edge < _count; edge++)
            {
                var at = next[_edgeRow[edge]]++;
                (column[at], score[at]) = (_edgeColumn[edge], _edgeScore[edge]);
            }
        }
        // Spare room at the end is given back.
        Array.Resize(ref column, _count);
        Array.Resize(ref score, _count);
        for (var row = 0; row < _rowPlaces.Length; row++) SortByColumn(row, rowStart[row], rowStart[row + 1], column, score);
        return (rowStart, column, score);
    }

    private static void SortByColumn(int row, int first, int end, int[] column, int[] score)
    {
        var sorted = true;
        for (var edge = first + 1; edge < end && sorted; edge++) sorted = column[edge - 1] < column[edge];
        if (sorted) return;
        Array.Sort(column, score, first, end - first);
        for (var edge = first + 1; edge < end; edge++)
        {
            if (column[edge - 1] == column[edge])
                throw new ArgumentException($"The edge between row {row} and column {column[edge]} is there twice.");
        }
    }

    private int[] CheckedLocks(int[] rowStart, int[] edgeColumn)
    {
        var locks = new List<int>(_locks.Count);
        var rowLocks = new int[_rowPlaces.Length];
        var columnLocks = new int[_columnPlaces.Length];
        foreach (var (row, column) in _locks)
        {
            var edge = Array.BinarySearch(edgeColumn, rowStart[row], rowStart[row + 1] - rowStart[row], column);
            if (edge < 0) throw new ArgumentException($"Row {row} and column {column} are locked together, but may not be joined.");
            locks.Add(edge);
            if (++rowLocks[row] > _rowPlaces[row]) throw new ArgumentException($"Row {row} has more locks than places.");
            if (++columnLocks[column] > _columnPlaces[column]) throw new ArgumentException($"Column {column} has more locks than places.");
        }
        locks.Sort();
        return [.. locks];
    }
}
