namespace Mentoring.Assignment;

/// <summary>
/// The state that all algorithms walk on: where each row place goes, seen from both ends, and the prices.
/// </summary>
/// <remarks>
/// A place of a row is a <em>unit</em>: it goes over an edge to a slot of a column, or <em>out</em>, or is still open. Between
/// algorithms the reduced cost of every arc that could be used is not negative:
/// <list type="bullet">
/// <item>edge not chosen: row price + column price − score ≥ 0;</item>
/// <item>edge chosen: score − row price − column price ≥ 0;</item>
/// <item>a unit may still go out: its cost + row price ≥ 0; one has gone out: −(its cost) − row price ≥ 0;</item>
/// <item>column price ≥ its floor, and = its floor while a place is free.</item>
/// </list>
/// </remarks>
internal sealed class Flow
{
    /// <summary>In <see cref="UnitEdge"/>: not placed yet.</summary>
    public const int Open = -1;

    /// <summary>In <see cref="UnitEdge"/>: left empty.</summary>
    public const int Outside = -2;

    public Flow(Network network)
    {
        Network = network;
        UnitStart = new int[network.Rows + 1];
        for (var row = 0; row < network.Rows; row++) UnitStart[row + 1] = checked(UnitStart[row] + network.RowPlaces[row]);
        RowOf = new int[UnitStart[^1]];
        for (var row = 0; row < network.Rows; row++) RowOf.AsSpan(UnitStart[row]..UnitStart[row + 1]).Fill(row);
        UnitEdge = new int[RowOf.Length];
        Array.Fill(UnitEdge, Open);
        Out = new int[network.Rows];
        RowPrices = new long[network.Rows];

        SlotStart = new int[network.Columns + 1];
        for (var column = 0; column < network.Columns; column++)
            SlotStart[column + 1] = checked(SlotStart[column] + network.ColumnPlaces[column]);
        SlotUnit = new int[SlotStart[^1]];
        Array.Fill(SlotUnit, -1);
        Used = new int[network.Columns];
        ColumnPrices = (long[])network.Floor.Clone();
    }

    /// <summary>A solution as a state to search from.</summary>
    public static Flow Of(Problem problem, Solution solution)
    {
        var flow = new Flow(Network.Of(problem));
        for (var row = 0; row < problem.Rows; row++) flow.RowPrices[row] = solution.RowPrices[row];
        for (var column = 0; column < problem.Columns; column++) flow.ColumnPrices[column] = solution.ColumnPrices[column];
        var next = flow.UnitStart[..^1];
        foreach (var edge in solution.Edges)
        {
            if (problem.IsLocked(edge)) continue;
            var (row, column) = (problem.RowOf(edge), problem.ColumnOf(edge));
            flow.Place(next[row]++, flow.Network.EdgeBetween(row, column), column);
        }
        for (var row = 0; row < problem.Rows; row++)
            while (next[row] < flow.UnitStart[row + 1]) flow.SendOut(next[row]++);
        return flow;
    }

    /// <summary>
    /// What is left of a solution when the problem has changed: rows at which the old prices still hold keep what they have and what they pay,
    /// the others look again at these prices.
    /// </summary>
    public static Flow After(Problem problem, Problem before, Solution known)
    {
        if (known.State is { } state && ReferenceEquals(state.Network.Problem, before) && ProblemChange.Known.Between(before, problem) is { } changed)
            return state.After(problem, changed);
        var flow = new Flow(Network.Of(problem));
        var network = flow.Network;
        for (var column = 0; column < Math.Min(problem.Columns, before.Columns); column++) flow.ColumnPrices[column] = Math.Max(0, known.ColumnPrices[column]);
        for (var row = 0; row < problem.Rows; row++) flow.RowPrices[row] = row < before.Rows ? known.RowPrices[row] : long.MaxValue;
        var above = new EdgesAbove(network.Start, network.Column, network.Score);
        above.Keep((long[])flow.RowPrices.Clone());
        flow.Above = above;
        var held = HeldStill(network, before, known.Edges as int[] ?? [.. known.Edges]);
        var next = 0;
        for (var row = 0; row < problem.Rows; row++)
        {
            var unit = flow.UnitStart[row];
            var price = flow.RowPrices[row];
            var holds = row < before.Rows;
            for (; next < held.Length && held[next].Row == row; next++)
            {
                var (edge, column, score) = held[next].Edge;
                if (unit == flow.UnitStart[row + 1] || !flow.IsFree(column)) continue;
                flow.Place(unit++, edge, column);
                holds &= score - flow.ColumnPrices[column] >= price;
            }
            while (unit < flow.UnitStart[row + 1] && -flow.CostOfOut(row) >= price) flow.SendOut(unit++);
            if (flow.MayGoOut(row)) holds &= -flow.CostOfOut(row) <= price;
            else if (flow.Out[row] > 0) holds &= -flow.CostOfLastOut(row) == price;
            foreach (var (edge, column, score) in above.Of(row, price))
                holds = holds && (score - flow.ColumnPrices[column] <= price || network.ColumnPlaces[column] == 0 || flow.UnitOn(row, edge) >= 0);
            if (!holds) flow.PriceRow(row);
        }
        return flow;
    }

