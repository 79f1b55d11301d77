using FsCheck;
using FsCheck.Fluent;

namespace Mentoring.Assignment.Tests;

public sealed class BoundingGroups
{
    private static readonly Config ThousandsOfCases = Config.QuickThrowOnFailure.WithMaxTest(3_000);

    [Fact]
    public void Nothing_within_the_bounds_beats_the_solution() => Check.One(ThousandsOfCases, Prop.ForAll(SmallProblem.Any.ToArbitrary(), Seeds, IsBest));

    [Fact]
    public void Nor_where_all_have_several_places() => Check.One(ThousandsOfCases, Prop.ForAll(SmallProblem.Crowded.ToArbitrary(), Seeds, IsBest));

    [Fact]
    public void A_bound_that_cannot_be_kept_is_named_and_missed_by_as_little_as_can_be()
    {
        var problem = new ProblemBuilder(3, 1).Edge(0, 0, 9).Edge(1, 0, 5).Edge(2, 0, 7).Build();
        var bounded = GroupBounds.Solve(problem, [new GroupBound([2], 0), new GroupBound([1, 2], 2), new GroupBound([0], 0)]);
        Assert.Equal([new Shortfall(1, 1, 2)], bounded.Short);
        Assert.Equal(7, bounded.Total);
    }

    [Fact]
    public void Groups_that_cross_are_refused()
    {
        var problem = new ProblemBuilder(3, 1).Build();
        Assert.Throws<ArgumentException>(() => GroupBounds.Solve(problem, [new GroupBound([0, 1], 0), new GroupBound([1, 2], 0)]));
        Assert.Throws<ArgumentException>(() => GroupBounds.Solve(problem, [new GroupBound([0, 0], 0)]));
        Assert.Throws<ArgumentException>(() => GroupBounds.Solve(problem, [new GroupBound([3], 0)]));
    }

    private static Arbitrary<int> Seeds { get; } = Gen.Choose(0, int.MaxValue).ToArbitrary();

    private static bool IsBest(SmallProblem small, int seed)
    {
        var problem = small.Builder().Build();
        var groups = Nested(small, seed);
        var bounded = GroupBounds.Solve(problem, groups);
        bool Keeps(Choice choice) => groups.All(group => group.Rows.Sum(row => choice.Filled[row]) >= group.Least);
        var best = small.Best(among: Keeps);
        var filled = new int[problem.Rows];
        foreach (var edge in bounded.Edges) filled[problem.RowOf(edge)]++;
        return Certificate.Check(bounded.Reduced, bounded.Proof).Holds
            && (best is null ? bounded.Short.Count > 0 : bounded.Short.Count == 0 && best == (bounded.PriorityServed, bounded.Total))
            && bounded.Short.All(one => groups[one.Group].Rows.Sum(row => filled[row]) == one.Filled && one.Filled < one.Least);
    }

    /// <summary>Runs of rows that halve: each asks for some of its places, at times for more than there are.</summary>
    private static List<GroupBound> Nested(SmallProblem small, int seed)
    {
        var random = new Random(seed);
        var groups = new List<GroupBound>();
        Add(0, small.RowPlaces.Length, depth: 0);
        return [.. groups.OrderBy(_ => random.Next())];

        void Add(int first, int end, int depth)
        {
            if (first == end || depth > 3) return;
            if (random.Next(3) > 0)
            {
                int[] rows = [.. Enumerable.Range(first, end - first)];
                groups.Add(new GroupBound(rows, random.Next(-1, Math.Min(4, rows.Sum(row => small.RowPlaces[row])) + 1)));
            }
            var middle = random.Next(first, end);
            Add(first, middle, depth + 1);
            if (middle > first) Add(middle, end, depth + 1);
        }
    }
}
