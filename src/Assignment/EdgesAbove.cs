using System.Numerics;
using System.Runtime.Intrinsics;

namespace Mentoring.Assignment;

/// <summary>
/// The edges that score more than their row's price, row by row. Where no column has a price below 0, no other edge can be worth more than its
/// prices, and most are passed over eight at a time without a look at their columns.
/// </summary>
internal sealed class EdgesAbove
{
    private readonly int[] _start;
    private readonly int[] _columns;
    private readonly int[] _scores;
    private readonly long[] _rowPrices;
    private Edge[] _edges = new Edge[1024];

    /// <param name="known">Of the same edges: rows whose price has not fallen since are read there.</param>
    public EdgesAbove(int[] rowStart, int[] columns, int[] scores, long[] rowPrices, EdgesAbove? known = null)
    {
        _start = new int[rowStart.Length];
        (_columns, _scores, _rowPrices) = (columns, scores, rowPrices);
        var count = 0;
        for (var row = 0; row < rowPrices.Length; row++)
        {
            count = known is not null && known._rowPrices[row] <= rowPrices[row]
                ? Add(known.Of(row), rowPrices[row], count)
                : Add(rowStart[row], rowStart[row + 1], rowPrices[row], count);
            _start[row + 1] = count;
        }
    }

    /// <summary>Of one row, rising.</summary>
    public ReadOnlySpan<Edge> Of(int row) => _edges.AsSpan(_start[row].._start[row + 1]);

    public readonly record struct Edge(int Number, int Column, int Score);

    private int Add(ReadOnlySpan<Edge> edges, long price, int count)
    {
        MakeRoom(count + edges.Length);
        foreach (var edge in edges)
            if (edge.Score > price) _edges[count++] = edge;
        return count;
    }

    private int Add(int edge, int end, long price, int count)
    {
        if (price >= int.MaxValue) return count;
        MakeRoom(count + end - edge);
        if (price >= int.MinValue)
        {
            var prices = Vector256.Create((int)price);
            for (; edge <= end - Vector256<int>.Count; edge += Vector256<int>.Count)
            {
                var above = Vector256.GreaterThan(Vector256.LoadUnsafe(ref _scores[edge]), prices).ExtractMostSignificantBits();
                for (; above != 0; above &= above - 1) Take(edge + BitOperations.TrailingZeroCount(above));
            }
        }
        for (; edge < end; edge++)
            if (_scores[edge] > price) Take(edge);
        return count;

        void Take(int number) => _edges[count++] = new Edge(number, _columns[number], _scores[number]);
    }

    private void MakeRoom(int count)
    {
        if (_edges.Length < count) Array.Resize(ref _edges, Math.Max(2 * _edges.Length, count));
    }
}
