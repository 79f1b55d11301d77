using FsCheck;
using FsCheck.Fluent;
using Mentoring.Contracts.Participants;
using Mentoring.Scheduling.Partnerships;

namespace Mentoring.Scheduling.Tests.Partnerships;

public sealed class ComparingCharters
{
    private static readonly CharterText One = new(
        [new Clause("gap", "Gap", "We work on it."), new Clause("disagreement", "Disagreement", "We say so early.")],
        "A gap.",
        "fluency",
        new Goals(new Goal("To be heard."), new Goal("To decide.", "Two decisions taken with it.")),
        new Dictionary<string, string> { ["video"] = "P14D" },
        ["neutral", "video"],
        "It stays here.");

    [Fact]
    public void Each_part_that_says_something_else_is_named_with_both_texts()
    {
        var other = One with
        {
            Clauses = [One.Clauses[0], One.Clauses[1] with { Text = "We say so at once." }],
            Measure = null,
            Goals = One.Goals with { Mentor = new Goal("To be heard.", "I spoke in two of their meetings."), Mentee = new Goal("To decide.") },
            Cadence = new Dictionary<string, string> { ["in-person"] = "P90D", ["video"] = "P7D" },
            Places = ["video"],
        };

        Assert.Equal(
            [
                new CharterDifference("goals.mentor.measure", true, null, "I spoke in two of their meetings."),
                new CharterDifference("clauses.disagreement.text", true, "We say so early.", "We say so at once."),
                new CharterDifference("measure", true, "fluency", null),
                new CharterDifference("goals.mentee.measure", true, "Two decisions taken with it.", null),
                new CharterDifference("cadence.in-person", false, null, "P90D"),
                new CharterDifference("cadence.video", false, "P14D", "P7D"),
                new CharterDifference("places", false, "neutral, video", "video"),
            ],
            CharterDifferences.Between(One, other));
    }

    [Fact]
    public void Another_order_of_clauses_is_a_difference_of_substance() => Assert.Equal(
        [new CharterDifference("clauses", true, "gap, disagreement", "disagreement, gap")],
        CharterDifferences.Between(One, One with { Clauses = [One.Clauses[1], One.Clauses[0]] }));

    [Fact]
    public void A_text_never_differs_from_itself_and_two_always_differ_alike_from_either_side() => Check.QuickThrowOnFailure(Prop.ForAll(
        Texts().ToArbitrary(),
        Texts().ToArbitrary(),
        (one, other) =>
        {
            var back = CharterDifferences.Between(other, one).Select(difference => difference with { Before = difference.After, After = difference.Before });
            return CharterDifferences.Between(one, one with { Clauses = [.. one.Clauses], Cadence = new Dictionary<string, string>(one.Cadence), Places = [.. one.Places] }).Count == 0
                && back.ToHashSet().SetEquals(CharterDifferences.Between(one, other));
        }));

    [Fact]
    public void A_new_version_always_comes_of_a_difference_and_signatures_always_go_with_one_of_substance() => Check.QuickThrowOnFailure(Prop.ForAll(
        Texts().ToArbitrary(),
        Texts().ToArbitrary(),
        (one, other) =>
        {
            var revised = new Charter(1, one, true, true).Revise(other, Side.Mentor, DateTimeOffset.UnixEpoch);
            var differences = CharterDifferences.Between(one, other);
            return revised.Version == (differences.Count > 0 ? 2 : 1) && revised.Signed == !differences.Any(difference => difference.Substance);
        }));

    // Few values, so that many of them are the same in both.
    private static Gen<CharterText> Texts() =>
        from clauses in Gen.SubListOf("gap", "goals", "review")
        from clause in Words()
        from gap in Words().OrNull()
        from measure in Words().OrNull()
        from mentor in Words()
        from mentors in Words().OrNull()
        from mentee in Words()
        from channels in Gen.SubListOf("video", "in-person")
        from period in Gen.Elements("P7D", "P14D")
        from places in Gen.SubListOf("neutral", "off-site", "video")
        select new CharterText(
            [.. clauses.Select(name => new Clause(name, name, clause))],
            gap,
            measure,
            new Goals(new Goal(mentor, mentors), new Goal(mentee)),
            channels.ToDictionary(channel => channel, _ => period),
            [.. places],
            "It stays here.");

    private static Gen<string> Words() => Gen.Elements("One.", "Another.");
}
