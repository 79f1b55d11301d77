using System.Runtime.Intrinsics.X86;
using FsCheck;
using FsCheck.Fluent;

namespace Mentoring.Assignment.Tests;

public sealed class ListingTheBest
{
    private const int Columns = 60;

    /// <summary>Few scores and few prices, so that much is tied; and each price that rises may be one that a list goes by.</summary>
    [Fact]
    public void A_list_answers_as_the_whole_row_does_however_prices_rise() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            if (!Avx2.IsSupported) return true;
            var random = new Random(seed);
            var network = Network.Of(Rows(random));
            var prices = GC.AllocateArray<long>(Columns, pinned: true);
            var lists = new Shortlists(network, prices, scale: 3);
            for (var look = 0; look < 40; look++)
            {
                prices[random.Next(Columns)] += random.Next(30);
                for (var row = 0; row < network.Rows; row++)
                    if (lists.BestTwo(row) != BestTwo(network, prices, row)) return false;
                if (look != 20) continue;
                Array.Clear(prices);
                lists.Forget();
            }
            return true;
        }));

    [Fact]
    public void A_row_of_few_edges_or_several_places_has_no_list()
    {
        if (!Avx2.IsSupported) return;
        var builder = new ProblemBuilder(3, Columns).RowPlaces(1, 2);
        for (var column = 0; column < Columns; column++)
            for (var row = 0; row < 3; row++)
                if (row != 2 || column < Shortlists.LeastDegree - 1) builder.Edge(row, column, column);
        var lists = new Shortlists(Network.Of(builder.Build()), GC.AllocateArray<long>(Columns, pinned: true), scale: 1);
        Assert.Equal([true, false, false], [.. Enumerable.Range(0, 3).Select(lists.Has)]);
    }

    private static Problem Rows(Random random)
    {
        var builder = new ProblemBuilder(3, Columns);
        for (var row = 0; row < 3; row++)
        {
            builder.PriceOfEmpty(row, random.Next(2) * 100);
            var columns = Enumerable.Range(0, Columns).ToArray();
            random.Shuffle(columns);
            foreach (var column in columns.Take(random.Next(Shortlists.LeastDegree, Columns + 1))) builder.Edge(row, column, random.Next(-10, 30));
        }
        return builder.Build();
    }

    private static Shortlists.Choice BestTwo(Network network, long[] prices, int row)
    {
        var outside = -network.CostOfOut(row, 0) * 3;
        var worths = Enumerable.Range(network.Start[row], network.Start[row + 1] - network.Start[row])
            .Select(edge => (Edge: edge, Worth: network.Score[edge] * 3 - prices[network.Column[edge]]))
            .OrderByDescending(one => one.Worth).ThenBy(one => one.Edge).ToArray();
        return worths[0].Worth > outside
            ? new(worths[0].Edge, network.Column[worths[0].Edge], worths[0].Worth, Math.Max(worths[1].Worth, outside))
            : new(-1, -1, outside, outside);
    }
}
