using FsCheck;
using FsCheck.Fluent;
using Mentoring.Contracts.Participants;
using Mentoring.Participants.Programmes;

namespace Mentoring.Participants.Tests.Programmes;

public sealed class UnlockingAWave
{
    private static readonly Guid s_someone = Guid.CreateVersion7();
    private static readonly DateTimeOffset s_now = new(2026, 1, 12, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Only_waves_without_a_condition_are_unlocked_by_opening()
    {
        var programme = Drafts.Of();
        Assert.Null(programme.Open(s_someone, s_now));

        Assert.Equal([true, false], programme.Waves.Select(wave => wave.UnlockedAt is not null));
        Assert.Equal(new UnlockedBy(UnlockCause.Opening, s_someone), programme.Waves[0].By);
        Assert.Null(programme.Waves[1].By);
        Assert.Empty(programme.Weigh([], s_now));
        Assert.Contains("no pair yet", programme.LockedBecause(programme.Waves[1], []), StringComparison.Ordinal);
    }

    [Fact]
    public void A_draft_unlocks_nothing() => Assert.Empty(Drafts.Of().Weigh([new PairProgress("sponsor", 9, Ended: false)], s_now));

    [Fact]
    public void It_waits_until_every_pair_of_the_named_wave_has_met_often_enough()
    {
        var programme = Drafts.Opened(s_now);

        Assert.Empty(programme.Weigh([new("sponsor", 2, false), new("sponsor", 1, false)], s_now));
        Assert.Empty(programme.Weigh([new("executives", 5, false)], s_now));
        Assert.Equal("executives", Assert.Single(programme.Weigh([new("sponsor", 2, false), new("sponsor", 3, false)], s_now)).Name);
    }

    [Fact]
    public void A_pair_that_ended_early_holds_nothing_back_and_proves_nothing()
    {
        Assert.Empty(Drafts.Opened(s_now).Weigh([new("sponsor", 1, true)], s_now));
        Assert.Single(Drafts.Opened(s_now).Weigh([new("sponsor", 1, true), new("sponsor", 2, false)], s_now));
        Assert.Single(Drafts.Opened(s_now).Weigh([new("sponsor", 2, true)], s_now));
    }

    [Fact]
    public void It_is_unlocked_once_and_keeps_why()
    {
        var programme = Drafts.Opened(s_now);
        var why = Assert.Single(programme.Weigh([new("sponsor", 2, false)], s_now)).Why;

        Assert.Contains("has met 2 times", why, StringComparison.Ordinal);
        Assert.Equal(new UnlockedBy(UnlockCause.SessionsHeld), programme.Waves[1].By);
        Assert.Empty(programme.Weigh([new("sponsor", 0, false)], s_now.AddDays(1)));
        Assert.Equal((why, s_now), (programme.Waves[1].Why, programme.Waves[1].UnlockedAt!.Value));
        Assert.Null(programme.LockedBecause(programme.Waves[1], []));
    }

    [Fact]
    public void A_day_unlocks_its_wave()
    {
        var byDay = Drafts.Opened(s_now, "waves: [{ name: first }, { name: later, unlock: { date: 2026-02-01 } }]");
        Assert.Empty(byDay.Weigh([], new(2026, 1, 31, 23, 59, 0, TimeSpan.Zero)));
        Assert.Single(byDay.Weigh([], new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero)));
        Assert.Equal(new UnlockedBy(UnlockCause.Day), byDay.Waves[1].By);
    }

    [Fact]
    public void A_green_review_unlocks_the_wave_after_one_that_had_met()
    {
        var programme = Drafts.Opened(
            s_now, "waves: [{ name: first }, { name: second, unlock: { wave: first, reviewGreen: true } }, { name: third, unlock: { wave: second, reviewGreen: true } }]");
        PairProgress first = new("first", 1, false, s_now.AddDays(1)), second = new("second", 1, false, s_now.AddDays(5));
        programme.Hear(new Review(Guid.CreateVersion7(s_now.AddDays(2)), 1, Green: false, []));
        Assert.Empty(programme.Weigh([first], s_now));

        var green = new Review(Guid.CreateVersion7(s_now.AddDays(3)), 1, Green: true, []);
        programme.Hear(green);
        Assert.Empty(programme.Weigh([], s_now));
        Assert.Empty(programme.Weigh([first with { MetAt = s_now.AddDays(4) }], s_now));
        Assert.Equal("second", Assert.Single(programme.Weigh([first], s_now)).Name);
        Assert.Equal(new UnlockedBy(UnlockCause.Review, ReviewId: green.ReviewId), programme.Waves[1].By);

        // The review that let the second wave begin cannot speak of it, however it went.
        Assert.Empty(programme.Weigh([first, second], s_now));
        Assert.Contains("after a pair of wave 'second' had met", programme.LockedBecause(programme.Waves[2], []), StringComparison.Ordinal);
        programme.Hear(new Review(Guid.CreateVersion7(s_now.AddDays(9)), 1, Green: true, []));
        Assert.Equal("third", Assert.Single(programme.Weigh([first, second], s_now)).Name);
    }

