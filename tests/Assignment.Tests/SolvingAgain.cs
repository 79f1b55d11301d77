using FsCheck;
using FsCheck.Fluent;

namespace Mentoring.Assignment.Tests;

public sealed class SolvingAgain
{
    private static readonly Config ThousandsOfCases = Config.QuickThrowOnFailure.WithMaxTest(6_000);

    private static Arbitrary<int> Seeds { get; } = Gen.Choose(0, int.MaxValue).ToArbitrary();

    /// <summary>Small problems would be solved anew: here what is left of the solution is gone on with in any case.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whatever_has_changed_what_is_left_of_a_solution_leads_to_the_best(bool crowded) =>
        Check.One(ThousandsOfCases, Prop.ForAll((crowded ? SmallProblem.Crowded : SmallProblem.Any).ToArbitrary(), Seeds, (small, seed) =>
        {
            var random = new Random(seed);
            var (problem, known) = (small.Builder().Build(), Solver.Solve(small.Builder().Build()));
            // One change after the other, each from the solution before it.
            for (var changes = 0; changes < 4; changes++)
            {
                small = small.Changed(random);
                var after = small.Builder().Build();
                known = Solver.Solve(after, Flow.After(after, problem, known), long.MaxValue, CancellationToken.None);
                if (small.Best() != (known.PriorityServed, known.Total) || !Certificate.Check(after, known).Holds) return false;
                problem = after;
            }
            return true;
        }));

    /// <summary>Where it is known which rows are different, the others are not looked at; what is kept for that goes from one change to the next.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Change_after_change_that_is_known_by_its_rows_leads_to_the_best(bool crowded) =>
        Check.One(ThousandsOfCases, Prop.ForAll((crowded ? SmallProblem.Crowded : SmallProblem.Any).ToArbitrary(), Seeds, (any, seed) =>
        {
            var random = new Random(seed);
            var small = any with { Locks = [] };
            var problem = small.Builder().Build();
            var known = Solver.Solve(problem);
            for (var changes = 0; changes < 4; changes++)
            {
                var next = small.Changed(random) with { Locks = [] };
                var after = next.ChangeOf(small, problem);
                known = Solver.Solve(after, Flow.After(after, problem, known), long.MaxValue, CancellationToken.None);
                if (next.Best() != (known.PriorityServed, known.Total) || !Certificate.Check(after, known).Holds) return false;
                (problem, small) = (after, next);
            }
            return true;
        }));

    [Fact]
    public void A_change_makes_the_problem_that_would_have_been_built_anew() =>
        Check.One(ThousandsOfCases, Prop.ForAll(SmallProblem.Any.ToArbitrary(), Seeds, (any, seed) =>
        {
            var small = any with { Locks = [] };
            var next = small.Changed(new Random(seed)) with { Locks = [] };
            var (changed, built) = (next.ChangeOf(small, small.Builder().Build()), next.Builder().Build());
            return changed.RowStart.SequenceEqual(built.RowStart) && changed.EdgeColumn.SequenceEqual(built.EdgeColumn) && changed.EdgeScore.SequenceEqual(built.EdgeScore)
                && changed.RowPlaces.SequenceEqual(built.RowPlaces) && changed.ColumnPlaces.SequenceEqual(built.ColumnPlaces)
                && changed.PriceOfEmpty.SequenceEqual(built.PriceOfEmpty) && changed.Priority.SequenceEqual(built.Priority) && changed.PriorityWeight >= built.PriorityWeight;
        }));

