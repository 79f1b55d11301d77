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

        var chosen = new bool[problem.Edges];
        foreach (var edge in solution.Edges)
        {
            if (edge < 0 || edge >= problem.Edges) return Refuse($"there is no edge {edge}");
            if (chosen[edge]) return Refuse($"edge {edge} is chosen twice");
            chosen[edge] = true;
        }

        Int128 total = 0, dual = 0;
        int served = 0, nextLock = 0;
        string? slack = null;
        var filledColumns = new int[problem.Columns];
        for (var row = 0; row < problem.Rows; row++)
        {
            Int128 rowPrice = solution.RowPrices[row];
            var filled = 0;
            var (first, end) = (problem.RowStart[row], problem.RowStart[row + 1]);
            for (var edge = first; edge < end; edge++)
            {
                var column = problem.EdgeColumn[edge];
                var locked = nextLock < problem.Locks.Length && problem.Locks[nextLock] == edge;
                if (locked) nextLock++;
                var gain = problem.EdgeScore[edge] - rowPrice - solution.ColumnPrices[column];
                if (chosen[edge])
                {
                    filled++;
                    filledColumns[column]++;
                    total += problem.EdgeScore[edge];
                    // A locked edge counts whatever it is worth: its bound is an equality, its dual free of sign.
                    if (!locked && gain < 0) slack ??= $"edge {edge} is chosen below its price";
                }
                else
                {
                    if (locked) return Refuse($"locked edge {edge} is not chosen");
                    if (gain > 0) slack ??= $"edge {edge} is left though it is worth more than its price";
                }
                dual += locked ? gain : Int128.Max(0, gain);
            }
            if (filled > problem.RowPlaces[row]) return Refuse($"row {row} is chosen more often than it has places");

            Int128 price = problem.PriceOfEmpty[row];
            total -= (problem.RowPlaces[row] - filled) * price;
            var firstPlaces = problem.Priority[row] && problem.RowPlaces[row] > 0 ? 1 : 0;
            if (firstPlaces > 0 && filled > 0) served++;
            dual += firstPlaces * Int128.Max(0, rowPrice + price + problem.PriorityWeight)
                + (problem.RowPlaces[row] - firstPlaces) * Int128.Max(0, rowPrice + price)
                - problem.RowPlaces[row] * price;
        }
        for (var column = 0; column < problem.Columns; column++)
        {
            var price = solution.ColumnPrices[column];
            if (price < 0) return Refuse($"the price of column {column} is negative");
            if (filledColumns[column] > problem.ColumnPlaces[column])
                return Refuse($"column {column} is chosen more often than it has places");
            if (price > 0 && filledColumns[column] < problem.ColumnPlaces[column])
                slack ??= $"column {column} has a price though a place is free";
            dual += (Int128)price * problem.ColumnPlaces[column];
        }

        var primal = (Int128)served * problem.PriorityWeight + total;
        var failure =
            served != solution.PriorityServed || total != solution.Total ? "the claimed figures are not those of the chosen edges"
            : primal != dual ? slack ?? "primal and dual differ"
            : null;
        return new Certificate(failure is null, long.CreateSaturating(primal), long.CreateSaturating(dual), problem.Edges, failure);

        static Certificate Refuse(string failure) => new(false, 0, 0, 0, failure);
    }
}
