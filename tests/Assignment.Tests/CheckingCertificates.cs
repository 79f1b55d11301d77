using FsCheck;
using FsCheck.Fluent;

namespace Mentoring.Assignment.Tests;

public sealed class CheckingCertificates
{
    private static readonly Config ThousandsOfCases = Config.QuickThrowOnFailure.WithMaxTest(6_000);

    private static Arbitrary<int> Seeds { get; } = Gen.Choose(0, int.MaxValue).ToArbitrary();

    /// <summary>The check passes most edges over; here every edge is looked at, of solutions that are right and of those that nearly are.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_says_what_adding_up_all_edges_says(bool crowded) =>
        Check.One(ThousandsOfCases, Prop.ForAll((crowded ? SmallProblem.Crowded : SmallProblem.Any).ToArbitrary(), Seeds, (small, seed) =>
        {
            var random = new Random(seed);
            var problem = small.Builder().Build();
            var solution = Solver.Solve(problem);
            for (var changes = 0; changes < 4; changes++)
            {
                var certificate = Certificate.Check(problem, solution);
                if (certificate.Holds != Proves(small, problem, solution) || certificate.Holds != certificate.Failure is null) return false;
                solution = Nearly(problem, solution, random);
            }
            return true;
        }));

    [Fact]
    public void Prices_beyond_all_scores_are_counted_to_the_last()
    {
        var problem = new ProblemBuilder(2, 1).Edge(0, 0, int.MaxValue).Edge(1, 0, int.MinValue + 1).Build();
        long[] extremes = [long.MinValue, int.MinValue - 1L, int.MinValue, 0, int.MaxValue - 1L, int.MaxValue, long.MaxValue];
        foreach (var first in extremes)
            foreach (var second in extremes)
                foreach (var column in extremes)
                    Assert.Equal(
                        column >= 0 && (Int128)column + Int128.Max(0, first) + Int128.Max(0, second) + Int128.Max(0, int.MaxValue - (Int128)first - column)
                            + Int128.Max(0, int.MinValue + 1 - (Int128)second - column) == int.MaxValue,
                        Certificate.Check(problem, new Solution([0], 0, int.MaxValue, [first, second], [column])).Holds);
    }

    [Fact]
    public void The_edges_above_prices_are_those_and_no_others() =>
        Check.One(ThousandsOfCases, Prop.ForAll(Seeds, seed =>
        {
            var random = new Random(seed);
            int[] starts = [0, .. Enumerable.Range(0, random.Next(6)).Select(_ => random.Next(40))];
            for (var row = 1; row < starts.Length; row++) starts[row] += starts[row - 1];
            var scores = Enumerable.Range(0, starts[^1]).Select(_ => random.Next(8) == 0 ? Extreme() : random.Next(-5, 5)).ToArray();
            var columns = Enumerable.Range(0, scores.Length).Select(_ => random.Next(100)).ToArray();
            var (kept, known) = (Prices(), new EdgesAbove(starts, columns, scores));
            known.Keep(kept);
            var here = new EdgesAbove(starts, columns, scores);
            for (var time = 0; time < 3; time++)
            {
                var prices = Prices();
                for (var row = 0; row < prices.Length; row++)
                {
                    var expected = Enumerable.Range(starts[row], starts[row + 1] - starts[row]).Where(edge => scores[edge] > prices[row])
                        .Select(edge => new EdgesAbove.Edge(edge, columns[edge], scores[edge])).ToArray();
                    if (!expected.SequenceEqual(here.Of(row, prices[row]).ToArray())) return false;
                    if (!known.Of(row, kept[row]).ToArray().All(edge => edge.Score > kept[row])) return false;
                    if (!expected.SequenceEqual(known.Of(row, prices[row]).ToArray().Where(edge => edge.Score > prices[row]))) return false;
                }
            }
            return true;

            long[] Prices() => [.. starts.Skip(1).Select(_ => random.Next(4) == 0 ? Extreme() + random.NextInt64(-1, 2) : random.NextInt64(-6, 6))];
            int Extreme() => random.Next(2) == 0 ? int.MinValue : int.MaxValue;
        }));

    /// <summary>Feasible, with the figures it claims, and as good as its prices allow.</summary>
    private static bool Proves(SmallProblem small, Problem problem, Solution solution)
    {
        var (rows, columns) = (new int[problem.Rows], new int[problem.Columns]);
        long total = 0, dual = 0, served = 0;
        for (var edge = 0; edge < problem.Edges; edge++)
        {
            var (row, column) = (problem.RowOf(edge), problem.ColumnOf(edge));
            var (times, locked) = (solution.Edges.Count(other => other == edge), problem.IsLocked(edge));
            if (times > 1 || (locked && times == 0)) return false;
            rows[row] += times;
            columns[column] += times;
            total += times * problem.ScoreOf(edge);
            var gain = problem.ScoreOf(edge) - solution.RowPrices[row] - solution.ColumnPrices[column];
            dual += locked ? gain : Math.Max(0, gain);
        }
        if (solution.Edges.Any(edge => edge < 0 || edge >= problem.Edges)) return false;
        for (var row = 0; row < problem.Rows; row++)
        {
            if (rows[row] > small.RowPlaces[row]) return false;
            total -= (small.RowPlaces[row] - rows[row]) * small.Prices[row];
            if (rows[row] > 0 && small.Priority[row]) served++;
            for (var place = 0; place < small.RowPlaces[row]; place++)
            {
                var weight = place == 0 && small.Priority[row] ? problem.PriorityWeight : 0;
                dual += Math.Max(0, solution.RowPrices[row] + small.Prices[row] + weight) - small.Prices[row];
            }
        }
        for (var column = 0; column < problem.Columns; column++)
        {
            if (columns[column] > small.ColumnPlaces[column] || solution.ColumnPrices[column] < 0) return false;
            dual += small.ColumnPlaces[column] * solution.ColumnPrices[column];
        }
        return (served, total) == (solution.PriorityServed, solution.Total) && served * problem.PriorityWeight + total == dual;
    }

    private static Solution Nearly(Problem problem, Solution solution, Random random)
    {
        var (rowPrices, columnPrices) = (solution.RowPrices.ToArray(), solution.ColumnPrices.ToArray());
        switch (random.Next(5))
        {
            case 0:
                rowPrices[random.Next(rowPrices.Length)] += random.Next(-2, 3);
                break;
            case 1:
                columnPrices[random.Next(columnPrices.Length)] += random.Next(-2, 3);
                break;
            case 2 when solution.Edges.Count > 0:
                // In another order, which says the same.
                return solution with { Edges = [.. solution.Edges.Skip(1), solution.Edges[0]] };
            case 3:
                List<int> edges = [.. solution.Edges, random.Next(-1, problem.Edges + 1)];
                if (random.Next(2) == 0) edges.RemoveAt(0);
                if (edges.Exists(edge => edge < 0 || edge >= problem.Edges)) return solution with { Edges = edges };
                edges.Sort();
                return Solution.Of(problem, edges, rowPrices, columnPrices);
            default:
                return solution with { Total = solution.Total + random.Next(2), PriorityServed = solution.PriorityServed + random.Next(2) };
        }
        return solution with { RowPrices = rowPrices, ColumnPrices = columnPrices };
    }
}
