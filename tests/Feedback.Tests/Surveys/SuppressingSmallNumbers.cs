using FsCheck;
using FsCheck.Fluent;
using Mentoring.Feedback.Surveys;

namespace Mentoring.Feedback.Tests.Surveys;

public class SuppressingSmallNumbers
{
    private sealed record Table(int[] People, uint[] Cells, int K)
    {
        public override string ToString() => $"people [{string.Join(' ', People)}], cells [{string.Join(' ', Cells.Select(cell => Convert.ToString(cell, 2)))}], k {K}";
    }

    private static readonly Gen<Table> Tables =
        from groups in Gen.Choose(1, 5)
        from people in Gen.Choose(0, 12).ArrayOf(groups)
        from k in Gen.Choose(2, 6)
        from count in Gen.Choose(1, 6)
        from cells in Gen.Choose(1, (1 << groups) - 1).ArrayOf(count)
        select new Table(people, [.. cells.Select(cell => (uint)cell)], k);

    [Fact]
    public void No_number_is_shown_for_fewer_than_k() => Check(Tables, table =>
        Shown(table).All(cell => People(table, cell) >= table.K));

    /// <summary>
    /// Independent of how the code decides: adds and subtracts the shown cells in every way, up to twice each, and looks whether a group
    /// of fewer than k people comes out.
    /// </summary>
    [Fact]
    public void No_sum_or_difference_of_shown_numbers_isolates_fewer_than_k() => Check(Tables, table =>
    {
        var shown = Shown(table);
        return Combinations(shown.Count).All(factors =>
        {
            var vector = new int[table.People.Length];
            for (var cell = 0; cell < shown.Count; cell++)
            {
                for (var group = 0; group < vector.Length; group++)
                    vector[group] += factors[cell] * (int)((shown[cell] >> group) & 1);
            }
            var isASet = vector.All(value => value is 0 or 1) && vector.Contains(1);
            return !isASet || vector.Select((value, group) => value * table.People[group]).Sum() >= table.K;
        });
    });

    [Fact]
    public void The_most_wanted_number_is_shown_whenever_nothing_can_be_taken_from_it() => Check(Tables, table =>
        Suppression.Show(table.People, table.Cells, table.K)[0] == People(table, table.Cells[0]) >= table.K);

    [Fact]
    public void A_total_takes_the_large_group_with_the_small_one() =>
        // 12 in all, 10 mentors and 2 mentees: with 12 and 10 on show the mentees' mean is a subtraction away.
        Assert.Equal([true, false, false], Suppression.Show([10, 2], [0b11, 0b01, 0b10], k: 5));

    [Fact]
    public void Groups_that_are_all_large_enough_are_all_shown() =>
        Assert.Equal([true, true, true], Suppression.Show([10, 6], [0b11, 0b01, 0b10], k: 5));

    [Fact]
    public void Two_groupings_of_the_same_people_do_not_give_away_what_lies_between_them() =>
        // Groups: early stage in Berlin 5, early in Paris 3, senior in Paris 5. All of Paris and all early may each be shown alone;
        // with the total too, each leaves 5. But the total, Paris and early together leave early in Paris: 8 + 8 - 13 = 3.
        Assert.Equal([true, true, false], Suppression.Show([5, 3, 5], [0b111, 0b110, 0b011], k: 5));

    private static List<uint> Shown(Table table)
    {
        var shown = Suppression.Show(table.People, table.Cells, table.K);
        return [.. table.Cells.Where((_, cell) => shown[cell]).Distinct()];
    }

    private static int People(Table table, uint cell) => table.People.Where((_, group) => (cell & (1u << group)) != 0).Sum();

    private static IEnumerable<int[]> Combinations(int cells) => cells == 0
        ? []
        : Enumerable.Range(0, (int)Math.Pow(5, cells)).Select(number => Enumerable.Range(0, cells).Select(cell => number / (int)Math.Pow(5, cell) % 5 - 2).ToArray());

    private static void Check(Gen<Table> tables, Func<Table, bool> holds) => Prop.ForAll(tables.ToArbitrary(), holds).QuickCheckThrowOnFailure();
}