    /// <summary>The same where it is known which rows have changed: none of the others' edges is looked at, and what is above their prices is known.</summary>
    private Flow After(Problem problem, bool[] changed)
    {
        var flow = new Flow(Network.Of(problem));
        var network = flow.Network;
        // Units are numbered row by row, and so have other numbers after a row that has changed; −1 is nobody's any more.
        var units = new int[RowOf.Length];
        for (var row = 0; row < Network.Rows; row++)
        {
            flow.RowPrices[row] = RowPrices[row];
            flow.Out[row] = changed[row] ? 0 : Out[row];
            var (edges, to) = (network.Start[row] - Network.Start[row], flow.UnitStart[row]);
            for (var unit = UnitStart[row]; unit < UnitStart[row + 1]; unit++, to++)
            {
                units[unit] = changed[row] ? -1 : to;
                if (!changed[row]) flow.UnitEdge[to] = UnitEdge[unit] < 0 ? UnitEdge[unit] : UnitEdge[unit] + edges;
            }
        }
        var looking = new List<int>();
        for (var column = 0; column < Network.Columns; column++)
        {
            flow.ColumnPrices[column] = ColumnPrices[column];
            foreach (var unit in UnitsAt(column))
            {
                var to = units[unit];
                if (to < 0) continue;
                if (flow.IsFree(column))
                {
                    flow.SlotUnit[flow.SlotStart[column] + flow.Used[column]++] = to;
                    continue;
                }
                flow.UnitEdge[to] = Open;
                looking.Add(flow.RowOf[to]);
            }
        }
        // What it costs to leave a priority row empty may have grown.
        for (var row = 0; row < changed.Length; row++)
            if (changed[row] || (flow.Out[row] > 0 && problem.Priority[row])) looking.Add(row);
        foreach (var row in looking) flow.PriceRow(row);
        flow.Above = new EdgesAbove(network.Start, network.Column, network.Score);
        if (Above is not null) flow.Above.Keep((long[])flow.RowPrices.Clone(), Above, changed);
        else flow.Above.Keep((long[])flow.RowPrices.Clone());
        return flow;
    }

    /// <summary>What was chosen and is there still; one look after the other, since each waits for memory and the next need not wait for it.</summary>
    private static Span<(int Row, EdgesAbove.Edge Edge)> HeldStill(Network network, Problem before, int[] edges)
    {
        var columns = Array.ConvertAll(edges, edge => before.EdgeColumn[edge]);
        // Most are where they were among the edges of their row.
        var (rows, likely) = (new int[edges.Length], new int[edges.Length]);
        var row = 0;
        for (var i = 0; i < edges.Length; i++)
        {
            while (edges[i] >= before.RowStart[row + 1]) row++;
            rows[i] = row;
            var place = edges[i] - before.RowStart[row];
            likely[i] = row < network.Rows && place < network.Start[row + 1] - network.Start[row] ? network.Start[row] + place : -1;
        }
        var there = Array.ConvertAll(likely, edge => edge < 0 ? -1 : network.Column[edge]);
        var scores = Array.ConvertAll(likely, edge => edge < 0 ? 0 : network.Score[edge]);
        var held = new (int Row, EdgesAbove.Edge Edge)[edges.Length];
        var count = 0;
        for (var i = 0; i < edges.Length && rows[i] < network.Rows; i++)
        {
            if (there[i] == columns[i])
                held[count++] = (rows[i], new(likely[i], columns[i], scores[i]));
            else if (network.EdgeBetween(rows[i], columns[i]) is >= 0 and var still)
                held[count++] = (rows[i], new(still, columns[i], network.Score[still]));
        }
        return held.AsSpan(0, count);
    }

