using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Mentoring.Assignment;

/// <summary>
/// Places most units fast: each open unit takes the column it gains most at and raises its price to where it gains as much at the
/// second best, and by ε at least, which puts somebody else out.
/// </summary>
/// <remarks>
/// <para>Source: D. P. Bertsekas, "The auction algorithm: a distributed relaxation method for the assignment problem", Annals of
/// Operations Research 14 (1988); places of one column have prices of their own, as in D. P. Bertsekas and D. A. Castañon, "The auction
/// algorithm for the transportation problem", ibid. 20 (1989). With ε = 0 it is the row reduction of R. Jonker and A. Volgenant (1987).</para>
/// <para>Invariant: what a unit has is within ε of the best it could have at today's prices. Prices only rise, but for those of free places at the
/// end of a phase.</para>
/// </remarks>
internal sealed partial class Auction
{
    private const int CheckEvery = 64;
    private const int BidsBeforeImpatience = 40;
    private const int BidsWhenImpatient = 4;
    private const int Growth = 4;

    // How many bids it takes to bring a list near.
    private const int Ahead = 4;

    // A column without a place: above every price, and far enough from the end of 64 bits to subtract from a score.
    private const long Closed = long.MaxValue / 4;

    private readonly Network _network;
    private readonly Flow _flow;
    private readonly long _scale;
    private readonly Action<long> _check;
    private readonly bool _vectors;

    // Where every column has one place, a column's number is its slot's, and the slot's price is its own.
    private readonly bool _oneSlotEach;

    // And where every row has one place, a row's number is its unit's: a look-up less in a table that is as large as the prices.
    private readonly bool _oneUnitEach;

    private readonly long[] _price;
    private readonly long[] _slotPrice;
    private readonly int[] _slotUnit;
    private readonly int[] _slotOf;

    private readonly int[] _waiting;
    private int _waitingCount;

    private Shortlists? _shortlists;
    private long[]? _held;

    /// <param name="flow">With all units open.</param>
    /// <param name="scale">Prices are counted in this part of a point.</param>
    /// <param name="check">Called now and then with the units that wait: for progress and cancellation.</param>
    public Auction(Flow flow, long scale, Action<long> check)
    {
        _network = flow.Network;
        _flow = flow;
        _scale = scale;
        _check = check;
        _price = GC.AllocateUninitializedArray<long>(_network.Columns, pinned: true);
        _vectors = Avx2.IsSupported && scale <= int.MaxValue;
        _slotUnit = flow.SlotUnit;
        _oneSlotEach = !Array.Exists(_network.ColumnPlaces, places => places != 1);
        _oneUnitEach = !Array.Exists(_network.RowPlaces, places => places != 1);
        _slotPrice = _oneSlotEach ? _price : new long[_slotUnit.Length];
        _slotOf = new int[flow.RowOf.Length];
        for (var column = 0; column < _price.Length; column++)
        {
            var (first, end) = (flow.SlotStart[column], flow.SlotStart[column + 1]);
            _price[column] = first == end ? Closed : flow.ColumnPrices[column] * scale;
            _slotPrice.AsSpan(first..end).Fill(_price[column]);
        }
        _waiting = new int[flow.RowOf.Length];
    }

    public long Bids { get; private set; }

    /// <summary>Without ε: who would have to take a place at no gain waits for the repair, and so does everybody after so many bids.</summary>
    public void RunExactly(long mostBids)
    {
        var left = 0;
        _waitingCount = 0;
        for (var unit = _flow.UnitEdge.Length - 1; unit >= 0; unit--)
            if (_flow.UnitEdge[unit] == Flow.Open) _waiting[_waitingCount++] = unit;
        while (_waitingCount > 0)
        {
            var unit = _waiting[--_waitingCount];
            var outcome = Bids < mostBids ? Bid(unit, epsilon: 0) : Outcome.Blocked;
            if (outcome == Outcome.Blocked) left++;
            if (Bids % CheckEvery == 0) _check(_waitingCount + left);
        }
    }

