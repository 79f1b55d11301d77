using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Mentoring.Assignment;

/// <summary>
/// Each row's few best edges and a bound on what the rest are worth, so that most bids of a phase look at two lines of memory instead of the whole row.
/// </summary>
/// <remarks>
/// <para>Source: the "candidate list" of D. P. Bertsekas and D. A. Castañon, "A forward/reverse auction algorithm for asymmetric assignment problems",
/// Computational Optimization and Applications 1 (1992), and the k best of D. P. Bertsekas, "Linear Network Optimization" (1991), 4.1.</para>
/// <para>Invariant: no edge that is not listed is worth more than the bound, for as long as prices only rise. An answer that is not below the
/// bound is that of the whole row; otherwise the row is listed anew.</para>
/// </remarks>
internal sealed unsafe class Shortlists
{
    /// <summary>Rows with fewer edges than this are read as quickly as a list, and have none.</summary>
    public const int LeastDegree = 8;

    private const nuint Line = 64;

    // A long row is read faster than it is fetched beforehand.
    private const int MostFetched = 128;

    // Of so many asked for lately, so many were out of date: a mean that forgets.
    private const int Often = 1 << 12;
    private int _outOfDate;

    private readonly Network _network;
    private readonly long* _prices;
    private readonly long _scale;
    private readonly Shortlist[] _lists;
    private readonly Shortlist* _first;

