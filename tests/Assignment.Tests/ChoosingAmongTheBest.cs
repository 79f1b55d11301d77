using FsCheck;
using FsCheck.Fluent;

namespace Mentoring.Assignment.Tests;

public sealed class ChoosingAmongTheBest
{
    private static readonly Config ThousandsOfCases = Config.QuickThrowOnFailure.WithMaxTest(4_000);

    [Fact]
    public void The_worst_off_are_raised_as_far_as_any_best_choice_can() =>
        Check.One(ThousandsOfCases, Prop.ForAll(SmallProblem.Any.ToArbitrary(), Bands.ToArbitrary(), (small, bands) =>
        {
            var problem = small.Builder().Build();
            var solved = Solver.Solve(problem);
            var face = OptimalFace.Of(problem, solved).RaiseTheWorstOff(bands);
            return Holds(problem, solved, face) && face.Stages.Select(stage => stage.Edges).SequenceEqual(FewestBelow(small, solved, bands))
                && bands.All(band => face.Solution.Edges.Count(edge => problem.ScoreOf(edge) < band) == face.Stages.Single(stage => stage.Below == band).Edges);
        }));

    [Fact]
    public void Of_what_is_left_as_much_is_kept_as_can_be() =>
        Check.One(ThousandsOfCases, Prop.ForAll(SmallProblem.Any.ToArbitrary(), Bands.ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (small, bands, seed) =>
        {
            var problem = small.Builder().Build();
            var solved = Solver.Solve(problem);
            // Some pairs with an edge, banned ones among them, and one without.
            var incumbents = small.Edges.Where((_, i) => (seed >> i & 1) == 0).Select(edge => (edge.Row, edge.Column)).Append((0, -1)).Append((99, 0)).ToHashSet();
            var face = OptimalFace.Of(problem, solved).RaiseTheWorstOff(bands).KeepMost(incumbents);
            var fewest = FewestBelow(small, solved, bands);
            var most = small.Choices()
                .Where(choice => (choice.Served, choice.Total) == (solved.PriorityServed, solved.Total))
                .Where(choice => bands.Select(band => choice.Count(edge => edge.Score < band)).SequenceEqual(fewest))
                .Max(choice => choice.Count(edge => incumbents.Contains((edge.Row, edge.Column))));
            return Holds(problem, solved, face) && face.Stages[^1].Edges == most
                && face.Solution.Edges.Count(edge => incumbents.Contains((problem.RowOf(edge), problem.ColumnOf(edge)))) == most;
        }));

    [Fact]
    public void What_is_reached_does_not_depend_on_how_the_problem_was_solved() =>
        Check.One(ThousandsOfCases, Prop.ForAll(SmallProblem.Any.ToArbitrary(), Bands.ToArbitrary(), (small, bands) =>
        {
            var problem = small.Builder().Build();
            var reached = Enum.GetValues<Solver.Start>().Select(start => OptimalFace.Of(problem, Solver.Solve(problem, start)).RaiseTheWorstOff(bands))
                .Select(face => string.Join(' ', face.Stages.Select(stage => stage.Edges)));
            return reached.Distinct().Count() == 1;
        }));

    [Fact]
    public void Canonical_prices_prove_the_solution_and_are_the_same_however_it_was_found() =>
        Check.One(ThousandsOfCases, Prop.ForAll(SmallProblem.Any.ToArbitrary(), SmallProblem.Any.ToArbitrary(), (small, other) =>
        {
            var problem = small.Builder().Build();
            var before = other.Builder().Build();
            Solution[] found =
            [
                .. Enum.GetValues<Solver.Start>().Select(start => Solver.Solve(problem, start)),
                Solver.SolveAgain(problem, before, Solver.Solve(before)),
            ];
            var canonical = Array.ConvertAll(found, solution => CanonicalPrices.Of(problem, solution));
            return canonical.All(solution => Certificate.Check(problem, solution).Holds)
                && canonical.All(solution => solution.RowPrices.SequenceEqual(canonical[0].RowPrices) && solution.ColumnPrices.SequenceEqual(canonical[0].ColumnPrices))
                && found.All(solution => Enumerable.Range(0, problem.Columns).All(column =>
                    IsClosed(small, column) || canonical[0].ColumnPrices[column] <= solution.ColumnPrices[column]));
        }));

    [Fact]
    public void An_unproven_solution_has_no_face()
    {
        var problem = new ProblemBuilder(1, 1).Edge(0, 0, 5).Build();
        Assert.Throws<ArgumentException>(() => OptimalFace.Of(problem, new Solution([], 0, 0, [0], [0])));
        Assert.Throws<ArgumentException>(() => OptimalFace.Of(problem, Solver.Solve(problem)).RaiseTheWorstOff([3, 3]));
    }

    /// <summary>Everything tied: the stages alone decide, and whole rounds of moves are needed.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_large_face_is_refined_with_a_proof_for_each_stage(int places)
    {
        var random = new Random(17);
        const int rows = 3_000, columns = 2_400;
        var builder = new ProblemBuilder(rows, columns);
        for (var column = 0; column < columns; column++) builder.ColumnPlaces(column, 1 + random.Next(places));
        var incumbents = new List<(int, int)>();
        for (var row = 0; row < rows; row++)
        {
            // What is empty costs as much as what is filled gives: the total is the same whoever gets a place, but for the row's own number.
            builder.RowPlaces(row, 1 + row % places).PriceOfEmpty(row, row % 2);
            foreach (var column in Enumerable.Range(0, 12).Select(_ => random.Next(columns)).Distinct())
            {
                builder.Edge(row, column, 1 + random.Next(6));
                if (random.Next(6) == 0) incumbents.Add((row, column));
            }
        }
        var problem = builder.Build();
        var solved = Solver.Solve(problem);
        var face = OptimalFace.Of(problem, solved).RaiseTheWorstOff([2, 3, 4, 5, 6]).KeepMost(incumbents);
        Assert.True(Holds(problem, solved, face));
        Assert.True(face.Stages[0].Edges <= solved.Edges.Count(edge => problem.ScoreOf(edge) < 2));
        Assert.True(face.Stages[^1].Edges > solved.Edges.Count(edge => incumbents.Contains((problem.RowOf(edge), problem.ColumnOf(edge)))));
    }

    private static Gen<int[]> Bands { get; } =
        from count in Gen.Choose(0, 3)
        from thresholds in Gen.ArrayOf(Gen.Choose(-2, 8), count)
        select thresholds.Distinct().Order().ToArray();

    private static bool Holds(Problem problem, Solution solved, OptimalFace face) =>
        Certificate.Check(problem, face.Solution).Holds
        && (face.Solution.PriorityServed, face.Solution.Total) == (solved.PriorityServed, solved.Total)
        && face.Stages.All(stage => Certificate.Check(stage.Problem, stage.Solution).Holds);

    /// <summary>By trying every choice: below the first band, then the next.</summary>
    private static int[] FewestBelow(SmallProblem small, Solution solved, int[] bands)
    {
        int[]? fewest = null;
        foreach (var choice in small.Choices())
        {
            if ((choice.Served, choice.Total) != (solved.PriorityServed, solved.Total)) continue;
            var here = bands.Select(band => choice.Count(edge => edge.Score < band)).ToArray();
            if (fewest is null || here.AsSpan().SequenceCompareTo(fewest) < 0) fewest = here;
        }
        return fewest!;
    }

    private static bool IsClosed(SmallProblem small, int column) => small.Locks.Count(pair => pair.Column == column) >= small.ColumnPlaces[column];
}