    /// <summary>
    /// Each column begins at what its best edge scores, above what the least of them does: no bids are needed to find out which are wanted. Only where
    /// as many ask as there are places and no edge is worth less than an empty place; what stayed free or out would do so at prices too high.
    /// </summary>
    /// <remarks>Source: the column reduction of R. Jonker and A. Volgenant (1987).</remarks>
    public void PriceColumnsByTheirBest()
    {
        if (!_oneSlotEach || !_oneUnitEach || _network.Rows != _network.Columns) return;
        var best = new int[_price.Length];
        Array.Fill(best, int.MinValue);
        for (var row = 0; row < _network.Rows; row++)
        {
            var outside = -_network.CostOfOut(row, 0);
            for (var edge = _network.Start[row]; edge < _network.Start[row + 1]; edge++)
            {
                var score = _network.Score[edge];
                if (score < outside) return;
                ref var sofar = ref best[_network.Column[edge]];
                if (score > sofar) sofar = score;
            }
        }
        var least = best.Min();
        if (least == int.MinValue) return;
        for (var column = 0; column < _price.Length; column++) _price[column] += ((long)best[column] - least) * _scale;
    }

    /// <summary>
    /// One phase of ε-scaling: everybody who has more than ε to gain elsewhere bids again. Where more want than can have, they bid one another
    /// up until some would rather go out; should that take long, ε grows, and the steps with it. Then the places left free bid in their turn.
    /// </summary>
    /// <returns>The ε it ended with; smaller than it began with where nobody has even that much to gain.</returns>
    public long RunPhase(long epsilon)
    {
        if (_vectors && _network.Column.Length >= (long)_network.Rows * Shortlists.LeastDegree) _shortlists ??= new Shortlists(_network, _price, _scale);
        var furthest = ReopenWhoeverIsBeyond(epsilon);
        // First come, first served.
        var queue = new Ring(_flow.UnitEdge.Length);
        for (var unit = 0; unit < _flow.UnitEdge.Length; unit++)
            if (_flow.UnitEdge[unit] == Flow.Open) queue.Enqueue(unit);
        if (queue.Count == 0) return Math.Clamp(furthest, 1, epsilon);
        var patience = Bids + (long)BidsBeforeImpatience * _flow.UnitEdge.Length;
        while (queue.TryDequeue(out var unit))
        {
            if (_shortlists is not null && queue.Count > Ahead) _shortlists.Fetch(RowOf(queue.Ahead(Ahead)));
            _waitingCount = 0;
            if (IsListed(RowOf(unit))) BidByList(unit, epsilon);
            else Bid(unit, epsilon);
            if (_waitingCount > 0) queue.Enqueue(_waiting[0]);
            if (Bids % CheckEvery == 0) _check(queue.Count);
            if (Bids < patience) continue;
            epsilon *= Growth;
            patience = Bids + (long)BidsWhenImpatient * _flow.UnitEdge.Length;
        }
        LowerWhatIsFree(epsilon);
        return epsilon;
    }

    /// <summary>Gives prices and slots back to the flow, in points; ε must have been 0 on the unscaled prices.</summary>
    public void HandOver()
    {
        for (var column = 0; column < _price.Length; column++)
        {
            if (_flow.SlotStart[column] == _flow.SlotStart[column + 1]) continue;
            _flow.ColumnPrices[column] = _price[column];
        }
        Compact();
        for (var row = 0; row < _network.Rows; row++) TakeRowPrice(row);
    }

    /// <summary>
    /// Gives prices and slots back, rounded to points after a last phase with ε = 1. Were the scale more than twice the columns, the remainders of
    /// all prices would leave a gap wider than ε somewhere, and cutting every price there would move none past another. With less, whoever is
    /// cut off is open again. Free places may be left above their floor.
    /// </summary>
    public void HandOverRounded()
    {
        var cut = WidestGap();
        var zero = Math.DivRem(-cut, _scale, out var remainder) - (remainder < 0 ? 1 : 0);
        for (var column = 0; column < _price.Length; column++)
        {
            if (_flow.SlotStart[column] == _flow.SlotStart[column + 1]) continue;
            var whole = Math.DivRem(_price[column] - cut, _scale, out var rest);
            _flow.ColumnPrices[column] = (rest < 0 ? whole - 1 : whole) - zero;
        }
        Compact();
        for (var row = 0; row < _network.Rows; row++) _flow.PriceRow(row);
    }

