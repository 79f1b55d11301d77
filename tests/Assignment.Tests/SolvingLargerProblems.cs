using System.Diagnostics;

namespace Mentoring.Assignment.Tests;

public sealed class SolvingLargerProblems
{
    [Theory]
    [InlineData(8_000, 600, 50, 1)]
    [InlineData(600, 8_000, 50, 1)]
    [InlineData(2_000, 2_000, 20, 3)]
    public void A_random_pool_is_solved_and_proven(int rows, int columns, int candidates, int places)
    {
        var problem = Random(rows, columns, candidates, places, seed: 7);
        var watch = Stopwatch.StartNew();
        var solution = Solver.Solve(problem);
        TestContext.Current.SendDiagnosticMessage($"{rows} x {columns}: {watch.ElapsedMilliseconds} ms");
        Assert.Null(Certificate.Check(problem, solution).Failure);
    }

    [Fact]
    public void Machol_and_Wiens_family_where_every_row_wants_the_same_columns_is_solved()
    {
        const int n = 300;
        var builder = new ProblemBuilder(n, n);
        for (var row = 0; row < n; row++)
            for (var column = 0; column < n; column++)
                builder.Edge(row, column, -(row + 1) * (column + 1) + 2 * n * n);
        var problem = builder.Build();
        var solution = Solver.Solve(problem);
        Assert.Null(Certificate.Check(problem, solution).Failure);
        // The least sum of products pairs the largest with the smallest.
        var least = Enumerable.Range(1, n).Sum(i => (long)i * (n + 1 - i));
        Assert.Equal(2L * n * n * n - least, solution.Total);
    }

    /// <summary>The families that are known to lead one algorithm or another astray.</summary>
    [Theory]
    [InlineData("all ties")]
    [InlineData("two costs")]
    [InlineData("one scarce side")]
    [InlineData("an infeasible core")]
    [InlineData("near neighbours")]
    [InlineData("one column with room for everybody")]
    [InlineData("large scores")]
    public void An_adversarial_family_ends_with_a_proof(string family)
    {
        // At a price for each row left empty, and with every row to be placed if it can be.
        Problem[] problems = [Adversarial(family).Build(), Adversarial(family).PrioritiseAll().Build()];
        foreach (var problem in problems)
            foreach (var start in Enum.GetValues<Solver.Start>())
                Assert.Null(Certificate.Check(problem, Solver.Solve(problem, start)).Failure);
    }

    /// <summary>As many places as are asked for and a few more: those that stay free bid, too. Among the columns are some with many places.</summary>
    [Theory]
    [InlineData("all ties", 1)]
    [InlineData("two costs", 4)]
    [InlineData("near neighbours", 4)]
    [InlineData("near neighbours", 12)]
    [InlineData("two costs", 12)]
    [InlineData("an infeasible core", 4)]
    [InlineData("large scores", 1)]
    public void A_few_places_to_spare_leave_the_solution_proven(string family, int spare)
    {
        const int n = 400;
        var some = Adversarial(family, spare);
        var many = Adversarial(family, spare - 206);
        // Fewer columns, of which two are wide and half of the others have two places.
        many.ColumnPlaces(0, 70).ColumnPlaces(1, 40);
        for (var column = 2; column < 101; column++) many.ColumnPlaces(column, 2);
        Problem[] problems = [some.Build(), many.Build(), Turned(Adversarial(family, spare).Build())];
        foreach (var problem in problems)
        {
            var totals = new List<(int, long)>();
            foreach (var start in (Solver.Start[])[Solver.Start.AsFits, Solver.Start.InPhases, Solver.Start.Exactly])
            {
                var solution = Solver.Solve(problem, start);
                Assert.Null(Certificate.Check(problem, solution).Failure);
                totals.Add((solution.PriorityServed, solution.Total));
            }
            Assert.Single(totals.Distinct());
        }

        // Rows and columns change about; what a column leaves empty costs nothing.
        static Problem Turned(Problem problem)
        {
            var builder = new ProblemBuilder(problem.Columns, problem.Rows);
            for (var edge = 0; edge < problem.Edges; edge++) builder.Edge(problem.ColumnOf(edge), problem.RowOf(edge), problem.ScoreOf(edge));
            for (var row = 0; row < n; row++) builder.PriceOfEmpty(row, row % 2 * 100);
            return builder.Build();
        }
    }

