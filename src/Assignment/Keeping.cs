namespace Mentoring.Assignment;

/// <summary>
/// The best total when few of the edges there were may be given up: what a little calm costs.
/// </summary>
/// <remarks>
/// <para>Proven: no solution serves more priority rows, and none that serves as many and keeps at least <see cref="Kept"/> incumbents has a larger
/// <see cref="Total"/>. For a solution best at a bonus λ for each incumbent, total + λ × kept is largest; whoever keeps as many and has a larger
/// total would contradict that (H. Everett, "Generalized Lagrange multiplier method for solving problems of optimum allocation of resources",
/// Operations Research 11, 1963).</para>
/// <para>Not promised: that as many are given up as may be. Some solutions are best at no bonus at all; where those that use the whole allowance are
/// among them, the next that keeps more is found, and giving up some of what it keeps beyond need could still raise the total a little.</para>
/// <para>The bonus is found between two known ones where their solutions are equally good, or half-way, by turns: M. J. Eisner and D. G. Severance,
/// "Mathematical techniques for efficient record segmentation in large shared databases", J. ACM 23 (1976). Each step halves what is left at
/// every other turn, so that there are at most twice as many solves as the bonus has bits.</para>
/// </remarks>
/// <param name="Edges">The chosen edges, rising.</param>
/// <param name="PriorityServed">As of a <see cref="Solution"/>.</param>
/// <param name="Total">In scores of the problem, without the bonus.</param>
/// <param name="Kept">How many incumbents are chosen.</param>
/// <param name="GivenUp">How many are not; more than allowed only where so many cannot be kept together without serving fewer priority rows.</param>
/// <param name="Bonus">λ: what giving up one more is worth, roughly; 0 where calm costs nothing.</param>
/// <param name="Rewarded">The problem with the bonus on each incumbent; its edges have the same numbers.</param>
/// <param name="Proof">The choice with its prices there, for <see cref="Certificate.Check"/>.</param>
public sealed record Keeping(
    IReadOnlyList<int> Edges, int PriorityServed, long Total, int Kept, int GivenUp, int Bonus, Problem Rewarded, Solution Proof)
{
    /// <summary>The best solution that gives up at most so many incumbents.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="incumbents">Rows and columns that are joined today. Who has no edge any more does not count.</param>
    /// <param name="changes">How many incumbents may be given up.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OperationCanceledException">The token asked for it; nothing is kept.</exception>
    public static Keeping AtMost(
        Problem problem, IEnumerable<(int Row, int Column)> incumbents, int changes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(incumbents);
        ArgumentOutOfRangeException.ThrowIfNegative(changes);
        return new Search(problem, OptimalFace.Marked(problem, incumbents), changes, cancellationToken).Run();
    }

    /// <summary>The problem with a bonus on each incumbent, as in <see cref="Rewarded"/>; its edges have the same numbers.</summary>
    public static Problem Reward(Problem problem, IEnumerable<(int Row, int Column)> incumbents, int bonus)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(incumbents);
        return Reward(problem, OptimalFace.Marked(problem, incumbents), bonus);
    }

    private static Problem Reward(Problem problem, bool[] isIncumbent, int bonus)
    {
        if (bonus == 0) return problem;
        var scores = (int[])problem.EdgeScore.Clone();
        for (var edge = 0; edge < scores.Length; edge++)
            if (isIncumbent[edge]) scores[edge] += bonus;
        return new Problem(
            problem.Rows, problem.Columns, problem.RowStart, problem.EdgeColumn, scores, problem.Locks,
            problem.RowPlaces, problem.ColumnPlaces, problem.PriceOfEmpty, problem.Priority);
    }

    private sealed class Search(Problem problem, bool[] isIncumbent, int changes, CancellationToken cancellation)
    {
        private const int Wider = 16;

        private readonly int _incumbents = isIncumbent.Count(one => one);
        private readonly int _target = isIncumbent.Count(one => one) - changes;

        /// <summary>A solution best at a bonus.</summary>
        private sealed record Point(int Bonus, Problem Rewarded, Solution Solution, int Kept)
        {
            public long Total => Solution.Total - (long)Bonus * Kept;

            /// <summary>Whether this solution is best at the bonus of another, too.</summary>
            public bool IsBestAt(Point other) => Total + (long)other.Bonus * Kept == other.Solution.Total;
        }

        public Keeping Run()
        {
            var low = MostKept(Solve(0, null));
            if (low.Kept >= _target) return Result(low);
            var most = MostBonus();
            var high = low;
            while (high.Kept < _target)
            {
                if (high.Bonus == most) return Result(MostKept(high));
                low = high;
                high = Solve((int)Math.Min(most, high.Bonus == 0 ? problem.WidestScore + 1 : (long)high.Bonus * Wider), low);
            }
            for (var halve = false; high.Kept > _target; halve = !halve)
            {
                if (low.IsBestAt(high)) return Result(Between(high, low.Solution, high.Solution));
                if (high.IsBestAt(low)) return Result(Between(low, low.Solution, high.Solution));
                if (high.Bonus - low.Bonus == 1) return Result(AtTheGap(low, high));
                var level = halve ? low.Bonus + (high.Bonus - low.Bonus) / 2 : (low.Total - high.Total) / (high.Kept - low.Kept);
                var middle = Solve((int)Math.Clamp(level, low.Bonus + 1, high.Bonus - 1), low);
                if (middle.Kept < _target) low = middle;
                else high = middle;
            }
            return Result(high);
        }

        /// <summary>Above this nothing is worth an incumbent; less where numbers would not hold it.</summary>
        private long MostBonus()
        {
            var places = Math.Max(1, problem.RowPlaces.Sum(count => (long)count));
            return Math.Max(0, Math.Min(Math.Min(problem.Spread + 1, int.MaxValue - problem.WidestScore), (long.MaxValue / 32 - 1 - problem.Spread) / (2 * places)));
        }

        private Point Solve(int bonus, Point? from)
        {
            var rewarded = Reward(problem, isIncumbent, bonus);
            var solution = from is null
                ? Solver.Solve(rewarded, cancellationToken: cancellation)
                : Solver.SolveAgain(rewarded, from.Rewarded, from.Solution, cancellationToken: cancellation);
            return At(bonus, rewarded, solution);
        }

        private Point At(int bonus, Problem rewarded, Solution solution) =>
            new(bonus, rewarded, solution, solution.Edges.Count(edge => isIncumbent[edge]));

        private Point MostKept(Point point) =>
            At(point.Bonus, point.Rewarded, OptimalFace.Of(point.Rewarded, point.Solution).KeepMost(isIncumbent, cancellation).Solution);

        /// <summary>No bonus lies between: one of the two has best solutions on both sides of the target, or the higher is the next above it.</summary>
        private Point AtTheGap(Point low, Point high)
        {
            var more = MostKept(low);
            if (more.Kept >= _target) return Between(low, low.Solution, more.Solution);
            var fewer = At(high.Bonus, high.Rewarded, OptimalFace.Of(high.Rewarded, high.Solution).KeepFewest(isIncumbent, cancellation).Solution);
            return fewer.Kept >= _target ? fewer : Between(high, fewer.Solution, high.Solution);
        }

        /// <summary>
        /// Of two solutions best at the same bonus, one of which keeps too few, one that keeps enough and little more. Where they differ falls into parts
        /// that share no row and no column; any of these may be taken from the one or the other, and the whole is as good.
        /// </summary>
        private Point Between(Point at, Solution fewer, Solution more)
        {
            var only = new HashSet<int>(fewer.Edges);
            only.SymmetricExceptWith(more.Edges);
            var parts = new Parts(problem.Rows + problem.Columns);
            foreach (var edge in only) parts.Join(problem.RowOf(edge), problem.Rows + problem.ColumnOf(edge));
            var chosen = new HashSet<int>(fewer.Edges);
            var kept = chosen.Count(edge => isIncumbent[edge]);
            var gains = only.Order()
                .GroupBy(edge => parts.Of(problem.RowOf(edge)))
                .Select(part => (Edges: part.ToArray(), More: part.Sum(edge => !isIncumbent[edge] ? 0 : chosen.Contains(edge) ? -1 : 1)))
                .Where(part => part.More > 0)
                .OrderByDescending(part => part.More)
                .ToList();
            int[]? last = null;
            foreach (var (edges, gain) in gains)
            {
                if (kept + gain > _target)
                {
                    last = edges;
                    continue;
                }
                chosen.SymmetricExceptWith(edges);
                kept += gain;
            }
            if (kept < _target) chosen.SymmetricExceptWith(last!);
            return At(at.Bonus, at.Rewarded, Solution.Of(at.Rewarded, [.. chosen.Order()], at.Solution.RowPrices, at.Solution.ColumnPrices));
        }

        private Keeping Result(Point point) => new(
            point.Solution.Edges, point.Solution.PriorityServed, point.Total, point.Kept, _incumbents - point.Kept, point.Bonus, point.Rewarded, point.Solution);
    }

    /// <summary>Which of some numbers hang together (union by halving paths).</summary>
    private sealed class Parts(int count)
    {
        private readonly int[] _parent = [.. Enumerable.Range(0, count)];

        public int Of(int one)
        {
            while (_parent[one] != one) one = _parent[one] = _parent[_parent[one]];
            return one;
        }

        public void Join(int one, int other) => _parent[Of(one)] = Of(other);
    }
}
