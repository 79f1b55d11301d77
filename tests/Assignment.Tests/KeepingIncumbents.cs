using FsCheck;
using FsCheck.Fluent;

namespace Mentoring.Assignment.Tests;

public sealed class KeepingIncumbents
{
    private static readonly Config ThousandsOfCases = Config.QuickThrowOnFailure.WithMaxTest(4_000);

    [Fact]
    public void Nothing_that_keeps_as_many_has_a_larger_total() =>
        Check.One(ThousandsOfCases, Prop.ForAll(SmallProblem.Any.ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), Gen.Choose(0, 4).ToArbitrary(), (small, seed, changes) =>
        {
            var problem = small.Builder().Build();
            var incumbents = small.Edges.Where((_, i) => (seed >> i & 1) == 0).Select(edge => (edge.Row, edge.Column)).ToHashSet();
            var keeping = Keeping.AtMost(problem, incumbents.Append((99, 99)), changes);
            var still = incumbents.Count(pair => problem.EdgeBetween(pair.Row, pair.Column) is not null);
            int Kept(Choice choice) => choice.Count(edge => incumbents.Contains((edge.Row, edge.Column)));
            var served = small.Best()!.Value.Served;
            var mostKept = small.Choices().Where(choice => choice.Served == served).Max(Kept);
            var best = small.Best(among: choice => Kept(choice) >= keeping.Kept);
            return best == (keeping.PriorityServed, keeping.Total) && keeping.PriorityServed == served
                && keeping.Kept + keeping.GivenUp == still
                && keeping.Edges.Count(edge => incumbents.Contains((problem.RowOf(edge), problem.ColumnOf(edge)))) == keeping.Kept
                && (keeping.GivenUp <= changes || keeping.Kept == mostKept)
                && keeping.Edges.SequenceEqual(keeping.Proof.Edges) && Certificate.Check(keeping.Rewarded, keeping.Proof).Holds
                && keeping.Proof.Total == keeping.Total + (long)keeping.Bonus * keeping.Kept;
        }));

    /// <summary>The frontier of calm and total is bent outwards nearly everywhere: what is allowed is nearly used, and every step costs more than the one before.</summary>
    [Fact]
    public void In_a_large_pool_nearly_as_many_are_given_up_as_may_be()
    {
        var random = new Random(23);
        const int rows = 2_000, columns = 1_500;
        var builder = new ProblemBuilder(rows, columns);
        var incumbents = new List<(int, int)>();
        for (var row = 0; row < rows; row++)
        {
            var some = Enumerable.Range(0, 15).Select(_ => random.Next(columns)).Distinct().ToArray();
            foreach (var column in some) builder.Edge(row, column, random.Next(101));
            if (row < columns) incumbents.Add((row, some[0]));
        }
        var problem = builder.Build();
        long last = long.MinValue;
        foreach (var changes in (int[])[1_500, 1_000, 500, 400])
        {
            var keeping = Keeping.AtMost(problem, incumbents, changes);
            Assert.Null(Certificate.Check(keeping.Rewarded, keeping.Proof).Failure);
            if (last != long.MinValue) Assert.True(keeping.Total <= last);
            last = keeping.Total;
            // At most one incumbent a column can be kept, which no allowance changes.
            var possible = incumbents.Select(pair => pair.Item2).Distinct().Count();
            if (incumbents.Count - possible <= changes) Assert.InRange(keeping.GivenUp, changes == 1_500 ? 0 : changes - 3, changes);
            else Assert.Equal(incumbents.Count - possible, keeping.GivenUp);
        }
    }

    [Fact]
    public void Scores_as_large_as_they_come_leave_little_room_for_a_bonus()
    {
        var problem = new ProblemBuilder(2, 2).Edge(0, 0, int.MaxValue).Edge(0, 1, 1).Edge(1, 0, 1).Edge(1, 1, int.MaxValue).Build();
        var keeping = Keeping.AtMost(problem, [(0, 1), (1, 0)], 0);
        Assert.Equal((0, 2L * int.MaxValue), (keeping.Kept, keeping.Total));
    }
}
