namespace Mentoring.Assignment;

/// <summary>
/// Takes the prices down that free places still have, exactly: a search from such a place finds whether somebody gains by moving in, and who by
/// moving where they leave, until a place is left that nobody wants at its floor.
/// </summary>
/// <remarks>
/// The search of <see cref="Repair"/> seen from the columns; source and invariant are the same. A column at its floor ends a search, so
/// only the others need to know who could come, and only from whom a place at its floor would be a gain. Prices of columns only fall and
/// those of rows only rise: both are looked up once.
/// </remarks>
internal sealed class ReverseRepair
{
    private readonly Flow _flow;
    private readonly Network _network;
    private readonly Heap _heap = new();

    // Nodes are columns first, then rows, as in the other search.
    private readonly long[] _distance;
    private readonly int[] _stamp;
    private readonly int[] _edgeFrom;
    private readonly int[] _columnFrom;
    private readonly int[] _unitFrom;
    private readonly List<int> _settled = [];
    private readonly List<int> _moving = [];
    private int _search;
    private long _looked;

    private int[] _first = [];
    private int[] _edges = [];
    private int[] _rows = [];

    public ReverseRepair(Flow flow)
    {
        _flow = flow;
        _network = flow.Network;
        var nodes = _network.Rows + _network.Columns;
        // What is read of these was written by the same search: its stamp says so.
        _distance = GC.AllocateUninitializedArray<long>(nodes);
        _stamp = new int[nodes];
        _edgeFrom = GC.AllocateUninitializedArray<int>(_network.Rows);
        _columnFrom = GC.AllocateUninitializedArray<int>(_network.Rows);
        _unitFrom = GC.AllocateUninitializedArray<int>(_network.Columns);
    }

    /// <summary>Until no column is overpriced. No unit may be open.</summary>
    /// <param name="check">Called for each.</param>
    /// <param name="mostEdges">Stops, with columns overpriced, once it has looked at so many.</param>
    /// <returns>How many edges were looked at.</returns>
    public long Run(Action check, long mostEdges)
    {
        for (var column = 0; column < _network.Columns; column++)
        {
            while (_flow.IsOverpriced(column) && _looked < mostEdges)
            {
                check();
                if (_first.Length == 0) LookUpWhoCouldCome();
                Lower(column);
            }
        }
        return _looked;
    }

    private void LookUpWhoCouldCome()
    {
        var (columns, floors) = (_network.Column, _network.Floor);
        var dear = new bool[_network.Columns];
        var lowest = long.MaxValue;
        for (var column = 0; column < dear.Length; column++)
        {
            dear[column] = _flow.ColumnPrices[column] > floors[column];
            if (dear[column]) lowest = Math.Min(lowest, floors[column]);
        }
        _looked += columns.Length;
        var above = _flow.Above ?? new EdgesAbove(_network.Start, columns, _network.Score);
        _first = new int[_network.Columns + 1];
        var found = new List<(int Edge, int Row, int Column)>(_network.Rows);
        for (var row = 0; row < _network.Rows; row++)
        {
            // Nobody comes who would not gain at the floor: a search ends there at the latest.
            foreach (var (edge, column, score) in above.Of(row, _flow.RowPrices[row] + lowest))
            {
                if (!dear[column] || score - floors[column] <= _flow.RowPrices[row]) continue;
                found.Add((edge, row, column));
                _first[column + 1]++;
            }
        }
        for (var column = 0; column < dear.Length; column++) _first[column + 1] += _first[column];
        var next = _first[..^1];
        (_edges, _rows) = (new int[found.Count], new int[found.Count]);
        foreach (var (edge, row, column) in found)
        {
            var at = next[column]++;
            (_edges[at], _rows[at]) = (edge, row);
        }
    }

