namespace Mentoring.Assignment;

/// <summary>
/// Places what is open one unit at a time, exactly: a Dijkstra search over reduced costs finds the cheapest way to make room for it.
/// </summary>
/// <remarks>
/// <para>Source: N. Tomizawa, "On some techniques useful for solution of transportation network problems", Networks 1 (1971);
/// J. Edmonds and R. M. Karp, "Theoretical improvements in algorithmic efficiency for network flow problems", J. ACM 19 (1972), for
/// prices that keep reduced costs non-negative; stopping at the first free end follows R. Jonker and A. Volgenant, "A shortest
/// augmenting path algorithm for dense and sparse linear assignment problems", Computing 38 (1987).</para>
/// <para>Invariant after each unit: what is placed is best for the units placed so far, and the prices prove it (the reduced costs
/// listed at <see cref="Flow"/>). One search a unit, each settling a node once, so a run is bounded by units × edges × log.</para>
/// </remarks>
internal sealed class Repair
{
    private readonly Network _network;
    private readonly Flow _flow;
    private readonly Heap _heap = new();

    // Nodes are columns first, then rows. A label counts only if its stamp is this search's, which spares clearing.
    private readonly long[] _distance;
    private readonly int[] _stamp;
    private readonly int[] _edgeTo;
    private readonly int[] _rowTo;
    private readonly int[] _slotFrom;
    private readonly List<int> _settled = [];
    private int _search;
    private long _looked;

    public Repair(Flow flow)
    {
        _flow = flow;
        _network = flow.Network;
        var nodes = _network.Rows + _network.Columns;
        // What is read of these was written by the same search: its stamp says so.
        _distance = GC.AllocateUninitializedArray<long>(nodes);
        _stamp = new int[nodes];
        _edgeTo = GC.AllocateUninitializedArray<int>(_network.Columns);
        _rowTo = GC.AllocateUninitializedArray<int>(_network.Columns);
        _slotFrom = GC.AllocateUninitializedArray<int>(_network.Rows);
    }

    /// <summary>Places every open unit. A free column may be overpriced: it is taken at its price.</summary>
    /// <param name="check">Called for each with how many are left.</param>
    /// <param name="mostEdges">Stops, with units open, once it has looked at so many.</param>
    /// <returns>How many edges were looked at.</returns>
    public long Run(Action<long> check, long mostEdges)
    {
        var open = new List<int>();
        for (var unit = 0; unit < _flow.UnitEdge.Length; unit++)
            if (_flow.UnitEdge[unit] == Flow.Open) open.Add(unit);
        for (var i = 0; i < open.Count && _looked < mostEdges; i++)
        {
            check(open.Count - i);
            Place(open[i]);
        }
        return _looked;
    }

    private void Place(int unit)
    {
        var root = _flow.RowOf[unit];
        var (end, length) = FindCheapestEnd(root);
        foreach (var node in _settled)
        {
            var shorter = length - _distance[node];
            if (shorter <= 0) continue;
            if (node < _network.Columns) _flow.ColumnPrices[node] += shorter;
            else _flow.RowPrices[node - _network.Columns] -= shorter;
        }
        Augment(unit, root, end);
    }

    /// <summary>Where the unit's chain of moves ends: a column with a free place, or a row that leaves one of its places empty.</summary>
    private (int End, long Length) FindCheapestEnd(int root)
    {
        var columns = _network.Columns;
        _search++;
        _heap.Clear();
        _settled.Clear();
        // The open unit itself may go out.
        var (end, length) = (columns + root, _flow.CostOfOut(root) + _flow.RowPrices[root]);
        Reach(columns + root, 0);
        while (_heap.TryPop(out var distance, out var node))
        {
            if (distance >= length) break;
            if (distance > _distance[node]) continue;
            _settled.Add(node);
            if (_settled.Count > _distance.Length) throw new InvalidOperationException("A search went in circles: the prices it began with do not hold.");
            if (node >= columns)
            {
                var row = node - columns;
                var price = _flow.RowPrices[row];
                _looked += _network.Start[row + 1] - _network.Start[row];
                for (var edge = _network.Start[row]; edge < _network.Start[row + 1]; edge++)
                {
                    var column = _network.Column[edge];
                    var through = distance + price + _flow.ColumnPrices[column] - _network.Score[edge];
                    if (through >= length || !Shorter(column, through) || _network.ColumnPlaces[column] == 0) continue;
                    if (_flow.UnitOn(row, edge) >= 0) continue;
                    _edgeTo[column] = edge;
                    _rowTo[column] = row;
                    if (_flow.IsFree(column))
                    {
                        Label(column, through);
                        (end, length) = (column, through);
                    }
                    else
                    {
                        Reach(column, through);
                    }
                }
            }
            else
            {
                for (var slot = _flow.SlotStart[node]; slot < _flow.SlotStart[node] + _flow.Used[node]; slot++)
                {
                    var unit = _flow.SlotUnit[slot];
                    var row = _flow.RowOf[unit];
                    var back = distance + _network.Score[_flow.UnitEdge[unit]] - _flow.RowPrices[row] - _flow.ColumnPrices[node];
                    if (back >= length || !Shorter(columns + row, back)) continue;
                    _slotFrom[row] = slot;
                    Reach(columns + row, back);
                    // An end counts from when it is seen: among ties everything else would be looked at before it.
                    if (_flow.MayGoOut(row) && back + _flow.CostOfOut(row) + _flow.RowPrices[row] < length)
                        (end, length) = (columns + row, back + _flow.CostOfOut(row) + _flow.RowPrices[row]);
                }
            }
        }
        return (end, length);
    }

    /// <summary>From the end backwards, each unit on the way takes the place that the one before it left, and the new one takes the last.</summary>
    private void Augment(int unit, int root, int end)
    {
        var row = end < _network.Columns ? _rowTo[end] : end - _network.Columns;
        var slot = row == root ? -1 : _slotFrom[row];
        var moving = row == root ? unit : _flow.SlotUnit[slot];
        var left = row == root ? -1 : _network.Column[_flow.UnitEdge[moving]];
        if (end < _network.Columns)
            _flow.Place(moving, _edgeTo[end], end);
        else
            _flow.SendOut(moving);
        while (row != root)
        {
            var (column, freed) = (left, slot);
            row = _rowTo[column];
            slot = row == root ? -1 : _slotFrom[row];
            moving = row == root ? unit : _flow.SlotUnit[slot];
            left = row == root ? -1 : _network.Column[_flow.UnitEdge[moving]];
            _flow.UnitEdge[moving] = _edgeTo[column];
            _flow.SlotUnit[freed] = moving;
        }
    }

    private bool Shorter(int node, long distance) => _stamp[node] != _search || distance < _distance[node];

    private void Label(int node, long distance)
    {
        _stamp[node] = _search;
        _distance[node] = distance;
    }

    private void Reach(int node, long distance)
    {
        Label(node, distance);
        _heap.Push(distance, node);
    }
}