    private enum Outcome
    {
        Placed,
        Blocked,
    }

    private Outcome Bid(int unit, long epsilon)
    {
        Bids++;
        var row = _flow.RowOf[unit];
        var outside = -_network.CostOfOut(row, _flow.Out[row]) * _scale;
        var (edge, best, second) = _flow.UnitStart[row + 1] - _flow.UnitStart[row] == 1 ? BestTwo(row, outside) : BestTwoNotHeld(row, outside);
        if (best < outside)
        {
            _flow.SendOut(unit);
            return Outcome.Placed;
        }
        var column = _network.Column[edge];
        if (best == second && epsilon == 0 && _slotUnit[_flow.SlotStart[column]] >= 0)
        {
            edge = FreeAt(row, best);
            if (edge < 0) return Outcome.Blocked;
            column = _network.Column[edge];
        }
        Take(unit, edge, column, Math.Max(best - second, epsilon));
        return Outcome.Placed;
    }

    private int RowOf(int unit) => _oneUnitEach ? unit : _flow.RowOf[unit];

    private bool IsListed(int row) => _shortlists is not null && _shortlists.Has(row);

    /// <summary>The same for a row that has a list.</summary>
    private void BidByList(int unit, long epsilon)
    {
        Bids++;
        var (edge, column, best, second) = _shortlists!.BestTwo(RowOf(unit));
        if (edge < 0) _flow.SendOut(unit);
        else Take(unit, edge, column, Math.Max(best - second, epsilon));
    }

    /// <summary>Takes the cheapest place of a column from whoever has it, and raises its price.</summary>
    private void Take(int unit, int edge, int column, long rise)
    {
        var slot = _oneSlotEach ? column : _flow.SlotStart[column];
        if (_slotUnit[slot] >= 0)
        {
            _flow.UnitEdge[_slotUnit[slot]] = Flow.Open;
            _waiting[_waitingCount++] = _slotUnit[slot];
        }
        _flow.UnitEdge[unit] = edge;
        (_slotUnit[slot], _slotOf[unit]) = (unit, slot);
        _slotPrice[slot] += rise;
        if (_oneSlotEach) return;
        if (_flow.SlotStart[column + 1] - slot == 1) _price[column] = _slotPrice[slot];
        else Sink(column, slot);
    }

    /// <summary>The edge that is worth most, what it is worth, and what the next best or going outside is. Nearly all time is spent here.</summary>
    private (int Edge, long Best, long Second) BestTwo(int row, long outside) =>
        BestTwo(_network, _price, row, outside);

    private (int Edge, long Best, long Second) BestTwo(Network network, long[] prices, int row, long outside) =>
        _vectors ? BestTwoInVectors(network, prices, row, outside) : BestTwoOneByOne(network, prices, network.Start[row], network.Start[row + 1], -1, long.MinValue, outside);

