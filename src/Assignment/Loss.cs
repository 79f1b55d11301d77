namespace Mentoring.Assignment;

/// <summary>What one demand on a best solution costs, exactly: to have an edge, to do without one, to serve a row.</summary>
/// <remarks>
/// Each is the loss of solving again with the demand, found by one shortest path in the residual network instead. Exact because a minimum cost flow
/// stays one after a unit is pushed along a shortest path (R. K. Ahuja, T. L. Magnanti, J. B. Orlin, "Network Flows", 1993, lemma 9.12). Nothing is
/// changed by it.
/// </remarks>
/// <param name="PriorityServed">Priority rows fewer served.</param>
/// <param name="Total">Total lost. Can be negative only when priority rows are lost: the total alone may then be better.</param>
public readonly record struct Loss(int PriorityServed, long Total)
{
    /// <summary>
    /// The loss of solving again with the edge locked, found by one shortest path instead: the reduced cost of the edge is only a
    /// lower bound, and the cheapest way back from its column to its row in the residual network is the rest.
    /// </summary>
    /// <param name="problem">The problem.</param>
    /// <param name="solution">A solution whose <see cref="Certificate"/> holds.</param>
    /// <param name="row">The edge's row.</param>
    /// <param name="column">The edge's column.</param>
    /// <returns>Null when no solution can have the edge: it is not there, or locks fill one of its ends.</returns>
    public static Loss? OfForcing(Problem problem, Solution solution, int row, int column)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(solution);
        if (problem.EdgeBetween(row, column) is not { } wanted) return null;
        if (problem.IsLocked(wanted)) return new Loss(0, 0);

        var flow = Flow.Of(problem, solution);
        var network = flow.Network;
        var edge = network.EdgeBetween(row, column);
        if (flow.UnitOn(row, edge) >= 0) return new Loss(0, 0);
        if (network.RowPlaces[row] == 0 || network.ColumnPlaces[column] == 0) return null;

        return Of(problem, flow.RowPrices[row] + flow.ColumnPrices[column] - network.Score[edge] + Way(flow, column, network.Columns + row)!.Value);
    }

    /// <summary>The loss of solving again with the edge banned: what the cheapest other way from its row to its column costs.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="solution">A solution whose <see cref="Certificate"/> holds.</param>
    /// <param name="row">The edge's row.</param>
    /// <param name="column">The edge's column.</param>
    /// <returns>Null when no solution can do without the edge: it is locked. No loss when it is not chosen, or not there.</returns>
    public static Loss? OfForbidding(Problem problem, Solution solution, int row, int column)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(solution);
        if (problem.EdgeBetween(row, column) is not { } unwanted) return new Loss(0, 0);
        if (problem.IsLocked(unwanted)) return null;

        var flow = Flow.Of(problem, solution);
        var network = flow.Network;
        var edge = network.EdgeBetween(row, column);
        if (flow.UnitOn(row, edge) < 0) return new Loss(0, 0);
        return Of(problem, network.Score[edge] - flow.RowPrices[row] - flow.ColumnPrices[column] + Way(flow, network.Columns + row, column)!.Value);
    }

    /// <summary>The loss of solving again when this row must have at least one place filled.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="solution">A solution whose <see cref="Certificate"/> holds.</param>
    /// <param name="row">A row; one that is served loses nothing.</param>
    /// <returns>Null when no solution can serve it: it has no place, or no edge to a column that locks leave a place at.</returns>
    public static Loss? OfServing(Problem problem, Solution solution, int row)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(solution);
        if (solution.Edges.Any(edge => edge >= problem.RowStart[row] && edge < problem.RowStart[row + 1])) return new Loss(0, 0);
        if (problem.RowPlaces[row] == 0) return null;
        var flow = Flow.Of(problem, solution);
        // All its places are out: the last comes in, and cannot go out again by itself.
        return Way(flow, flow.Network.Columns + row, flow.Network.Columns + flow.Network.Rows) is { } way
            ? Of(problem, -flow.CostOfLastOut(row) - flow.RowPrices[row] + way)
            : null;
    }

    private static Loss Of(Problem problem, long whole)
    {
        var served = (whole + problem.Spread) / problem.PriorityWeight;
        return new Loss((int)served, whole - served * problem.PriorityWeight);
    }

    /// <summary>The shortest way to move one unit; nodes are columns, then rows, then outside. Null where there is none.</summary>
    private static long? Way(Flow flow, int start, int end)
    {
        var network = flow.Network;
        int columns = network.Columns, outside = columns + network.Rows;
        var distance = new long[outside + 1];
        Array.Fill(distance, long.MaxValue);
        var heap = new Heap();
        Reach(start, 0);
        while (heap.TryPop(out var here, out var node))
        {
            if (here > distance[node]) continue;
            if (node == end) return here;
            if (node == outside)
            {
                // Whatever has come in can be undone: a filled place emptied, an empty one filled.
                for (var column = 0; column < columns; column++)
                    if (flow.Used[column] > 0) Reach(column, here + flow.ColumnPrices[column]);
                for (var row = 0; row < network.Rows; row++)
                    if (flow.Out[row] > 0) Reach(columns + row, here - flow.CostOfLastOut(row) - flow.RowPrices[row]);
            }
            else if (node < columns)
            {
                if (flow.IsFree(node)) Reach(outside, here);
                foreach (var unit in flow.UnitsAt(node))
                {
                    var row = flow.RowOf[unit];
                    Reach(columns + row, here + network.Score[flow.UnitEdge[unit]] - flow.RowPrices[row] - flow.ColumnPrices[node]);
                }
            }
            else
            {
                var row = node - columns;
                if (flow.MayGoOut(row)) Reach(outside, here + flow.CostOfOut(row) + flow.RowPrices[row]);
                for (var edge = network.Start[row]; edge < network.Start[row + 1]; edge++)
                {
                    var column = network.Column[edge];
                    if (network.ColumnPlaces[column] == 0 || flow.UnitOn(row, edge) >= 0) continue;
                    Reach(column, here + flow.RowPrices[row] + flow.ColumnPrices[column] - network.Score[edge]);
                }
            }
        }
        return null;

        void Reach(int node, long through)
        {
            if (through >= distance[node]) return;
            distance[node] = through;
            heap.Push(through, node);
        }
    }
}