    [Fact]
    public void A_sponsors_override_unlocks_the_next_wave_and_says_whose_it_was()
    {
        var programme = Drafts.Opened(
            s_now, "waves: [{ name: first }, { name: second, unlock: { wave: first, reviewGreen: true } }, { name: third, unlock: { wave: second, reviewGreen: true } }]");
        var red = new Review(Guid.CreateVersion7(s_now.AddDays(1)), 1, Green: false, []);
        programme.Hear(red);
        Assert.Null(programme.Expand(null, "We go ahead without it.", bySponsor: true, s_someone, s_now.AddDays(2)));

        Assert.Equal("second", Assert.Single(programme.Weigh([], s_now.AddDays(2))).Name);
        Assert.Equal(new UnlockedBy(UnlockCause.Override, s_someone, red.ReviewId), programme.Waves[1].By);
        // Said of what was there: a wave that opens by it is not what was overridden.
        Assert.Empty(programme.Weigh([], s_now.AddDays(3)));
    }

    [Fact]
    public void What_an_expansion_opens_waits_for_it_and_for_nothing_else()
    {
        var programme = Drafts.Opened(s_now, "waves: [{ name: first }, { name: rest }]\nopens: { wave: rest }");
        programme.Hear(new Review(Guid.CreateVersion7(s_now), 1, Green: true, []));
        Assert.Empty(programme.Weigh([new("first", 9, false, s_now)], s_now));
        Assert.Contains("to be expanded", programme.LockedBecause(programme.Waves[1], []), StringComparison.Ordinal);

        Assert.Null(programme.Expand(null, null, bySponsor: false, s_someone, s_now));
        Assert.Equal("rest", Assert.Single(programme.Weigh([], s_now)).Name);
        Assert.Equal((UnlockCause.Expansion, s_someone), (programme.Waves[1].By!.Cause, programme.Waves[1].By!.PersonId));
    }

    [Fact]
    public void Facts_in_any_order_unlock_the_same()
    {
        var pairs = Gen.Choose(0, 4).Select(held => new PairProgress("sponsor", held, Ended: held == 4));
        Prop.ForAll(Arb.From(Gen.ArrayOf(pairs)), some =>
            Drafts.Opened(s_now).Weigh(some, s_now).Count == Drafts.Opened(s_now).Weigh([.. some.Reverse()], s_now).Count).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_mentee_belongs_to_the_wave_that_names_them_else_to_the_first_open_to_them()
    {
        var programme = Drafts.Opened(s_now);

        Assert.Equal("sponsor", programme.WaveOf(programme.SponsorId, CareerStage.Executive, null, ""));
        Assert.Equal("executives", programme.WaveOf(Guid.CreateVersion7(), CareerStage.Senior, null, "Sales"));

        var byPlace = Drafts.Opened(s_now, "waves: [{ name: pilot, mentees: { locations: [Vienna] } }, { name: board, mentees: { stages: [executive] } }]");
        Assert.Equal("pilot", byPlace.WaveOf(Guid.CreateVersion7(), CareerStage.Executive, "vienna", ""));
        Assert.Equal("board", byPlace.WaveOf(Guid.CreateVersion7(), CareerStage.Executive, null, ""));
        Assert.Null(byPlace.WaveOf(Guid.CreateVersion7(), CareerStage.Senior, "Oslo", ""));

        var byDepartment = Drafts.Opened(
            s_now, "waves: [{ name: pilot, mentees: { locations: [Vienna], departments: [Sales/Europe, Audit] } }, { name: sales, mentees: { departments: [Sales] } }]");
        Assert.Equal("pilot", Of("Vienna", "sales / Europe"));
        Assert.Equal("pilot", Of("Vienna", "Audit/Banks / Large ones"));
        Assert.Equal("sales", Of("Oslo", "Sales / Europe"));
        Assert.Equal("sales", Of("Vienna", "Sales / Europeans"));
        Assert.Null(Of("Vienna", "Salesmanship"));
        Assert.Null(Of("Vienna", ""));

        string? Of(string location, string unitPath) => byDepartment.WaveOf(Guid.CreateVersion7(), CareerStage.Senior, location, unitPath);
    }
}