    [Theory]
    [InlineData(1, 12)]
    [InlineData(3, 12)]
    [InlineData(1, 24)]
    [InlineData(3, 24)]
    public void After_its_phases_an_auction_leaves_no_free_place_above_its_floor(int places, int candidates)
    {
        var problem = Random(300, 320 * 2 / (places + 1), candidates, places, seed: 19);
        var flow = new Flow(Network.Of(problem));
        // So fine that rounding puts nobody out.
        var scale = 2 * problem.Columns + 2;
        var auction = new Auction(flow, scale, _ => { });
        for (long epsilon = 10_000 * scale; epsilon > 1;) epsilon = auction.RunPhase(Math.Max(1, epsilon / 4));
        auction.HandOverRounded();
        Assert.DoesNotContain(Flow.Open, flow.UnitEdge);
        Assert.DoesNotContain(Enumerable.Range(0, problem.Columns), flow.IsOverpriced);
        Assert.Contains(Enumerable.Range(0, problem.Columns), flow.IsFree);
    }

    private static ProblemBuilder Adversarial(string family, int spare = 0)
    {
        var random = new Random(5);
        const int n = 400;
        var builder = new ProblemBuilder(n, n + spare);
        for (var row = 0; row < n; row++)
        {
            builder.PriceOfEmpty(row, 1_000_000);
            for (var column = 0; column < n + spare; column++)
            {
                int? score = family switch
                {
                    "all ties" => 7,
                    "two costs" => random.Next(10) == 0 ? -1 : -100,
                    "one scarce side" => column < 40 ? random.Next(1_000) : null,
                    // A third of the rows knows a tenth of the columns only.
                    "an infeasible core" => row % 3 != 0 || column < n / 10 ? random.Next(100) : null,
                    "near neighbours" => Math.Abs(row - column) < 12 ? -Math.Abs(37 * row - 37 * column + random.Next(40)) : null,
                    "one column with room for everybody" => column < 3 ? random.Next(50) : random.Next(8) == 0 ? random.Next(50) : null,
                    _ => random.Next(int.MinValue + 1, int.MaxValue),
                };
                if (score is { } known) builder.Edge(row, column, known);
            }
        }
        if (family == "one column with room for everybody") builder.ColumnPlaces(0, int.MaxValue);
        return builder;
    }

    /// <summary>Dense enough for a core, among them one whose core is no help.</summary>
    [Theory]
    [InlineData("random")]
    [InlineData("two places, some rows first")]
    [InlineData("everybody wants the same")]
    [InlineData("some rows lack an edge")]
    [InlineData("the core lacks the last columns")]
    public void A_dense_problem_is_solved_by_its_core(string kind)
    {
        var random = new Random(11);
        // Not a whole number of vectors.
        const int rows = 300, columns = 323;
        var builder = new ProblemBuilder(rows, columns);
        for (var row = 0; row < rows; row++)
        {
            if (kind is "two places, some rows first")
            {
                builder.RowPlaces(row, 1 + row % 2);
                if (row % 5 == 0) builder.Prioritise(row);
            }
            for (var column = 0; column < columns; column++)
            {
                if (kind is "some rows lack an edge" && row % 3 == 0 && column == row) continue;
                var score = kind switch
                {
                    "everybody wants the same" => 100_000 - (row + 1) * (column + 1),
                    // Thirty rows want the same twenty columns; those who go without want what others seem to want more.
                    "the core lacks the last columns" when column >= columns - 3 => row < 30 ? 900 : 950,
                    "the core lacks the last columns" when row < 30 && column < 20 => 1_000 + random.Next(50),
                    "the core lacks the last columns" when row >= 30 && column == row => 2_000,
                    "the core lacks the last columns" => random.Next(100),
                    _ => random.Next(1_000),
                };
                builder.Edge(row, column, score);
            }
        }
        var problem = builder.Build();
        Assert.True(Core.Suits(problem));
        var solution = Solver.Solve(problem, Solver.Start.ByCore);
        Assert.Null(Certificate.Check(problem, solution).Failure);
        Assert.Equal(Solver.Solve(problem, Solver.Start.Exactly).Total, solution.Total);
    }

    [Fact]
    public void A_hundredth_of_a_pool_that_changes_is_solved_again_and_proven()
    {
        var before = Random(3_000, 2_000, 20, 2, seed: 5);
        var known = Solver.Solve(before);
        var after = Random(3_000, 2_000, 20, 2, seed: 5, changed: 100);
        Assert.Null(Certificate.Check(after, Solver.SolveAgain(after, before, known)).Failure);
        Assert.NotNull(Certificate.Check(after, known).Failure);
    }

