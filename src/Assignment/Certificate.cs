namespace Mentoring.Assignment;

/// <summary>
/// The proof that a solution is the best there is, checked from the problem and the solution alone; nothing of the solver is used.
/// </summary>
/// <remarks>
/// By linear programming duality any row prices and non-negative column prices bound every feasible choice from above:
/// <c>Σ places × column price + Σ over edges max(0, score − row price − column price)</c> plus what each row place is worth at its
/// row's price. A feasible choice that reaches the bound is therefore best, and complementary slackness follows. See
/// A. Schrijver, "Combinatorial Optimization", sections 17 and 18.
/// </remarks>
/// <param name="Holds">The choice is feasible and <paramref name="Primal"/> equals <paramref name="Dual"/>.</param>
/// <param name="Primal">What the choice is worth: priority rows served × <see cref="Problem.PriorityWeight"/> + total.</param>
/// <param name="Dual">What no choice can exceed.</param>
/// <param name="CheckedEdges">Edges looked at: all of them.</param>
/// <param name="Failure">Why it does not hold, in words; null when it does.</param>
public sealed record Certificate(bool Holds, long Primal, long Dual, long CheckedEdges, string? Failure)
{
    /// <summary>Checks feasibility, the claimed figures, and that primal equals dual over all edges.</summary>
    public static Certificate Check(Problem problem, Solution solution)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(solution);
        if (solution.RowPrices.Count != problem.Rows || solution.ColumnPrices.Count != problem.Columns)
            return Refuse("the prices do not fit the problem");

        var chosen = solution.Edges.ToArray();
        Array.Sort(chosen);
        for (var i = 0; i < chosen.Length; i++)
        {
            if (chosen[i] < 0 || chosen[i] >= problem.Edges) return Refuse($"there is no edge {chosen[i]}");
            if (i > 0 && chosen[i] == chosen[i - 1]) return Refuse($"edge {chosen[i]} is chosen twice");
        }
        foreach (var edge in problem.Locks)
            if (Array.BinarySearch(chosen, edge) < 0) return Refuse($"locked edge {edge} is not chosen");
        var (chosenColumns, chosenScores) = (Array.ConvertAll(chosen, problem.ColumnOf), Array.ConvertAll(chosen, problem.ScoreOf));
        long[] rowPrices = [.. solution.RowPrices], columnPrices = [.. solution.ColumnPrices];
        for (var column = 0; column < problem.Columns; column++)
            if (columnPrices[column] < 0) return Refuse($"the price of column {column} is negative");

        Int128 total = 0, dual = 0;
        int served = 0, next = 0;
        string? slack = null;
        var filledColumns = new int[problem.Columns];
        for (var row = 0; row < problem.Rows; row++)
        {
            Int128 rowPrice = rowPrices[row];
            var filled = 0;
            for (; next < chosen.Length && chosen[next] < problem.RowStart[row + 1]; next++, filled++)
            {
                var (column, score) = (chosenColumns[next], chosenScores[next]);
                filledColumns[column]++;
                total += score;
                var gain = score - rowPrice - columnPrices[column];
                // A locked edge counts whatever it is worth: its bound is an equality, its dual free of sign. What another gains is counted below.
                if (gain >= 0) continue;
                if (problem.IsLocked(chosen[next])) dual += gain;
                else slack ??= $"edge {chosen[next]} is chosen below its price";
            }
            var end = problem.RowStart[row + 1];
            for (var edge = NextAbove(rowPrices[row], problem.RowStart[row], end); edge < end; edge = NextAbove(rowPrices[row], edge + 1, end))
            {
                var gain = problem.EdgeScore[edge] - rowPrice - columnPrices[problem.EdgeColumn[edge]];
                if (gain <= 0) continue;
                dual += gain;
                if (Array.BinarySearch(chosen, edge) < 0) slack ??= $"edge {edge} is left though it is worth more than its price";
            }
            if (filled > problem.RowPlaces[row]) return Refuse($"row {row} is chosen more often than it has places");

            Int128 price = problem.PriceOfEmpty[row];
            total -= Times(problem.RowPlaces[row] - filled, price);
            var firstPlaces = problem.Priority[row] && problem.RowPlaces[row] > 0 ? 1 : 0;
            if (firstPlaces > 0 && filled > 0) served++;
            dual += Times(firstPlaces, Int128.Max(0, rowPrice + price + problem.PriorityWeight))
                + Times(problem.RowPlaces[row] - firstPlaces, Int128.Max(0, rowPrice + price))
                - Times(problem.RowPlaces[row], price);
        }
        for (var column = 0; column < problem.Columns; column++)
        {
            var price = columnPrices[column];
            if (filledColumns[column] > problem.ColumnPlaces[column])
                return Refuse($"column {column} is chosen more often than it has places");
            if (price > 0 && filledColumns[column] < problem.ColumnPlaces[column])
                slack ??= $"column {column} has a price though a place is free";
            dual += Times(problem.ColumnPlaces[column], price);
        }

        var primal = (Int128)served * problem.PriorityWeight + total;
        var failure =
            served != solution.PriorityServed || total != solution.Total ? "the claimed figures are not those of the chosen edges"
            : primal != dual ? slack ?? "primal and dual differ"
            : null;
        return new Certificate(failure is null, long.CreateSaturating(primal), long.CreateSaturating(dual), problem.Edges, failure);

        // Where no column has a price below 0, only an edge that scores more than its row's price can be worth more than both.
        int NextAbove(long price, int edge, int end)
        {
            if (edge == end || price >= int.MaxValue) return end;
            if (problem.EdgeScore[edge] > price) return edge;
            var found = problem.EdgeScore.AsSpan(edge..end).IndexOfAnyExceptInRange(int.MinValue, (int)price);
            return found < 0 ? end : edge + found;
        }

        // A multiplication of 128 bits is slow, and nearly all counts are 0 or 1.
        static Int128 Times(int count, Int128 one) => count switch { 0 => 0, 1 => one, _ => count * one };

        static Certificate Refuse(string failure) => new(false, 0, 0, 0, failure);
    }
}
