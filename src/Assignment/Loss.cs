namespace Mentoring.Assignment;

/// <summary>What forcing one edge into a best solution costs, exactly.</summary>
/// <param name="PriorityServed">Priority rows fewer served.</param>
/// <param name="Total">Total lost. Can be negative only when priority rows are lost: the total alone may then be better.</param>
public readonly record struct Loss(int PriorityServed, long Total)
{
    /// <summary>
    /// The loss of solving again with the edge locked, found by one shortest path instead: the reduced cost of the edge is only a
    /// lower bound, and the cheapest way back from its column to its row in the residual network is the rest.
    /// </summary>
    /// <remarks>
    /// Exact because a minimum cost flow stays one after a unit is pushed along a shortest path (R. K. Ahuja, T. L. Magnanti,
    /// J. B. Orlin, "Network Flows", 1993, lemma 9.12). Nothing is changed by it.
    /// </remarks>
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

        var whole = flow.RowPrices[row] + flow.ColumnPrices[column] - network.Score[edge] + WayBack(flow, column, row);
        var served = (whole + problem.Spread) / problem.PriorityWeight;
        return new Loss((int)served, whole - served * problem.PriorityWeight);
    }

    private static long WayBack(Flow flow, int fromColumn, int toRow)
    {
        var network = flow.Network;
        int columns = network.Columns, outside = columns + network.Rows;
        var distance = new long[outside + 1];
        Array.Fill(distance, long.MaxValue);
        var heap = new Heap();
        Reach(fromColumn, 0);
        while (heap.TryPop(out var here, out var node))
        {
            if (here > distance[node]) continue;
            if (node == columns + toRow) return here;
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
        throw new InvalidOperationException("A row with a place is always reached: the solution does not fit the problem.");

        void Reach(int node, long through)
        {
            if (through >= distance[node]) return;
            distance[node] = through;
            heap.Push(through, node);
        }
    }
}