    [Fact]
    public void Priority_rows_are_served_first_even_where_others_score_more()
    {
        var problem = new ProblemBuilder(2, 1).Edge(0, 0, 1_000_000).Edge(1, 0, 1).Prioritise(1).Build();
        var solution = Solver.Solve(problem);
        Assert.Equal((1, 1L), (solution.PriorityServed, solution.Total));
    }

    [Fact]
    public void More_priority_rows_than_places_end_with_every_place_filled()
    {
        var builder = new ProblemBuilder(400, 20);
        for (var row = 0; row < 400; row++)
        {
            builder.Prioritise(row);
            for (var column = 0; column < 20; column++) builder.Edge(row, column, (row * 7 + column * 13) % 100);
        }
        var problem = builder.Build();
        var solution = Solver.Solve(problem);
        Assert.Equal(20, solution.PriorityServed);
        Assert.Null(Certificate.Check(problem, solution).Failure);
    }

    [Fact]
    public void Progress_rises_to_all_row_places()
    {
        var seen = new Seen();
        Solver.Solve(Random(1_000, 500, 10, 1, seed: 3), seen);
        Assert.True(seen.Reports.Count > 2);
        Assert.Equal(new SolveProgress(1_000, 1_000), seen.Reports[^1]);
        Assert.Equal(seen.Reports.Order(Comparer<SolveProgress>.Create((a, b) => a.Done.CompareTo(b.Done))), seen.Reports);
    }

    [Fact]
    public void Progress_is_told_while_an_auction_goes_through_its_phases()
    {
        var seen = new Seen();
        Solver.Solve(Random(1_000, 1_000, 20, 1, seed: 3), seen);
        // A little at a time: no step is a third of the way but the last, where the repair has next to nothing to do.
        var steps = seen.Reports[1..^1].Zip(seen.Reports, (after, before) => after.Done - before.Done).ToArray();
        Assert.True(seen.Reports.Count > 10);
        Assert.All(steps, step => Assert.InRange(step, 1, 333));
        Assert.Equal(new SolveProgress(1_000, 1_000), seen.Reports[^1]);
    }

    [Fact]
    public void A_cancelled_solve_stops()
    {
        using var source = new CancellationTokenSource();
        var stop = new Seen { Then = source.Cancel };
        Assert.Throws<OperationCanceledException>(() => Solver.Solve(Random(5_000, 500, 10, 1, seed: 3), stop, source.Token));
        Assert.Single(stop.Reports);
    }

    [Fact]
    public void Locks_beyond_the_places_or_without_an_edge_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new ProblemBuilder(1, 2).Edge(0, 0, 1).Edge(0, 1, 1).Lock(0, 0).Lock(0, 1).Build());
        Assert.Throws<ArgumentException>(() => new ProblemBuilder(1, 1).Lock(0, 0).Build());
        Assert.Throws<ArgumentException>(() => new ProblemBuilder(1, 1).Edge(0, 0, 1).Ban(0, 0).Lock(0, 0).Build());
        Assert.Throws<ArgumentException>(() => new ProblemBuilder(1, 1).Edge(0, 0, 1).Edge(0, 0, 2).Build());
    }

    [Fact]
    public void A_wrong_price_is_noticed()
    {
        var problem = Random(200, 100, 8, 1, seed: 11);
        var solution = Solver.Solve(problem);
        var dearer = solution.RowPrices.ToArray();
        dearer[problem.RowOf(solution.Edges[0])] += 1;
        Assert.False(Certificate.Check(problem, solution with { RowPrices = dearer }).Holds);
    }

    private static Problem Random(int rows, int columns, int candidates, int places, int seed, int changed = int.MaxValue)
    {
        var random = new Random(seed);
        var builder = new ProblemBuilder(rows, columns);
        for (var column = 0; column < columns; column++) builder.ColumnPlaces(column, 1 + random.Next(places));
        for (var row = 0; row < rows; row++)
        {
            var some = new HashSet<int>();
            while (some.Count < Math.Min(candidates, columns)) some.Add(random.Next(columns));
            foreach (var column in some) builder.Edge(row, column, random.Next(1, 10_000) + (row % changed == 1 ? column : 0));
        }
        return builder.Build();
    }

    private sealed class Seen : IProgress<SolveProgress>
    {
        public List<SolveProgress> Reports { get; } = [];
        public Action? Then { get; init; }

        public void Report(SolveProgress value)
        {
            Reports.Add(value);
            Then?.Invoke();
        }
    }
}
