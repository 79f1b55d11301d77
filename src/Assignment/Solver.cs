namespace Mentoring.Assignment;

/// <summary>
/// Solves a <see cref="Problem"/> exactly by successive shortest augmenting paths with prices: each row place is added in turn, and
/// a Dijkstra search over reduced costs finds the cheapest way to make room for it.
/// </summary>
/// <remarks>
/// <para>Source: N. Tomizawa, "On some techniques useful for solution of transportation network problems", Networks 1 (1971);
/// J. Edmonds and R. M. Karp, "Theoretical improvements in algorithmic efficiency for network flow problems", J. ACM 19 (1972), for
/// prices that keep reduced costs non-negative; the row-by-row order and stopping at the first free end follow R. Jonker and
/// A. Volgenant, "A shortest augmenting path algorithm for dense and sparse linear assignment problems", Computing 38 (1987).</para>
/// <para>Invariant after each row place: the chosen edges are best for the places added so far, and the prices prove it
/// (the reduced costs listed at <see cref="Flow"/>). At most one search a row place, each settling a node once, so a run is
/// bounded by places × edges × log. The same problem gives the same solution: ties fall to the lower number.</para>
/// </remarks>
public sealed class Solver
{
    private const int ReportEvery = 256;

    private readonly Problem _problem;
    private readonly Flow _flow;
    private readonly Heap _heap = new();

    // Nodes are columns first, then rows. A label counts only if its stamp is this search's, which spares clearing.
    private readonly long[] _distance;
    private readonly int[] _stamp;
    private readonly int[] _arrivedBy;
    private readonly int[] _arrivedFrom;
    private readonly List<int> _settled = [];
    private int _search;

    private Solver(Problem problem)
    {
        _problem = problem;
        _flow = new Flow(problem);
        var nodes = problem.Rows + problem.Columns;
        _distance = new long[nodes];
        _stamp = new int[nodes];
        _arrivedBy = new int[nodes];
        _arrivedFrom = new int[problem.Columns];
    }

    /// <summary>The best choice of edges, with the prices that prove it; <see cref="Certificate.Check"/> checks the proof.</summary>
    /// <exception cref="OperationCanceledException">The token asked for it; nothing is kept.</exception>
    public static Solution Solve(Problem problem, IProgress<SolveProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new Solver(problem).Run(progress, cancellationToken);
    }

    private Solution Run(IProgress<SolveProgress>? progress, CancellationToken cancellationToken)
    {
        long total = 0;
        foreach (var places in _flow.FreeRowPlaces) total += places;

        long done = 0;
        for (var row = 0; row < _problem.Rows; row++)
        {
            SetFirstPrice(row);
            for (var place = 0; place < _flow.FreeRowPlaces[row]; place++)
            {
                AddPlace(row);
                if (++done % ReportEvery != 0) continue;
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Report(new SolveProgress(done, total));
            }
        }
        cancellationToken.ThrowIfCancellationRequested();
        progress?.Report(new SolveProgress(total, total));
        PriceClosedColumns();
        return Result();
    }

    /// <summary>A column without a place to give was never searched; its price must still outbid every row that would like it.</summary>
    private void PriceClosedColumns()
    {
        for (var row = 0; row < _problem.Rows; row++)
        {
            for (var edge = _problem.RowStart[row]; edge < _problem.RowStart[row + 1]; edge++)
            {
                var column = _problem.EdgeColumn[edge];
                if (_flow.ColumnPlaces[column] > 0 || _flow.Chosen[edge]) continue;
                _flow.ColumnPrices[column] = Math.Max(_flow.ColumnPrices[column], _problem.EdgeScore[edge] - _flow.RowPrices[row]);
            }
        }
    }

    /// <summary>The least price at which no reduced cost of a row without units is negative.</summary>
    private void SetFirstPrice(int row)
    {
        // A row that locks have filled keeps this price too: the certificate counts its edges like any others.
        var price = _flow.FreeRowPlaces[row] > 0 ? -_flow.CostOfOut(row) : -_problem.PriceOfEmpty[row];
        for (var edge = _problem.RowStart[row]; edge < _problem.RowStart[row + 1]; edge++)
        {
            var column = _problem.EdgeColumn[edge];
            if (!_flow.Chosen[edge] && _flow.ColumnPlaces[column] > 0)
                price = Math.Max(price, _problem.EdgeScore[edge] - _flow.ColumnPrices[column]);
        }
        _flow.RowPrices[row] = price;
    }