    private void Lower(int root)
    {
        var (end, length) = FindCheapestEnd(root);
        foreach (var node in _settled)
        {
            var shorter = length - _distance[node];
            if (shorter <= 0) continue;
            if (node < _network.Columns) _flow.ColumnPrices[node] -= shorter;
            else _flow.RowPrices[node - _network.Columns] += shorter;
        }
        MoveAlong(root, end);
    }

    /// <summary>Where the chain of moves ends: a column whose place stays free, or a row that had left a place empty.</summary>
    private (int End, long Length) FindCheapestEnd(int root)
    {
        var columns = _network.Columns;
        _search++;
        _heap.Clear();
        _settled.Clear();
        var (end, length) = (root, _flow.ColumnPrices[root] - _network.Floor[root]);
        Reach(root, 0);
        while (_heap.TryPop(out var distance, out var node))
        {
            if (distance >= length) break;
            if (distance > _distance[node]) continue;
            _settled.Add(node);
            if (_settled.Count > _distance.Length) throw new InvalidOperationException("A search went in circles: the prices it began with do not hold.");
            if (node < columns)
            {
                var price = _flow.ColumnPrices[node];
                _looked += _first[node + 1] - _first[node];
                for (var i = _first[node]; i < _first[node + 1]; i++)
                {
                    var (edge, row) = (_edges[i], _rows[i]);
                    var through = distance + _flow.RowPrices[row] + price - _network.Score[edge];
                    if (through >= length || !Shorter(columns + row, through) || _network.RowPlaces[row] == 0 || _flow.UnitOn(row, edge) >= 0) continue;
                    _edgeFrom[row] = edge;
                    _columnFrom[row] = node;
                    Reach(columns + row, through);
                    // An end counts from when it is seen: among ties everything else would be looked at before it.
                    if (_flow.Out[row] > 0 && through - _flow.CostOfLastOut(row) - _flow.RowPrices[row] < length)
                        (end, length) = (columns + row, through - _flow.CostOfLastOut(row) - _flow.RowPrices[row]);
                }
            }
            else
            {
                var row = node - columns;
                var price = _flow.RowPrices[row];
                for (var unit = _flow.UnitStart[row]; unit < _flow.UnitStart[row + 1]; unit++)
                {
                    if (_flow.UnitEdge[unit] < 0) continue;
                    var column = _network.Column[_flow.UnitEdge[unit]];
                    var through = distance + _network.Score[_flow.UnitEdge[unit]] - price - _flow.ColumnPrices[column];
                    if (through >= length || !Shorter(column, through)) continue;
                    _unitFrom[column] = unit;
                    Reach(column, through);
                    if (through + _flow.ColumnPrices[column] - _network.Floor[column] < length)
                        (end, length) = (column, through + _flow.ColumnPrices[column] - _network.Floor[column]);
                }
            }
        }
        return (end, length);
    }

    /// <summary>Each unit on the way takes the place that is left for it, up to the one that was free.</summary>
    private void MoveAlong(int root, int end)
    {
        _moving.Clear();
        var column = end;
        if (end >= _network.Columns)
        {
            var row = end - _network.Columns;
            var unit = _flow.UnitStart[row];
            while (_flow.UnitEdge[unit] != Flow.Outside) unit++;
            _flow.TakeIn(unit);
            _moving.Add(unit);
            column = _columnFrom[row];
        }
        while (column != root)
        {
            _moving.Add(_unitFrom[column]);
            column = _columnFrom[_flow.RowOf[_unitFrom[column]]];
        }
        foreach (var unit in _moving)
            if (_flow.UnitEdge[unit] >= 0) _flow.Reopen(unit);
        foreach (var unit in _moving) _flow.Place(unit, _edgeFrom[_flow.RowOf[unit]], _columnFrom[_flow.RowOf[unit]]);
    }

    private bool Shorter(int node, long distance) => _stamp[node] != _search || distance < _distance[node];

    private void Reach(int node, long distance)
    {
        _stamp[node] = _search;
        _distance[node] = distance;
        _heap.Push(distance, node);
    }
}