    // Four edges at a time, each lane with a best and a second of its own: no branch to mispredict, and the answer is that of one by one.
    private unsafe (int, long, long) BestTwoInVectors(Network network, long[] allPrices, int row, long outside)
    {
        var (edge, end) = (network.Start[row], network.Start[row + 1]);
        ref var columns = ref MemoryMarshal.GetArrayDataReference(network.Column);
        ref var scores = ref MemoryMarshal.GetArrayDataReference(network.Score);
        // Pinned for as long as it lives. Start never leads beyond the edges, nor a column beyond the prices: the builder has seen to both.
        var prices = (long*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(allPrices));
        var scale = Vector256.Create(_scale).AsInt32();
        var (bests, seconds) = (Vector256.Create(long.MinValue), Vector256.Create(long.MinValue));
        var (edges, at) = (Vector256.Create((long)edge, edge + 1, edge + 2, edge + 3), Vector256.Create(-1L));
        var four = Vector256.Create(4L);
        for (; edge <= end - 4; edge += 4)
        {
            var gains = Avx2.Multiply(Avx2.ConvertToVector256Int64(Vector128.LoadUnsafe(ref scores, (nuint)edge)).AsInt32(), scale);
            var worths = gains - Avx2.GatherVector256(prices, Vector128.LoadUnsafe(ref columns, (nuint)edge), sizeof(long));
            var better = Vector256.GreaterThan(worths, bests);
            seconds = Vector256.Max(seconds, Vector256.ConditionalSelect(better, bests, worths));
            bests = Vector256.ConditionalSelect(better, worths, bests);
            at = Vector256.ConditionalSelect(better, edges, at);
            edges += four;
        }
        var (best, second, found) = (long.MinValue, outside, -1);
        for (var lane = 0; lane < 4; lane++)
        {
            var (worth, where) = (bests[lane], (int)at[lane]);
            if (worth > best || (worth == best && where < found))
                (second, best, found) = (Math.Max(second, best), worth, where);
            else
                second = Math.Max(second, worth);
            second = Math.Max(second, seconds[lane]);
        }
        // One by one, what is worth no more than going outside is not taken; a machine without such vectors must come to the same.
        if (best <= outside) (best, found) = (long.MinValue, -1);
        return BestTwoOneByOne(network, allPrices, edge, end, found, best, second);
    }

    private (int, long, long) BestTwoOneByOne(Network network, long[] prices, int edge, int end, int at, long best, long second)
    {
        for (; edge < end; edge++)
        {
            var worth = network.Score[edge] * _scale - prices[network.Column[edge]];
            if (worth <= second) continue;
            if (worth > best) (second, best, at) = (Math.Max(best, second), worth, edge);
            else second = worth;
        }
        return (at, best, second);
    }

    /// <summary>The same for a row of several places: a column is of use to it once.</summary>
    private (int Edge, long Best, long Second) BestTwoNotHeld(int row, long outside)
    {
        var (best, second, at) = (long.MinValue, outside, -1);
        for (var edge = _network.Start[row]; edge < _network.Start[row + 1]; edge++)
        {
            var worth = _network.Score[edge] * _scale - _price[_network.Column[edge]];
            if (worth <= second || _flow.UnitOn(row, edge) >= 0) continue;
            if (worth > best) (second, best, at) = (Math.Max(best, second), worth, edge);
            else second = worth;
        }
        return (at, best, second);
    }

    /// <summary>An edge worth this much to a column with a free place, or −1.</summary>
    private int FreeAt(int row, long worth)
    {
        for (var edge = _network.Start[row]; edge < _network.Start[row + 1]; edge++)
        {
            var column = _network.Column[edge];
            if (_network.Score[edge] * _scale - _price[column] == worth && _slotUnit[_flow.SlotStart[column]] < 0 && _flow.UnitOn(row, edge) < 0) return edge;
        }
        return -1;
    }

    /// <summary>Keeps the cheapest place of a column first.</summary>
    private void Sink(int column, int slot)
    {
        var (first, count) = (_flow.SlotStart[column], _flow.SlotStart[column + 1] - _flow.SlotStart[column]);
        var (price, unit) = (_slotPrice[slot], _slotUnit[slot]);
        var at = slot - first;
        while (2 * at + 1 < count)
        {
            var child = 2 * at + 1;
            if (child + 1 < count && Before(first + child + 1, first + child)) child++;
            if (price < _slotPrice[first + child] || (price == _slotPrice[first + child] && _slotUnit[first + child] >= 0)) break;
            Put(first + at, _slotPrice[first + child], _slotUnit[first + child]);
            at = child;
        }
        Put(first + at, price, unit);
        _price[column] = _slotPrice[first];
    }

    private void Put(int slot, long price, int unit)
    {
        (_slotPrice[slot], _slotUnit[slot]) = (price, unit);
        if (unit >= 0) _slotOf[unit] = slot;
    }