    private void AddPlace(int root)
    {
        var (end, length) = FindCheapestEnd(root);
        foreach (var node in _settled)
        {
            var shorter = length - _distance[node];
            if (shorter <= 0) continue;
            if (node < _problem.Columns) _flow.ColumnPrices[node] += shorter;
            else _flow.RowPrices[node - _problem.Columns] -= shorter;
        }
        Augment(root, end);
    }

    /// <summary>Where the new unit's chain of moves ends: a column with a free place, or a row that leaves one of its places empty.</summary>
    private (int End, long Length) FindCheapestEnd(int root)
    {
        var columns = _problem.Columns;
        _search++;
        _heap.Clear();
        _settled.Clear();
        var end = -1;
        var length = long.MaxValue;
        Reach(columns + root, 0);
        while (_heap.TryPop(out var distance, out var node))
        {
            if (distance >= length) break;
            if (distance > _distance[node]) continue;
            _settled.Add(node);
            if (node >= columns)
            {
                var row = node - columns;
                var price = _flow.RowPrices[row];
                if (_flow.Out[row] < _flow.FreeRowPlaces[row] && distance + _flow.CostOfOut(row) + price < length)
                    (end, length) = (node, distance + _flow.CostOfOut(row) + price);
                for (var edge = _problem.RowStart[row]; edge < _problem.RowStart[row + 1]; edge++)
                {
                    var column = _problem.EdgeColumn[edge];
                    var through = distance + price + _flow.ColumnPrices[column] - _problem.EdgeScore[edge];
                    if (through >= length || _flow.Chosen[edge] || !Shorter(column, through)) continue;
                    if (_flow.ColumnPlaces[column] == 0) continue;
                    _arrivedBy[column] = edge;
                    _arrivedFrom[column] = row;
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
                var edges = _flow.EdgesAt(node);
                var rows = _flow.RowsAt(node);
                for (var slot = 0; slot < edges.Length; slot++)
                {
                    var row = rows[slot];
                    var back = distance + _problem.EdgeScore[edges[slot]] - _flow.RowPrices[row] - _flow.ColumnPrices[node];
                    if (back >= length || !Shorter(columns + row, back)) continue;
                    _arrivedBy[columns + row] = edges[slot];
                    Reach(columns + row, back);
                }
            }
        }
        return (end, length);
    }

    /// <summary>Each row on the way gives up the edge it was reached by; whoever pushed it out takes the place.</summary>
    private void Augment(int root, int end)
    {
        int row;
        if (end < _problem.Columns)
        {
            row = _arrivedFrom[end];
            _flow.Choose(_arrivedBy[end], row, end);
        }
        else
        {
            row = end - _problem.Columns;
            _flow.Out[row]++;
        }
        while (row != root)
        {
            var edge = _arrivedBy[_problem.Columns + row];
            var column = _problem.EdgeColumn[edge];
            _flow.Drop(edge, column);
            row = _arrivedFrom[column];
            _flow.Choose(_arrivedBy[column], row, column);
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

    private Solution Result()
    {
        var chosen = new List<int>();
        var served = 0;
        long total = 0;
        for (var row = 0; row < _problem.Rows; row++)
        {
            var filled = 0;
            for (var edge = _problem.RowStart[row]; edge < _problem.RowStart[row + 1]; edge++)
            {
                if (!_flow.Chosen[edge]) continue;
                filled++;
                chosen.Add(edge);
                total += _problem.EdgeScore[edge];
            }
            total -= (long)(_problem.RowPlaces[row] - filled) * _problem.PriceOfEmpty[row];
            if (filled > 0 && _problem.Priority[row]) served++;
        }
        return new Solution(chosen, served, total, _flow.RowPrices, _flow.ColumnPrices);
    }
}
