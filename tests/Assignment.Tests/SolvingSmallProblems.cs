using FsCheck;
using FsCheck.Fluent;

namespace Mentoring.Assignment.Tests;

public sealed class SolvingSmallProblems
{
    private static readonly Config ThousandsOfCases = Config.QuickThrowOnFailure.WithMaxTest(5_000);

    [Fact]
    public void Nothing_beats_the_solution_of_any_small_problem() =>
        Check.One(ThousandsOfCases, Prop.ForAll(SmallProblem.Any.ToArbitrary(), small =>
        {
            var solution = Solver.Solve(small.Builder().Build());
            return small.Best() == (solution.PriorityServed, solution.Total);
        }));

    /// <summary>What is chosen for large problems and what is chosen for small ones must be right for both.</summary>
    [Theory]
    [InlineData("InPhases")]
    [InlineData("Exactly")]
    [InlineData("WithNothing")]
    public void It_is_the_best_however_it_begins(string start) =>
        Check.One(ThousandsOfCases, Prop.ForAll(SmallProblem.Any.ToArbitrary(), small =>
        {
            var problem = small.Builder().Build();
            var solution = Solver.Solve(problem, Enum.Parse<Solver.Start>(start));
            return small.Best() == (solution.PriorityServed, solution.Total) && Certificate.Check(problem, solution).Holds;
        }));

    /// <summary>Rows of several places that bid for the same: one is put out while what the others paid was measured without it.</summary>
    [Theory]
    [InlineData("InPhases")]
    [InlineData("Exactly")]
    public void Where_all_have_several_places_it_is_the_best_too(string start) =>
        Check.One(ThousandsOfCases, Prop.ForAll(SmallProblem.Crowded.ToArbitrary(), small =>
        {
            var problem = small.Builder().Build();
            var solution = Solver.Solve(problem, Enum.Parse<Solver.Start>(start));
            return small.Best() == (solution.PriorityServed, solution.Total) && Certificate.Check(problem, solution).Holds;
        }));

    /// <summary>Was begun at prices that did not hold, and never ended.</summary>
    [Fact]
    public void A_row_whose_unit_was_put_out_is_priced_anew()
    {
        var small = new SmallProblem(
            [1, 1, 1, 1, 2], [3, 2], [0, 0, 0, 0, 0], [true, true, true, true, false],
            [(1, 0, 4), (3, 0, -3), (2, 0, -3), (1, 1, -1), (4, 1, 4), (2, 1, 0), (3, 1, -2), (0, 1, -1), (4, 0, 4), (0, 0, -3)], [], [(1, 1)]);
        var problem = small.Builder().Build();
        var solution = Solver.Solve(problem);
        Assert.Equal(small.Best(), (solution.PriorityServed, solution.Total));
        Assert.Null(Certificate.Check(problem, solution).Failure);
    }

    [Fact]
    public void Solving_again_from_what_was_known_is_as_good_as_solving_anew() =>
        Check.One(ThousandsOfCases, Prop.ForAll(SmallProblem.Any.ToArbitrary(), SmallProblem.Any.ToArbitrary(), (small, other) =>
        {
            var before = small.Builder().Build();
            var known = Solver.Solve(before);
            // A little changed, and everything.
            SmallProblem[] afterwards =
            [
                small with { Edges = [.. small.Edges.Select((edge, i) => i == 0 ? edge with { Score = edge.Score + 3 } : edge)] },
                small with { Edges = [.. small.Edges.Where(edge => edge.Row != 0)], Locks = [.. small.Locks.Where(pair => pair.Row != 0)] },
                small with { ColumnPlaces = [.. small.ColumnPlaces.Select(places => places + 1)], Locks = [] },
                other,
            ];
            return afterwards.All(changed =>
            {
                var problem = changed.Builder().Build();
                var solution = Solver.SolveAgain(problem, before, known);
                return changed.Best() == (solution.PriorityServed, solution.Total) && Certificate.Check(problem, solution).Holds;
            });
        }));