    [Fact]
    public void A_change_that_makes_no_problem_is_refused()
    {
        var problem = new ProblemBuilder(2, 2).Edge(0, 0, 1).Edge(1, 1, 1).Build();
        Assert.Throws<ArgumentException>(() => new ProblemChange(new ProblemBuilder(1, 1).Edge(0, 0, 1).Lock(0, 0).Build()));
        Assert.Throws<ArgumentException>(() => new ProblemChange(problem).Row(0, [(1, 4), (0, 2), (1, 3)]));
        Assert.Throws<ArgumentException>(() => new ProblemChange(problem).Row(0, [(2, 4)]).Build());
        Assert.Throws<ArgumentException>(() => new ProblemChange(problem).Row(3, []).Build());
        Assert.Throws<ArgumentException>(() => new ProblemChange(problem).ColumnPlaces(3, 1).Build());
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProblemChange(problem).Row(0, [(-1, 4)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProblemChange(problem).Row(0, [], places: -1));
        Assert.Equal(3, new ProblemChange(problem).Row(2, [(2, 7)]).ColumnPlaces(2, 1).Build().Columns);
    }

    [Fact]
    public void A_dense_problem_that_was_solved_by_its_core_changes_like_any_other()
    {
        // Waves of the same few scores, of which a core misses some and takes them in later.
        var random = new Random(0);
        var builder = new ProblemBuilder(300, 300);
        for (var row = 0; row < 300; row++)
            for (var column = 0; column < 300; column++) builder.Edge(row, column, (row * 7_919 + column * 104_729) % 1_000 + random.Next(3));
        var before = builder.Build();
        var known = Solver.Solve(before, Solver.Start.ByCore);
        Assert.NotNull(known.State);
        var after = new ProblemChange(before).Row(7, Enumerable.Range(0, 300).Select(column => (column, random.Next(1_000)))).Build();
        var again = Solver.Solve(after, Flow.After(after, before, known), long.MaxValue, CancellationToken.None);
        Assert.Null(Certificate.Check(after, again).Failure);
        Assert.Equal(Solver.Solve(after).Total, again.Total);
    }

    /// <summary>What is looked at costs time; a row that changed without being named shows that the others are not.</summary>
    [Fact]
    public void Rows_that_are_not_named_are_not_looked_at()
    {
        var before = Pool(600, 900, 100, "nobody");
        var known = Solver.Solve(before);
        var after = new ProblemChange(before).Row(7, []).Build();
        var row = Enumerable.Range(8, 100).First(row => known.Edges.Any(edge => before.RowOf(edge) == row));
        for (var edge = after.RowStart[row]; edge < after.RowStart[row + 1]; edge++) after.EdgeScore[edge] += 1_000;
        Assert.NotNull(Certificate.Check(after, Solver.SolveAgain(after, before, known)).Failure);
        Assert.Null(Certificate.Check(after, Solver.Solve(after)).Failure);
    }

    [Fact]
    public void Where_all_is_different_what_is_left_leads_to_the_best_too() =>
        Check.One(ThousandsOfCases, Prop.ForAll(SmallProblem.Any.ToArbitrary(), SmallProblem.Crowded.ToArbitrary(), (small, other) =>
        {
            var (problem, after) = (small.Builder().Build(), other.Builder().Build());
            var forth = Solver.Solve(after, Flow.After(after, problem, Solver.Solve(problem)), long.MaxValue, CancellationToken.None);
            var back = Solver.Solve(problem, Flow.After(problem, after, forth), long.MaxValue, CancellationToken.None);
            return other.Best() == (forth.PriorityServed, forth.Total) && Certificate.Check(after, forth).Holds
                && small.Best() == (back.PriorityServed, back.Total) && Certificate.Check(problem, back).Holds;
        }));

    [Fact]
    public void Where_nothing_has_changed_nothing_moves() =>
        Check.One(ThousandsOfCases, Prop.ForAll(SmallProblem.Any.ToArbitrary(), small =>
        {
            var problem = small.Builder().Build();
            var known = Solver.Solve(problem);
            var again = Solver.SolveAgain(small.Builder().Build(), problem, known);
            return again.Edges.SequenceEqual(known.Edges) && again.ColumnPrices.SequenceEqual(known.ColumnPrices)
                && again.RowPrices.SequenceEqual(known.RowPrices);
        }));

    /// <summary>A pool large enough that it is gone on with: places that are left become spare, and who comes finds them.</summary>
    [Theory]
    [InlineData("nobody")]
    [InlineData("a few are scored anew")]
    [InlineData("a few leave")]
    [InlineData("a few come")]
    [InlineData("places close")]
    [InlineData("places open")]
    [InlineData("everybody")]
    public void A_pool_that_changes_is_as_good_as_solved_anew(string who)
    {
        foreach (var (rows, columns, spread) in ((int, int, int)[])[(900, 600, 100), (600, 900, 100), (700, 700, 1), (800, 790, 3), (500, 502, 1_000)])
        {
            var before = Pool(rows, columns, spread, "nobody");
            var after = Pool(rows, columns, spread, who);
            var known = Solver.Solve(before);
            var again = Solver.SolveAgain(after, before, known);
            Assert.Null(Certificate.Check(after, again).Failure);
            Assert.Equal(Solver.Solve(after).Total, again.Total);
            var further = Solver.Solve(after, Flow.After(after, before, known), long.MaxValue, CancellationToken.None);
            Assert.Null(Certificate.Check(after, further).Failure);
        }
    }

    private static Problem Pool(int rows, int columns, int spread, string changed)
    {
        var random = new Random(31);
        var builder = new ProblemBuilder(rows, columns);
        for (var column = 0; column < columns; column++)
        {
            var places = 1 + column % 3 / 2;
            if (column % 50 == 7) places += changed switch { "places close" => -1, "places open" => 1, _ => 0 };
            builder.ColumnPlaces(column, places);
        }
        for (var row = 0; row < rows; row++)
        {
            builder.PriceOfEmpty(row, row % 4 == 0 ? 20 : 0);
            if (row % 10 == 0) builder.Prioritise(row);
            if (row % 60 == 8 && changed is "a few leave") builder.RowPlaces(row, 0);
            if (row % 60 == 9 && changed is not "a few come") builder.RowPlaces(row, 0);
            foreach (var column in Enumerable.Range(0, 15).Select(_ => random.Next(columns)).Distinct())
            {
                var score = random.Next(spread);
                var anew = random.Next(spread);
                builder.Edge(row, column, changed is "everybody" || (row % 60 == 10 && changed is "a few are scored anew") ? anew : score);
            }
        }
        return builder.Build();
    }
}