    public Network Network { get; }

    /// <summary>The units of a row: from its start to the next row's.</summary>
    public int[] UnitStart { get; }

    public int[] RowOf { get; }

    /// <summary>The edge a unit goes over, or <see cref="Open"/> or <see cref="Outside"/>.</summary>
    public int[] UnitEdge { get; }

    /// <summary>Units of each row that are outside.</summary>
    public int[] Out { get; }

    /// <summary>The slots of a column: from its start to the next column's, those in use first.</summary>
    public int[] SlotStart { get; }

    /// <summary>Who is in a slot; −1 is nobody.</summary>
    public int[] SlotUnit { get; }

    public int[] Used { get; }
    public long[] RowPrices { get; }
    public long[] ColumnPrices { get; }

    /// <summary>The edges above prices that rows had before, where that is known.</summary>
    public EdgesAbove? Above { get; private set; }

    public ReadOnlySpan<int> UnitsAt(int column) => SlotUnit.AsSpan(SlotStart[column], Used[column]);

    public bool IsFree(int column) => Used[column] < Network.ColumnPlaces[column];

    public bool MayGoOut(int row) => Out[row] < Network.RowPlaces[row];

    /// <summary>What the next unit of a row costs to leave empty; only while it <see cref="MayGoOut"/>.</summary>
    public long CostOfOut(int row) => Network.CostOfOut(row, Out[row]);

    /// <summary>What the unit last left empty at a row cost; only while <see cref="Out"/> is above 0.</summary>
    public long CostOfLastOut(int row) => Network.CostOfOut(row, Out[row] - 1);

    /// <summary>The unit of this row that goes over this edge, or −1.</summary>
    public int UnitOn(int row, int edge)
    {
        for (var unit = UnitStart[row]; unit < UnitStart[row + 1]; unit++)
            if (UnitEdge[unit] == edge) return unit;
        return -1;
    }

    /// <summary>A free column's slot for an open unit.</summary>
    public void Place(int unit, int edge, int column)
    {
        UnitEdge[unit] = edge;
        SlotUnit[SlotStart[column] + Used[column]++] = unit;
    }

    public void SendOut(int unit)
    {
        UnitEdge[unit] = Outside;
        Out[RowOf[unit]]++;
    }

    /// <summary>Takes a placed unit back.</summary>
    public void Reopen(int unit)
    {
        var column = Network.Column[UnitEdge[unit]];
        var slot = SlotStart[column] + UnitsAt(column).IndexOf(unit);
        var last = SlotStart[column] + --Used[column];
        SlotUnit[slot] = SlotUnit[last];
        SlotUnit[last] = -1;
        UnitEdge[unit] = Open;
    }

    public void TakeIn(int unit)
    {
        UnitEdge[unit] = Open;
        Out[RowOf[unit]]--;
    }

    /// <summary>
    /// The least price of a row at which none of its free arcs has a negative reduced cost; what it holds below that is taken back.
    /// </summary>
    public void PriceRow(int row)
    {
        var network = Network;
        var (first, end) = (UnitStart[row], UnitStart[row + 1]);
        var single = end - first == 1 ? UnitEdge[first] : Open;
        var price = Out[row] > 0 ? -CostOfLastOut(row) : -network.CostOfOut(row, 0);
        for (var edge = network.Start[row]; edge < network.Start[row + 1]; edge++)
        {
            var column = network.Column[edge];
            var worth = network.Score[edge] - ColumnPrices[column];
            if (worth <= price || edge == single || network.ColumnPlaces[column] == 0) continue;
            if (end - first > 1 && UnitOn(row, edge) >= 0) continue;
            price = worth;
        }
        RowPrices[row] = price;
        for (var unit = first; unit < end; unit++)
        {
            if (UnitEdge[unit] >= 0 && network.Score[UnitEdge[unit]] - ColumnPrices[network.Column[UnitEdge[unit]]] < price) Reopen(unit);
            else if (UnitEdge[unit] == Outside && -CostOfLastOut(row) < price) TakeIn(unit);
        }
    }

    /// <summary>A column with a free place whose price is above its floor: somebody else may want it at less.</summary>
    public bool IsOverpriced(int column) => IsFree(column) && ColumnPrices[column] > Network.Floor[column];
}