    // A free place before one in use at the same price.
    private bool Before(int slot, int other) =>
        _slotPrice[slot] < _slotPrice[other] || (_slotPrice[slot] == _slotPrice[other] && _slotUnit[slot] < 0 && _slotUnit[other] >= 0);

    /// <returns>The most that anybody has to gain elsewhere.</returns>
    private long ReopenWhoeverIsBeyond(long epsilon)
    {
        long furthest = 0;
        // What each has, by itself, since each waits for memory and the next need not wait for it.
        _held ??= new long[_flow.UnitEdge.Length];
        for (var unit = 0; unit < _held.Length; unit++)
        {
            var edge = _flow.UnitEdge[unit];
            if (edge >= 0) _held[unit] = _network.Score[edge] * _scale - _price[_network.Column[edge]];
        }
        for (var unit = 0; unit < _held.Length; unit++)
        {
            var row = RowOf(unit);
            if (_flow.UnitEdge[unit] == Flow.Outside) _flow.TakeIn(unit);
            if (_flow.UnitEdge[unit] < 0) continue;
            var outside = -_network.CostOfOut(row, _flow.Out[row]) * _scale;
            var best = IsListed(row) ? _shortlists!.BestTwo(row).Best : Math.Max(outside, BestTwo(row, outside).Best);
            furthest = Math.Max(furthest, best - _held[unit]);
            if (_held[unit] >= best - epsilon) continue;
            _flow.UnitEdge[unit] = Flow.Open;
            _slotUnit[_slotOf[unit]] = -1;
        }
        // Whoever left may have stood behind somebody who pays the same.
        if (!_oneSlotEach)
            for (var column = 0; column < _price.Length; column++) Settle(column);
        return furthest;
    }

    /// <summary>
    /// What its unit gains where it is: at least what anything else would give, since it was the second best when it came and prices have risen. Not so
    /// for one of several units: what another held when it came did not count then, and may be there for the taking now. They are priced anew.
    /// </summary>
    private void TakeRowPrice(int row)
    {
        var unit = _flow.UnitStart[row];
        if (_flow.UnitStart[row + 1] - unit != 1 || _flow.UnitEdge[unit] == Flow.Open) _flow.PriceRow(row);
        else if (_flow.UnitEdge[unit] == Flow.Outside) _flow.RowPrices[row] = -_flow.CostOfLastOut(row);
        else _flow.RowPrices[row] = _network.Score[_flow.UnitEdge[unit]] - _slotPrice[_slotOf[unit]];
    }

    /// <summary>Slots in use first, as the flow has them.</summary>
    private void Compact()
    {
        for (var column = 0; column < _price.Length; column++)
        {
            var used = _flow.SlotStart[column];
            for (var slot = used; slot < _flow.SlotStart[column + 1]; slot++)
            {
                if (_slotUnit[slot] < 0) continue;
                (_slotUnit[used], _slotUnit[slot]) = (_slotUnit[slot], _slotUnit[used]);
                (_slotPrice[used], _slotPrice[slot]) = (_slotPrice[slot], _slotPrice[used]);
                _slotOf[_slotUnit[used]] = used;
                used++;
            }
            _flow.Used[column] = used - _flow.SlotStart[column];
        }
    }

    /// <summary>Where, between 0 and the scale, no price has its remainder for the longest stretch; the floors' remainder is 0.</summary>
    private long WidestGap()
    {
        var remainders = new List<long>(_price.Length + 1) { 0 };
        for (var column = 0; column < _price.Length; column++)
        {
            if (_flow.SlotStart[column] == _flow.SlotStart[column + 1]) continue;
            var remainder = _price[column] % _scale;
            remainders.Add(remainder < 0 ? remainder + _scale : remainder);
        }
        remainders.Sort();
        var (widest, after) = (remainders[0] + _scale - remainders[^1], remainders[0]);
        for (var i = 1; i < remainders.Count; i++)
        {
            var gap = remainders[i] - remainders[i - 1];
            if (gap > widest) (widest, after) = (gap, remainders[i]);
        }
        return after;
    }
}
