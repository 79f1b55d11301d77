namespace Mentoring.Assignment;

/// <summary>
/// The auction seen from the places that are left free at a price above their floor: each lowers its price to where a second unit would come, less ε,
/// and takes the unit that gains most; who leaves another place frees that.
/// </summary>
/// <remarks>
/// Source: D. P. Bertsekas and D. A. Castañon, "A forward/reverse auction algorithm for asymmetric assignment problems", Computational Optimization
/// and Applications 1 (1992). Invariant: what a unit has stays within ε of the best it could have, and each bid gives a unit ε more.
/// </remarks>
internal sealed partial class Auction
{
    private const int BidsOfFreePlaces = 40;

    // Of a column with more, what is free is left to the repair: to put its places in order takes a look at all of them.
    private const int MostPlacesLowered = 64;

    // Seen from the columns; and what each row's unit that gains least has, since that one would move.
    private Network? _turned;
    private long[] _has = [];

    private void LowerWhatIsFree(long epsilon)
    {
        var queue = new Queue<int>();
        for (var column = 0; column < _price.Length; column++)
            if (IsFreeAboveFloor(column)) queue.Enqueue(column);
        if (queue.Count == 0) return;
        _shortlists?.Forget();
        _turned ??= _network.Turn();
        if (_has.Length == 0) _has = GC.AllocateUninitializedArray<long>(_network.Rows, pinned: true);
        for (var row = 0; row < _has.Length; row++) _has[row] = LeastOf(row).Has;
        var patience = Bids + (long)BidsOfFreePlaces * _flow.UnitEdge.Length;
        while (Bids < patience && queue.TryDequeue(out var column))
        {
            if (!IsFreeAboveFloor(column)) continue;
            var left = Lower(column, epsilon);
            if (IsFreeAboveFloor(column)) queue.Enqueue(column);
            if (left >= 0 && IsFreeAboveFloor(left)) queue.Enqueue(left);
            if (Bids % CheckEvery == 0) _check(0);
        }
    }

    /// <summary>Lowers the price of a free place until somebody comes, or to the floor.</summary>
    /// <returns>The column that is left for it, or −1.</returns>
    private int Lower(int column, long epsilon)
    {
        Bids++;
        var (slot, floor) = (_flow.SlotStart[column], _network.Floor[column] * _scale);
        var outside = floor + epsilon;
        var (edge, best, second) = _flow.SlotStart[column + 1] - slot == 1 ? BestTwo(_turned!, _has, column, outside) : BestTwoNotHere(column, outside);
        if (edge < 0 || best <= outside)
        {
            _slotPrice[slot] = floor;
            Settle(column);
            return -1;
        }
        var row = _turned!.Column[edge];
        var single = _flow.UnitStart[row + 1] - _flow.UnitStart[row] == 1;
        var unit = single ? _flow.UnitStart[row] : LeastOf(row).Unit;
        var price = Math.Min(_slotPrice[slot], second - epsilon);
        var left = -1;
        if (_flow.UnitEdge[unit] == Flow.Outside)
        {
            _flow.TakeIn(unit);
        }
        else
        {
            left = _network.Column[_flow.UnitEdge[unit]];
            Leave(left, _slotOf[unit]);
        }
        _flow.UnitEdge[unit] = _network.EdgeBetween(row, column);
        Put(slot, price, unit);
        Settle(column);
        _has[row] = single ? _has[row] + best - price : LeastOf(row).Has;
        return left;
    }

    private bool IsFreeAboveFloor(int column)
    {
        var slot = _flow.SlotStart[column];
        var places = _flow.SlotStart[column + 1] - slot;
        return places is > 0 and <= MostPlacesLowered && _slotUnit[slot] < 0 && _slotPrice[slot] > _network.Floor[column] * _scale;
    }

    private (int Unit, long Has) LeastOf(int row)
    {
        var (least, has) = (-1, Closed);
        for (var unit = _flow.UnitStart[row]; unit < _flow.UnitStart[row + 1]; unit++)
        {
            var edge = _flow.UnitEdge[unit];
            var here = edge == Flow.Outside ? -_flow.CostOfLastOut(row) * _scale : _network.Score[edge] * _scale - _price[_network.Column[edge]];
            if (here < has) (least, has) = (unit, here);
        }
        return (least, has);
    }

    private (int Edge, long Best, long Second) BestTwoNotHere(int column, long outside)
    {
        var (best, second, at) = (long.MinValue, outside, -1);
        for (var edge = _turned!.Start[column]; edge < _turned.Start[column + 1]; edge++)
        {
            var row = _turned.Column[edge];
            var worth = _turned.Score[edge] * _scale - _has[row];
            if (worth <= second || IsHere(row, column)) continue;
            if (worth > best) (second, best, at) = (Math.Max(best, second), worth, edge);
            else second = worth;
        }
        return (at, best, second);
    }

    private bool IsHere(int row, int column)
    {
        for (var unit = _flow.UnitStart[row]; unit < _flow.UnitStart[row + 1]; unit++)
            if (_flow.UnitEdge[unit] >= 0 && _network.Column[_flow.UnitEdge[unit]] == column) return true;
        return false;
    }

    /// <summary>A place that is left costs no more than the cheapest, and comes before it.</summary>
    private void Leave(int column, int slot)
    {
        var first = _flow.SlotStart[column];
        var price = _price[column];
        for (; slot > first; slot = first + (slot - first - 1) / 2)
        {
            var parent = first + (slot - first - 1) / 2;
            Put(slot, _slotPrice[parent], _slotUnit[parent]);
        }
        Put(first, price, -1);
    }

    /// <summary>Free places cost no more than the cheapest, and come before it.</summary>
    private void Settle(int column)
    {
        var (first, end) = (_flow.SlotStart[column], _flow.SlotStart[column + 1]);
        if (first == end) return;
        var price = _slotPrice[first];
        for (var slot = end - 1; slot >= first; slot--)
        {
            if (_slotUnit[slot] < 0) _slotPrice[slot] = price;
            Sink(column, slot);
        }
    }
}
