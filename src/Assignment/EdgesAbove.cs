using System.Numerics;
using System.Runtime.Intrinsics;

namespace Mentoring.Assignment;

/// <summary>
/// The edges that score more than their row's price, row by row. Where no column has a price below 0, no other edge can be worth more than its
/// prices, and most are passed over eight at a time without a look at their columns.
/// </summary>
internal sealed class EdgesAbove(int[] rowStart, int[] columns, int[] scores)
{
    // What has been kept, by row; one row more comes after it for as long as it is read.
    private readonly int[] _start = new int[rowStart.Length];
    private long[] _prices = [];
    private Edge[] _edges = [];

    /// <summary>Keeps those above some prices at hand.</summary>
    /// <param name="prices">Must stay what they are.</param>
    public void Keep(long[] prices)
    {
        _edges = new Edge[2 * prices.Length];
        for (var row = 0; row < prices.Length; row++) _start[row + 1] = Add(row, prices[row], _start[row]);
        LookUp(0, _start[^1]);
        _prices = prices;
    }

    /// <summary>The same where most is kept already for a problem in whose place this one has come: only rows that changed, or pay something else, are looked at.</summary>
    /// <param name="prices">Must stay what they are.</param>
    /// <param name="before">What has been kept for the other.</param>
    /// <param name="changed">Rows whose edges may not be what they were.</param>
    public void Keep(long[] prices, EdgesAbove before, bool[] changed)
    {
        _edges = GC.AllocateUninitializedArray<Edge>(before._start[^1] + prices.Length / 8);
        for (var row = 0; row < prices.Length;)
        {
            var count = _start[row];
            if (!IsAsKept(row))
            {
                _start[row + 1] = Add(row, prices[row], count);
                LookUp(count, _start[row + 1]);
                row++;
                continue;
            }
            // As many rows at once as come one after the other.
            var (first, shift) = (row, rowStart[row] - before.FirstOf(row));
            for (; row < prices.Length && IsAsKept(row); row++) _start[row + 1] = before._start[row + 1] - before._start[first] + count;
            Grow(_start[row]);
            before._edges.AsSpan(before._start[first]..before._start[row]).CopyTo(_edges.AsSpan(count));
            if (shift == 0) continue;
            foreach (ref var edge in _edges.AsSpan(count.._start[row])) edge = edge with { Number = edge.Number + shift };
        }
        _prices = prices;

        bool IsAsKept(int row) => row < before._prices.Length && !changed[row] && prices[row] == before._prices[row];
    }

    private int FirstOf(int row) => rowStart[row];

    /// <summary>Of one row, rising, valid until the next are asked for. Where they are kept at a lower price, it is all of those.</summary>
    public ReadOnlySpan<Edge> Of(int row, long price)
    {
        if (_prices.Length > 0 && price >= _prices[row]) return _edges.AsSpan(_start[row].._start[row + 1]);
        var end = Add(row, price, _start[^1]);
        LookUp(_start[^1], end);
        return _edges.AsSpan(_start[^1]..end);
    }

    public readonly record struct Edge(int Number, int Column, int Score);

    private int Add(int row, long price, int count)
    {
        if (price >= int.MaxValue) return count;
        var (edge, end) = (rowStart[row], rowStart[row + 1]);
        Grow(count + end - edge);
        var all = scores;
        if (price >= int.MinValue && end - edge >= Vector256<int>.Count)
        {
            var prices = Vector256.Create((int)price);
            for (; edge <= end - Vector256<int>.Count; edge += Vector256<int>.Count)
            {
                var above = Vector256.GreaterThan(Vector256.LoadUnsafe(ref all[edge]), prices).ExtractMostSignificantBits();
                if (above != 0) count = Take(edge, above, count);
            }
            if (edge == end) return count;
            // The last few once more, together with some that have been seen.
            var last = end - Vector256<int>.Count;
            var rest = Vector256.GreaterThan(Vector256.LoadUnsafe(ref all[last]), prices).ExtractMostSignificantBits();
            return Take(last, rest & (uint.MaxValue << (edge - last)), count);
        }
        for (; edge < end; edge++)
            if (all[edge] > price) count = Take(edge, 1, count);
        return count;
    }

    private void Grow(int count)
    {
        if (_edges.Length < count) Array.Resize(ref _edges, Math.Max(2 * _edges.Length, count));
    }

    private int Take(int first, uint among, int count)
    {
        for (; among != 0; among &= among - 1)
        {
            var edge = first + BitOperations.TrailingZeroCount(among);
            _edges[count++] = new Edge(edge, -1, scores[edge]);
        }
        return count;
    }

    /// <summary>Where the edges lead; by itself, since each waits for memory and the next need not wait for it.</summary>
    private void LookUp(int first, int end)
    {
        foreach (ref var edge in _edges.AsSpan(first..end)) edge = edge with { Column = columns[edge.Number] };
    }
}
