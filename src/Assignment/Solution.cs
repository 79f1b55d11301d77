namespace Mentoring.Assignment;

/// <summary>A choice of edges and the prices that prove it best.</summary>
/// <param name="Edges">The chosen edges, rising.</param>
/// <param name="PriorityServed">How many priority rows have at least one place filled.</param>
/// <param name="Total">The scores of the chosen edges less the price of each empty row place.</param>
/// <param name="RowPrices">The dual of a row: what one more unit at this row would be worth.</param>
/// <param name="ColumnPrices">The dual of a column, never negative: what one more place there would be worth; 0 where one is free.</param>
public sealed record Solution(
    IReadOnlyList<int> Edges,
    int PriorityServed,
    long Total,
    IReadOnlyList<long> RowPrices,
    IReadOnlyList<long> ColumnPrices)
{
    /// <summary>Where the solve ended, kept for when its problem changes; null where that saw the problem otherwise.</summary>
    internal Flow? State { get; init; }

    /// <summary>Reads the state of a finished solve back in terms of the problem, locked edges included.</summary>
    internal static Solution From(Flow flow)
    {
        var network = flow.Network;
        var problem = network.Problem;
        var edges = new int[problem.Locks.Length + flow.UnitEdge.Length];
        problem.Locks.CopyTo(edges, 0);
        var (count, rising) = (problem.Locks.Length, true);
        for (var unit = 0; unit < flow.UnitEdge.Length; unit++)
        {
            if (flow.UnitEdge[unit] < 0) continue;
            if (!network.Turned && problem.Locks.Length == 0)
            {
                rising &= count == 0 || edges[count - 1] < flow.UnitEdge[unit];
                edges[count++] = flow.UnitEdge[unit];
                continue;
            }
            rising = false;
            var (row, column) = (flow.RowOf[unit], network.Column[flow.UnitEdge[unit]]);
            edges[count++] = (network.Turned ? problem.EdgeBetween(column, row) : problem.EdgeBetween(row, column))!.Value;
        }
        Array.Resize(ref edges, count);
        if (!rising) Array.Sort(edges);
        var (rowPrices, columnPrices) = network.Turned ? (flow.ColumnPrices, flow.RowPrices) : (flow.RowPrices, flow.ColumnPrices);
        PriceClosed(problem, rowPrices, columnPrices);
        return Of(problem, edges, rowPrices, columnPrices) with { State = network.Turned || problem.Locks.Length > 0 ? null : flow };
    }

    /// <summary>
    /// Rows and columns without a place to give were never searched, or are filled by locks; their prices must still outbid whoever would
    /// like them, since the proof looks at all edges.
    /// </summary>
    internal static void PriceClosed(Problem problem, long[] rowPrices, long[] columnPrices)
    {
        var rowPlaces = (int[])problem.RowPlaces.Clone();
        var columnPlaces = (int[])problem.ColumnPlaces.Clone();
        foreach (var edge in problem.Locks)
        {
            rowPlaces[problem.RowOf(edge)]--;
            columnPlaces[problem.ColumnOf(edge)]--;
        }
        for (var column = 0; column < problem.Columns; column++)
            if (columnPlaces[column] == 0) columnPrices[column] = 0;
        for (var row = 0; row < problem.Rows; row++)
        {
            if (rowPlaces[row] > 0) continue;
            rowPrices[row] = -problem.PriceOfEmpty[row];
            for (var edge = problem.RowStart[row]; edge < problem.RowStart[row + 1]; edge++)
            {
                var column = problem.EdgeColumn[edge];
                if (columnPlaces[column] > 0 && !problem.IsLocked(edge))
                    rowPrices[row] = Math.Max(rowPrices[row], problem.EdgeScore[edge] - columnPrices[column]);
            }
        }
        if (!columnPlaces.Contains(0)) return;
        for (var row = 0; row < problem.Rows; row++)
        {
            for (var edge = problem.RowStart[row]; edge < problem.RowStart[row + 1]; edge++)
            {
                var column = problem.EdgeColumn[edge];
                if (columnPlaces[column] == 0 && !problem.IsLocked(edge))
                    columnPrices[column] = Math.Max(columnPrices[column], problem.EdgeScore[edge] - rowPrices[row]);
            }
        }
    }

    /// <summary>A choice of edges, rising, with the figures it comes to.</summary>
    internal static Solution Of(Problem problem, IReadOnlyList<int> edges, IReadOnlyList<long> rowPrices, IReadOnlyList<long> columnPrices)
    {
        var filled = new int[problem.Rows];
        var chosen = edges as int[] ?? [.. edges];
        // By itself, since each waits for memory and the next need not wait for it.
        long total = 0;
        foreach (var edge in chosen) total += problem.EdgeScore[edge];
        var at = 0;
        foreach (var edge in chosen)
        {
            while (edge >= problem.RowStart[at + 1]) at++;
            filled[at]++;
        }
        var served = 0;
        for (var row = 0; row < problem.Rows; row++)
        {
            total -= (problem.RowPlaces[row] - filled[row]) * problem.PriceOfEmpty[row];
            if (filled[row] > 0 && problem.Priority[row]) served++;
        }
        return new Solution(edges, served, total, rowPrices, columnPrices);
    }
}

/// <summary>How far a solve has come, in row places.</summary>
public readonly record struct SolveProgress(long Done, long Total);