    [Fact]
    public void Every_solution_carries_a_certificate_that_holds() =>
        Check.One(ThousandsOfCases, Prop.ForAll(SmallProblem.Any.ToArbitrary(), small =>
        {
            var problem = small.Builder().Build();
            var certificate = Certificate.Check(problem, Solver.Solve(problem));
            return certificate is { Holds: true, Failure: null } && certificate.Primal == certificate.Dual
                && certificate.CheckedEdges == problem.Edges;
        }));

    [Fact]
    public void The_loss_of_forcing_an_edge_is_that_of_the_best_choice_that_has_it() =>
        Check.One(ThousandsOfCases, Prop.ForAll(SmallProblem.Any.ToArbitrary(), small =>
        {
            var problem = small.Builder().Build();
            var solution = Solver.Solve(problem);
            return small.Edges.All(edge =>
            {
                var loss = Loss.OfForcing(problem, solution, edge.Row, edge.Column);
                var best = small.Bans.Contains((edge.Row, edge.Column)) ? null : small.Best(among: choice => choice.Has((edge.Row, edge.Column)));
                return best is null
                    ? loss is null
                    : loss == new Loss(solution.PriorityServed - best.Value.Served, solution.Total - best.Value.Total);
            });
        }));

    [Fact]
    public void The_loss_of_forbidding_an_edge_is_that_of_the_best_choice_without_it() =>
        Check.One(ThousandsOfCases, Prop.ForAll(SmallProblem.Any.ToArbitrary(), small =>
        {
            var problem = small.Builder().Build();
            var solution = Solver.Solve(problem);
            return small.Edges.All(edge =>
            {
                var loss = Loss.OfForbidding(problem, solution, edge.Row, edge.Column);
                return small.Best(among: choice => !choice.Has((edge.Row, edge.Column))) is { } best
                    ? loss == new Loss(solution.PriorityServed - best.Served, solution.Total - best.Total)
                    : loss is null;
            });
        }));

    [Fact]
    public void The_loss_of_serving_a_row_is_that_of_the_best_choice_that_does() =>
        Check.One(ThousandsOfCases, Prop.ForAll(SmallProblem.Any.ToArbitrary(), small =>
        {
            var problem = small.Builder().Build();
            var solution = Solver.Solve(problem);
            return Enumerable.Range(0, problem.Rows).All(row =>
            {
                var loss = Loss.OfServing(problem, solution, row);
                return small.Best(among: choice => choice.Filled[row] > 0) is { } best
                    ? loss == new Loss(solution.PriorityServed - best.Served, solution.Total - best.Total)
                    : loss is null;
            });
        }));

    [Fact]
    public void The_same_problem_gives_the_same_solution_and_prices() =>
        Check.One(ThousandsOfCases, Prop.ForAll(SmallProblem.Any.ToArbitrary(), small =>
        {
            var first = Solver.Solve(small.Builder().Build());
            var second = Solver.Solve((small with { Edges = [.. small.Edges.Reverse()] }).Builder().Build());
            return first.Edges.SequenceEqual(second.Edges)
                && first.RowPrices.SequenceEqual(second.RowPrices) && first.ColumnPrices.SequenceEqual(second.ColumnPrices);
        }));

    [Fact]
    public void A_choice_that_is_not_the_best_has_no_certificate() =>
        Check.One(ThousandsOfCases, Prop.ForAll(SmallProblem.Any.ToArbitrary(), small =>
        {
            var problem = small.Builder().Build();
            var solution = Solver.Solve(problem);
            return solution.Edges.Where(edge => !problem.IsLocked(edge)).All(edge =>
            {
                var row = problem.RowOf(edge);
                var worse = solution with
                {
                    Edges = [.. solution.Edges.Where(other => other != edge)],
                    Total = solution.Total - problem.ScoreOf(edge) - small.Prices[row],
                    PriorityServed = solution.PriorityServed
                        - (small.Priority[row] && solution.Edges.Count(other => problem.RowOf(other) == row) == 1 ? 1 : 0),
                };
                var asGood = (worse.PriorityServed, worse.Total) == (solution.PriorityServed, solution.Total);
                return Certificate.Check(problem, worse).Holds == asGood;
            });
        }));
}
