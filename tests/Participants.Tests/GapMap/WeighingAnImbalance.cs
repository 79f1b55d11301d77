using FsCheck;
using FsCheck.Fluent;
using Mentoring.Participants.GapMap;

namespace Mentoring.Participants.Tests.GapMap;

public sealed class WeighingAnImbalance
{
    private static readonly Gen<(int Needs, int Holders, int Above)> Counts =
        from needs in Gen.Choose(1, 500)
        from holders in Gen.Choose(1, 500)
        from above in Gen.Choose(0, 500)
        select (needs, holders, above);

    [Fact]
    public void It_lies_between_nothing_and_a_hundred() => Check(counts => Of(counts) is >= 0 and <= Imbalance.Highest);

    [Fact]
    public void It_is_a_hundred_exactly_where_nobody_with_authority_holds_what_they_need()
    {
        Check(counts => Imbalance.Of(counts.Needs, counts.Holders, 0) == Imbalance.Highest);
        Check(counts => Of(counts) < Imbalance.Highest || counts.Above * 150 < counts.Needs * 3 || counts.Above * 150 < counts.Holders * 3 || counts.Above == 0);
    }

    [Fact]
    public void It_never_falls_with_need_or_with_what_is_held_below() => Check(counts =>
        Imbalance.Of(counts.Needs + 1, counts.Holders, counts.Above) >= Of(counts) && Imbalance.Of(counts.Needs, counts.Holders + 1, counts.Above) >= Of(counts));

    [Fact]
    public void It_never_rises_with_what_is_held_above() => Check(counts => Imbalance.Of(counts.Needs, counts.Holders, counts.Above + 1) <= Of(counts));

    [Fact]
    public void It_does_not_depend_on_the_size_of_the_unit() => Check(counts =>
        Imbalance.Of(counts.Needs * 7, counts.Holders * 7, counts.Above * 7) == Of(counts));

    [Fact]
    public void Without_need_or_without_anybody_who_holds_it_there_is_none()
    {
        Assert.Equal(0, Imbalance.Of(0, 50, 10));
        Assert.Equal(0, Imbalance.Of(50, 0, 10));
    }

    [Fact]
    public void What_is_hidden_is_not_told_by_it()
    {
        Assert.Null(Imbalance.Of(null, 50, 10));
        Assert.Null(Imbalance.Of(50, null, 10));
        // The most that is too few to show: the figure is not overstated.
        Assert.Equal(Imbalance.Of(50, 50, SafeCounts.K - 1), Imbalance.Of(50, 50, null));
    }

    [Theory]
    [InlineData(40, 60, 0, 100)]
    [InlineData(30, 90, 10, 68)]
    [InlineData(10, 10, 10, 25)]
    [InlineData(5, 5, 45, 1)]
    public void It_is_the_share_that_lacks_it_times_the_share_that_stands_below(int needs, int holders, int above, int expected) =>
        Assert.Equal(expected, Imbalance.Of(needs, holders, above));

    private static int Of((int Needs, int Holders, int Above) counts) => Imbalance.Of(counts.Needs, counts.Holders, counts.Above)!.Value;

    private static void Check(Func<(int Needs, int Holders, int Above), bool> holds) =>
        Prop.ForAll(Arb.From(Counts), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
}
