using System.Net.Http.Json;
using System.Text.Json;
using Mentoring.Contracts.Participants;
using Mentoring.Contracts.Scheduling;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Tests.Reviews;

public sealed class ReadingPairContinuation(FeedbackService feedback)
{
    private static readonly IReadOnlyList<Gate> Gates = [new Gate("pair-continuation", null, 0.6m, NotBelowBaseline: false)];

    [Fact]
    public async Task Before_any_pair_has_reached_its_planned_end_it_is_red_and_says_so()
    {
        var cohort = await feedback.Running(pairs: 4, gates: Gates);
        await feedback.Publish(cohort.Unit, new PartnershipEnded(
            cohort.Pairs[0].Id, 9, cohort.Programme, cohort.Pairs[0].Mentor, cohort.Pairs[0].Mentee, Early: true));
        await Eventually.Holds(async () => Assert.Equal(1, await feedback.In(cohort.Unit, db => db.Pairs.CountAsync(pair => pair.Ended))));

        var gate = await Read(cohort);

        Assert.Equal((false, null), (gate.Green, gate.Value));
        Assert.Equal("No pair has reached its planned end yet.", gate.Words);
    }

    [Fact]
    public async Task The_share_is_of_the_pairs_at_their_planned_end_and_shown_for_k_people()
    {
        var cohort = await feedback.Running(pairs: 6, gates: Gates);
        await Reach(cohort, 0, continued: true);
        await Reach(cohort, 1, continued: false);
        // Two pairs are four people.
        Assert.Equal((false, null), ((await Read(cohort)).Green, (await Read(cohort)).Value));
        Assert.Contains("too few people", (await Read(cohort)).Words, StringComparison.Ordinal);
        Assert.DoesNotContain("1 of 2", (await Read(cohort)).Words, StringComparison.Ordinal);

        await Reach(cohort, 2, continued: true);

        var green = await Read(cohort);
        Assert.Equal((true, 0.667m), (green.Green, green.Value));
        Assert.Equal("2 of 3 pairs went on after their planned end: 66.7 %, 60 % needed.", green.Words);
        await Reach(cohort, 3, continued: false);
        Assert.Equal((false, 0.5m), ((await Read(cohort)).Green, (await Read(cohort)).Value));
    }

    [Fact]
    public async Task Who_has_gone_on_once_counts_once_in_whatever_order_it_is_heard()
    {
        var cohort = await feedback.Running(pairs: 3, gates: Gates);
        await Reach(cohort, 1, continued: false);
        await Reach(cohort, 2, continued: false);

        // The end of its second term first, then twice that it went on from the first.
        await Reach(cohort, 0, continued: true, term: 2, version: 12);
        await Reach(cohort, 0, continued: true, term: 2, version: 7, again: true);
        await Reach(cohort, 0, continued: true, term: 2, version: 7, again: true);

        Assert.Equal("1 of 3 pairs went on after their planned end: 33.3 %, 60 % needed.", (await Read(cohort)).Words);
    }

    private async Task Reach(Cohort cohort, int which, bool continued, int term = 1, long version = 7, bool again = false)
    {
        var pair = cohort.Pairs[which];
        var message = Guid.CreateVersion7();
        await feedback.Publish(
            cohort.Unit,
            new PlannedEndReached(pair.Id, version, cohort.Programme, pair.Mentor, pair.Mentee, continued, term, null, null),
            message);
        await feedback.HasConsumed(message, "note-planned-end-when-planned-end-reached");
        if (!again)
            Assert.Equal(continued, (await feedback.In(cohort.Unit, db => db.Pairs.SingleAsync(known => known.Id == pair.Id))).Continued);
    }

    private static async Task<(bool Green, decimal? Value, string Words)> Read(Cohort cohort)
    {
        using var manager = cohort.AsManager();
        using var answer = await manager.PostAsJsonAsync(cohort.Unit.At("reviews"), new { programme = Cohort.Slug });
        var gate = Assert.Single((await answer.Json()).GetProperty("gates").EnumerateArray());
        return (gate.GetProperty("green").GetBoolean(),
            gate.GetProperty("value").ValueKind is JsonValueKind.Null ? null : gate.GetProperty("value").GetDecimal(),
            gate.GetProperty("words").GetString()!);
    }
}