    /// <param name="network">The builder has seen to it that no edge leads beyond its columns.</param>
    /// <param name="prices">Of the columns, pinned, and kept alive by whoever asks.</param>
    /// <param name="scale">What one point of a score counts in prices; no more than 32 bits.</param>
    public Shortlists(Network network, long[] prices, long scale)
    {
        Debug.Assert(Avx2.IsSupported && scale <= int.MaxValue);
        _network = network;
        _scale = scale;
        _prices = (long*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(prices));
        _lists = GC.AllocateUninitializedArray<Shortlist>(network.Rows + 1, pinned: true);
        // Each in two lines of memory of its own.
        var unaligned = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_lists));
        _first = (Shortlist*)(unaligned + Line - 1 & ~(Line - 1));
        for (var row = 0; row < network.Rows; row++)
        {
            _first[row].IsKept = network.RowPlaces[row] == 1 && network.Start[row + 1] - network.Start[row] >= LeastDegree;
            if (_first[row].IsKept) _first[row].Outside = -network.CostOfOut(row, 0) * scale;
        }
        Forget();
    }

    /// <summary>Takes all lists to be out of date, as they are when a price has fallen.</summary>
    public void Forget()
    {
        for (var row = 0; row < _network.Rows; row++) _first[row].Bound = long.MaxValue;
    }

    /// <summary>Whether a row has a list: it has many edges, and one place, so that none of them is taken by another.</summary>
    public bool Has(int row) => _first[row].IsKept;

    /// <summary>Brings a list near that is soon asked for, and where many have been out of date lately, what it is made from.</summary>
    public void Fetch(int row)
    {
        Sse.Prefetch0(_first + row);
        Sse.Prefetch0((byte*)(_first + row) + Line);
        if (_outOfDate < Often / 4) return;
        var (edge, end) = (_network.Start[row], Math.Min(_network.Start[row + 1], _network.Start[row] + MostFetched));
        for (; edge < end; edge += (int)Line / sizeof(int))
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref _network.Column[edge]));
            Sse.Prefetch0(Unsafe.AsPointer(ref _network.Score[edge]));
        }
    }

    /// <summary>
    /// The edge that is worth most, its column, what it is worth, and what the next best or going outside is; −1 when nothing is worth more than that. Of
    /// a row that <see cref="Has"/> a list.
    /// </summary>
    public Choice BestTwo(int row)
    {
        var list = _first + row;
        if (list->Bound < long.MaxValue)
        {
            var found = BestTwoListed(list);
            if (found.Best > list->Bound && found.Second >= list->Bound)
            {
                _outOfDate -= _outOfDate >> 6;
                return found;
            }
        }
        _outOfDate += (Often - _outOfDate) >> 6;
        List(row, list);
        return BestTwoListed(list);
    }

    private Choice BestTwoListed(Shortlist* list)
    {
        var scale = Vector256.Create(_scale).AsInt32();
        var (low, high) = (Worths(list->Columns, list->Scores, scale), Worths(list->Columns + 4, list->Scores + 4, scale));
        var best = Largest(Vector256.Max(low, high));
        var (lowBest, highBest) = (Vector256.Equals(low, Vector256.Create(best)), Vector256.Equals(high, Vector256.Create(best)));
        var among = lowBest.ExtractMostSignificantBits() | highBest.ExtractMostSignificantBits() << 4;
        var at = BitOperations.TrailingZeroCount(among);
        long second;
        if ((among & (among - 1)) == 0)
        {
            var least = Vector256.Create(long.MinValue);
            second = Largest(Vector256.Max(Vector256.ConditionalSelect(lowBest, least, low), Vector256.ConditionalSelect(highBest, least, high)));
        }
        else
        {
            second = best;
            for (among &= among - 1; among != 0; among &= among - 1)
            {
                var other = BitOperations.TrailingZeroCount(among);
                if (list->Edges[other] < list->Edges[at]) at = other;
            }
        }
        // What is worth no more than going outside is not taken.
        return best > list->Outside
            ? new Choice(list->Edges[at], list->Columns[at], best, Math.Max(second, list->Outside))
            : new Choice(-1, -1, list->Outside, list->Outside);
    }

    /// <summary>Of every fourth edge the best two are listed, and the third is the bound: no branch to mispredict, and nothing to sort.</summary>
    private void List(int row, Shortlist* list)
    {
        var (edge, end) = (_network.Start[row], _network.Start[row + 1]);
        fixed (int* columns = _network.Column, scores = _network.Score)
        {
            var scale = Vector256.Create(_scale).AsInt32();
            var least = Vector256.Create(long.MinValue);
            var (bests, seconds, thirds) = (least, least, least);
            var (edges, bestAt, secondAt) = (Vector256.Create((long)edge, edge + 1, edge + 2, edge + 3), least, least);
            var four = Vector256.Create(4L);
            for (; edge < end; edge += 4)
            {
                Vector256<long> worths;
                if (edge <= end - 4)
                {
                    worths = Worths(columns + edge, scores + edge, scale);
                }
                else
                {
                    // The last few once more, together with some that have been seen and do not count again.
                    edges = Vector256.Create((long)end - 4, end - 3, end - 2, end - 1);
                    var unseen = Vector256.GreaterThanOrEqual(edges, Vector256.Create((long)edge));
                    worths = Vector256.ConditionalSelect(unseen, Worths(columns + end - 4, scores + end - 4, scale), least);
                }
                var (beatsBest, beatsSecond) = (Vector256.GreaterThan(worths, bests), Vector256.GreaterThan(worths, seconds));
                thirds = Vector256.Max(thirds, Vector256.ConditionalSelect(beatsSecond, seconds, worths));
                seconds = Vector256.ConditionalSelect(beatsBest, bests, Vector256.ConditionalSelect(beatsSecond, worths, seconds));
                secondAt = Vector256.ConditionalSelect(beatsBest, bestAt, Vector256.ConditionalSelect(beatsSecond, edges, secondAt));
                bests = Vector256.ConditionalSelect(beatsBest, worths, bests);
                bestAt = Vector256.ConditionalSelect(beatsBest, edges, bestAt);
                edges += four;
            }
            list->Bound = Largest(thirds);
            for (var lane = 0; lane < 4; lane++) (list->Edges[lane], list->Edges[lane + 4]) = ((int)bestAt[lane], (int)secondAt[lane]);
            for (var i = 0; i < Shortlist.Length; i++)
                (list->Columns[i], list->Scores[i]) = (columns[list->Edges[i]], scores[list->Edges[i]]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<long> Worths(int* columns, int* scores, Vector256<int> scale) =>
        Avx2.Multiply(Avx2.ConvertToVector256Int64(Vector128.Load(scores)).AsInt32(), scale) - Avx2.GatherVector256(_prices, Vector128.Load(columns), sizeof(long));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Largest(Vector256<long> all)
    {
        var half = Vector128.Max(all.GetLower(), all.GetUpper());
        return Math.Max(half[0], half[1]);
    }

    public readonly record struct Choice(int Edge, int Column, long Best, long Second);

    [StructLayout(LayoutKind.Sequential, Size = 2 * (int)Line)]
    private struct Shortlist
    {
        public const int Length = 8;

        public long Bound;
        public long Outside;
        public fixed int Columns[Length];
        public fixed int Scores[Length];
        public fixed int Edges[Length];
        public bool IsKept;
    }
}
