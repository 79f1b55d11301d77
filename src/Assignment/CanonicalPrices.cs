namespace Mentoring.Assignment;

/// <summary>
/// Of all prices that prove a solution best, those that depend on the problem alone: every column at its lowest, every row at its highest.
/// </summary>
/// <remarks>
/// The prices that prove a problem's best solutions form a lattice: of two such sets of prices the lower of each column and the higher of each row
/// prove them too (L. S. Shapley and M. Shubik, "The assignment game I: the core", International Journal of Game Theory 1, 1971). Its least element
/// is as far from any known one as the shortest paths of the residual network are long: one Dijkstra search from outside, since reduced costs are
/// not negative. Invariant: each node's price moves by its distance, so that no reduced cost becomes negative.
/// </remarks>
public static class CanonicalPrices
{
    /// <summary>
    /// The same choice at canonical prices: equal for equal problems, however and in however many steps they were solved. The choice among equally
    /// good ones is not made canonical.
    /// </summary>
    /// <param name="problem">The problem.</param>
    /// <param name="solution">A solution whose <see cref="Certificate"/> holds.</param>
    public static Solution Of(Problem problem, Solution solution)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(solution);
        var flow = Flow.Of(problem, solution);
        var distance = FromOutside(flow);
        for (var column = 0; column < problem.Columns; column++)
            if (flow.Network.ColumnPlaces[column] > 0) flow.ColumnPrices[column] -= distance[column];
        for (var row = 0; row < problem.Rows; row++)
            if (flow.Network.RowPlaces[row] > 0) flow.RowPrices[row] += distance[problem.Columns + row];
        Solution.PriceClosed(problem, flow.RowPrices, flow.ColumnPrices);
        return solution with { RowPrices = flow.RowPrices, ColumnPrices = flow.ColumnPrices };
    }

    /// <summary>How far each column, then each row, is from outside by reduced costs. Ends without a place are not reached.</summary>
    private static long[] FromOutside(Flow flow)
    {
        var network = flow.Network;
        var columns = network.Columns;
        var distance = new long[columns + network.Rows];
        Array.Fill(distance, long.MaxValue);
        var heap = new Heap();
        for (var column = 0; column < columns; column++)
            if (network.ColumnPlaces[column] > 0) Reach(column, flow.ColumnPrices[column]);
        for (var row = 0; row < network.Rows; row++)
            if (flow.Out[row] > 0) Reach(columns + row, -flow.CostOfLastOut(row) - flow.RowPrices[row]);
        while (heap.TryPop(out var here, out var node))
        {
            if (here > distance[node]) continue;
            if (node < columns)
            {
                foreach (var unit in flow.UnitsAt(node))
                {
                    var row = flow.RowOf[unit];
                    Reach(columns + row, here + network.Score[flow.UnitEdge[unit]] - flow.RowPrices[row] - flow.ColumnPrices[node]);
                }
                continue;
            }
            var from = node - columns;
            var price = here + flow.RowPrices[from];
            for (var edge = network.Start[from]; edge < network.Start[from + 1]; edge++)
            {
                var column = network.Column[edge];
                var through = price + flow.ColumnPrices[column] - network.Score[edge];
                if (through < distance[column] && network.ColumnPlaces[column] > 0 && flow.UnitOn(from, edge) < 0) Reach(column, through);
            }
        }
        return distance;

        void Reach(int node, long through)
        {
            if (through >= distance[node]) return;
            distance[node] = through;
            heap.Push(through, node);
        }
    }
}
