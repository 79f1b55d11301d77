using FsCheck;
using FsCheck.Fluent;
using Mentoring.Contracts.Participants;
using Mentoring.Participants.GapMap;

namespace Mentoring.Participants.Tests.GapMap;

public sealed class HidingSmallCounts
{
    private static readonly string[] Paths =
        ["", "A", "A / 1", "A / 2", "A / 2 / x", "A / 2 / y", "B", "B / 1", "B / 2", "C", "D / 1"];

    private static readonly Gen<(string Path, int People)[]> Organisations =
        Gen.Choose(0, 9).ArrayOf(Paths.Length).Select(people => Paths.Zip(people).ToArray());

    [Fact]
    public void Nothing_is_shown_for_fewer_than_five() =>
        Check(organisation => SafeCounts.Of(organisation).All(shown => shown.Value >= SafeCounts.K && shown.Value == Total(organisation, shown.Key)));

    /// <summary>Independent of how the code decides: takes every set of shown parts from the part above them.</summary>
    [Fact]
    public void No_difference_between_a_part_and_any_of_those_in_it_leaves_one_to_four() => Check(organisation =>
    {
        var shown = SafeCounts.Of(organisation);
        return shown.All(whole =>
        {
            var inside = shown.Where(part => part.Key != whole.Key && IsInside(part.Key, whole.Key)).ToArray();
            return Enumerable.Range(0, 1 << inside.Length)
                .Select(chosen => inside.Where((_, i) => (chosen >> i & 1) == 1).ToArray())
                .Where(parts => !parts.Any(part => parts.Any(other => other.Key != part.Key && IsInside(other.Key, part.Key))))
                .All(parts => whole.Value - parts.Sum(part => part.Value) is 0 or >= SafeCounts.K);
        });
    });

    /// <summary>Two organisations that differ only in what is hidden look the same, unless the difference itself is what may be shown.</summary>
    [Fact]
    public void Moving_one_person_between_hidden_parts_is_seen_by_nobody() => Check(organisation =>
    {
        var shown = SafeCounts.Of(organisation);
        // B and C have no shown number, and would have none with one more or less; so they share what the whole hides.
        if (shown.ContainsKey("B") || shown.ContainsKey("C") || Total(organisation, "B") is < 1 or > 3 || Total(organisation, "C") is > 3)
            return true;
        var from = organisation.First(part => part.Path.StartsWith('B') && part.People > 0).Path;
        var moved = organisation.Select(part => part.Path == from ? (part.Path, part.People - 1) : part.Path == "C" ? (part.Path, part.People + 1) : part);
        return shown.OrderBy(part => part.Key).SequenceEqual(SafeCounts.Of(moved).OrderBy(part => part.Key));
    });

    [Fact]
    public void Below_a_hidden_part_nothing_is_shown() =>
        Check(organisation => SafeCounts.Of(organisation) is var shown && shown.Keys.All(path => SafeCounts.ParentOf(path) is not { } above || shown.ContainsKey(above)));

    [Fact]
    public void A_part_that_is_too_small_takes_the_smallest_of_the_others_with_it() =>
        Assert.Equal(
            new Dictionary<string, int> { [""] = 33, ["A"] = 20 },
            SafeCounts.Of([("A", 20), ("B", 10), ("C", 3)]));

    [Fact]
    public void Parts_that_are_all_large_enough_or_empty_are_all_shown() =>
        Assert.Equal(new Dictionary<string, int> { [""] = 30, ["A"] = 20, ["B"] = 10 }, SafeCounts.Of([("A", 20), ("B", 10), ("C", 0)]));

    [Fact]
    public void Those_who_stand_at_a_part_itself_are_hidden_in_its_rest() =>
        // Three report to the head of A directly: with A and both its parts on show they would be a subtraction away.
        Assert.Equal(new Dictionary<string, int> { [""] = 20, ["A"] = 20, ["A / 2"] = 10 }, SafeCounts.Of([("A", 3), ("A / 1", 7), ("A / 2", 10)]));

    [Fact]
    public void A_topics_numbers_hide_what_is_too_small_in_every_part_and_stage()
    {
        var counts = GapCount.Of("topic",
        [
            new("North / Sales", CareerStage.Early, 12, 4),
            new("North / Service", CareerStage.Established, 3, 0),
            new("South", CareerStage.Established, 9, 0),
            new("North / Sales", CareerStage.Senior, 2, 6),
            new("South", CareerStage.Executive, 0, 3),
        ]).ToDictionary(count => count.UnitPath);

        Assert.Equal(["", "North", "South"], counts.Keys.Order(StringComparer.Ordinal));
        var whole = counts[""];
        Assert.Equal((24, null, 9, 59), (whole.Holders, whole.HoldersWithAuthority, whole.Needs, whole.Imbalance));
        Assert.Equal([new(CareerStage.Early, 12, null), new(CareerStage.Established, 12, null), new(CareerStage.Senior, null, null), new(CareerStage.Executive, null, null)], whole.Stages!);
        // Needs of the south are three, so those of the north are hidden with them.
        Assert.Equal((15, null, null, null), (counts["North"].Holders, counts["North"].HoldersWithAuthority, counts["North"].Needs, counts["North"].Imbalance));
        Assert.Equal(9, counts["South"].Holders);
        Assert.Null(counts["North"].Stages);
    }

    private static void Check(Func<(string Path, int People)[], bool> holds) =>
        Prop.ForAll(Arb.From(Organisations), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    private static int Total((string Path, int People)[] organisation, string path) =>
        organisation.Where(part => part.Path == path || IsInside(part.Path, path)).Sum(part => part.People);

    private static bool IsInside(string path, string whole) => path != whole && (whole.Length == 0 || path.StartsWith(whole + " / ", StringComparison.Ordinal));
}
