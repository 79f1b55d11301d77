using Mentoring.Contracts.Participants;
using Mentoring.Matching.Pool;
using Mentoring.Matching.Runs;

namespace Mentoring.Matching.Tests.Runs;

public sealed class AllowingAPair
{
    private readonly Guid _boss = Guid.CreateVersion7();

    [Fact]
    public void Two_who_fit_may_be_a_pair() => Assert.Null(Rule(Cast.Policy(), Cast.Junior().In(), Cast.Senior().In("first")));

    [Fact]
    public void A_mentor_who_offers_nothing_the_mentee_needs_is_refused_by_topic_overlap() =>
        Assert.Equal("topic-overlap", Rule(Cast.Policy(), Cast.Junior(Cast.Topic("cooking")).In(), Cast.Senior().In("first")));

    [Fact]
    public void What_the_mentee_offers_and_the_mentor_needs_is_the_wrong_direction()
    {
        var mentor = Cast.Junior(Cast.Topic("cooking")) with { Needs = [Cast.Topic(Cast.Strategy, 1)] };
        Assert.Equal("topic-overlap", Rule(Cast.Policy(), mentor.In(), Cast.Senior().In("first")));
    }

    [Theory]
    [InlineData(Direction.Reverse, CareerStage.Early, CareerStage.Executive, null)]
    [InlineData(Direction.Reverse, CareerStage.Senior, CareerStage.Senior, "direction")]
    [InlineData(Direction.Reverse, CareerStage.Executive, CareerStage.Senior, "direction")]
    [InlineData(Direction.Traditional, CareerStage.Senior, CareerStage.Early, null)]
    [InlineData(Direction.Traditional, CareerStage.Early, CareerStage.Senior, "direction")]
    [InlineData(Direction.Traditional, CareerStage.Senior, CareerStage.Senior, "direction")]
    public void The_mentor_stands_below_the_mentee_or_above_as_the_programme_says(
        Direction direction, CareerStage mentor, CareerStage mentee, string? rule) =>
        Assert.Equal(rule, Rule(
            Cast.Policy(direction), (Cast.Junior() with { Stage = mentor }).In(), (Cast.Senior() with { Stage = mentee }).In("first")));

    [Theory]
    [InlineData(CareerStage.Early, CareerStage.Executive, null)]
    [InlineData(CareerStage.Established, CareerStage.Established, null)]
    [InlineData(CareerStage.Senior, CareerStage.Early, "direction")]
    public void Where_each_mentors_the_other_peers_may_too(CareerStage mentor, CareerStage mentee, string? rule) =>
        Assert.Equal(rule, Rule(
            Cast.Policy(Direction.Reciprocal),
            (Cast.Junior() with { Stage = mentor, Needs = [Cast.Topic(Cast.Strategy, 1)] }).In(),
            (Cast.Senior() with { Stage = mentee, Offers = [Cast.Topic(Cast.Strategy)] }).In("first")));

    [Fact]
    public void Whoever_takes_part_on_both_sides_is_nobodys_own_mentor()
    {
        var both = Cast.Junior() with { Needs = [Cast.Topic(Cast.Ai, 1), Cast.Topic(Cast.Prompts, 1)] };
        var mentor = both.In();
        Assert.Equal("oneself", Rule(Cast.Policy(Direction.Reciprocal), mentor, both.In("first") with { PersonId = mentor.PersonId }));
    }

    [Theory]
    [InlineData("Sales / EMEA / Team 1", "Sales / EMEA / Team 2", "different-department")]
    [InlineData("Sales/EMEA", "Sales", "different-department")]
    [InlineData("Sales / EMEA", "Operations / EMEA", null)]
    public void Another_department_is_not_another_team_of_the_same(string mentor, string mentee, string? rule) =>
        Assert.Equal(rule, Rule(
            Cast.Policy(hard: ["topic-overlap", "different-department"]),
            (Cast.Junior() with { UnitPath = mentor }).In(), (Cast.Senior() with { UnitPath = mentee }).In("first")));

    [Fact]
    public void Nobody_mentors_someone_above_them_at_any_depth()
    {
        var mentee = Cast.Senior().In("first");
        Assert.Equal("authority", Rule(Cast.Policy(), Cast.Junior().In(null, 1, mentee.PersonId), mentee));
        Assert.Equal("authority", Rule(Cast.Policy(), Cast.Junior().In(null, 1, _boss, Guid.CreateVersion7(), mentee.PersonId), mentee));
    }

    [Fact]
    public void Nobody_mentors_someone_below_them()
    {
        var mentor = Cast.Junior().In();
        Assert.Equal("authority", Rule(Cast.Policy(), mentor, Cast.Senior().In("first", 1, _boss, mentor.PersonId)));
    }

    [Fact]
    public void A_common_manager_is_no_authority_inside_the_pair() =>
        Assert.Null(Rule(Cast.Policy(), Cast.Junior().In(null, 1, Guid.CreateVersion7(), _boss), Cast.Senior().In("first", 1, _boss)));

    [Theory]
    [InlineData(2, true, true, "authority")]
    [InlineData(3, true, true, null)]
    [InlineData(5, true, true, null)]
    [InlineData(3, true, false, "authority")]
    [InlineData(3, false, true, "authority")]
    public void The_same_chain_is_allowed_at_a_distance_with_both_consents(int distance, bool mentorConsents, bool menteeConsents, string? rule)
    {
        var mentee = (Cast.Senior() with { ConsentsToSameChain = menteeConsents }).In("first");
        Guid[] chain = [.. Enumerable.Range(1, distance - 1).Select(_ => Guid.CreateVersion7()), mentee.PersonId];
        var mentor = (Cast.Junior() with { ConsentsToSameChain = mentorConsents }).In(null, 1, chain);
        Assert.Equal(rule, Rule(Cast.Policy(sameChain: 3), mentor, mentee));
    }

    [Fact]
    public void Languages_are_compared_without_their_region()
    {
        Assert.Null(Rule(Cast.Policy(), (Cast.Junior() with { Languages = ["en-US"] }).In(), (Cast.Senior() with { Languages = ["en-GB"] }).In("first")));
        Assert.Equal("common-language",
            Rule(Cast.Policy(), (Cast.Junior() with { Languages = ["fr"] }).In(), (Cast.Senior() with { Languages = ["en"] }).In("first")));
    }

    [Fact]
    public void Hours_are_compared_in_the_zones_of_both()
    {
        var mentee = Cast.Senior() with { TimeZone = "Europe/Berlin", DayStartsAt = new(9, 0), DayEndsAt = new(17, 0) };
        // 17:00 in Berlin is 11:00 in New York and 03:00 the next day in Sydney.
        Assert.Null(Rule(Cast.Policy(), (Cast.Junior() with { TimeZone = "America/New_York" }).In(), mentee.In("first")));
        Assert.Equal("overlapping-hours", Rule(Cast.Policy(), (Cast.Junior() with { TimeZone = "Australia/Sydney" }).In(), mentee.In("first")));
    }

    [Fact]
    public void Hours_must_overlap_on_both_sides_of_daylight_saving()
    {
        // One common hour in January (Phoenix has no summer time), none in July... seen from Berlin the other way round.
        var mentee = Cast.Senior() with { TimeZone = "Europe/Berlin", DayStartsAt = new(9, 0), DayEndsAt = new(17, 0) };
        var mentor = Cast.Junior() with { TimeZone = "America/Phoenix", DayStartsAt = new(8, 0), DayEndsAt = new(16, 0) };
        Assert.Equal("overlapping-hours", Rule(Cast.Policy(), mentor.In(), mentee.In("first")));
        Assert.Null(Rule(Cast.Policy(), (mentor with { DayStartsAt = new(7, 0) }).In(), mentee.In("first")));
    }

    [Fact]
    public void A_night_shift_meets_the_next_morning()
    {
        var mentor = Cast.Junior() with { DayStartsAt = new(22, 0), DayEndsAt = new(6, 0) };
        var mentee = Cast.Senior() with { DayStartsAt = new(5, 0), DayEndsAt = new(13, 0) };
        Assert.Null(Rule(Cast.Policy(), mentor.In(), mentee.In("first")));
        Assert.Equal("overlapping-hours", Rule(Cast.Policy(), mentor.In(), (mentee with { DayStartsAt = new(6, 0) }).In("first")));
    }

    [Fact]
    public void Unit_and_location_count_only_where_the_programme_asks()
    {
        var (mentor, mentee) = (Cast.Junior() with { UnitPath = "A / B", Location = "Bonn" }, Cast.Senior() with { UnitPath = "A / B", Location = "Bonn" });
        Assert.Null(Rule(Cast.Policy(), mentor.In(), mentee.In("first")));
        Assert.Equal("different-unit", Rule(Cast.Policy(hard: "different-unit"), mentor.In(), mentee.In("first")));
        Assert.Equal("different-location", Rule(Cast.Policy(hard: "different-location"), mentor.In(), mentee.In("first")));
    }

    [Fact]
    public void Authority_holds_even_where_a_programme_does_not_ask_for_it()
    {
        var mentee = Cast.Senior().In("first");
        Assert.Equal("authority", Rule(Cast.Policy(hard: "topic-overlap"), Cast.Junior().In(null, 1, mentee.PersonId), mentee));
    }

    [Fact]
    public void Who_has_no_place_or_another_wave_waits()
    {
        Assert.Equal("capacity", Rule(Cast.Policy(), Cast.Junior().In(null, places: 0), Cast.Senior().In("first")));
        Assert.Equal("capacity", Rule(Cast.Policy(), Cast.Junior().In(), Cast.Senior().In("first", places: 0)));
        Assert.Equal("wave", Rule(Cast.Policy(), Cast.Junior().In(), Cast.Senior().In("second")));
    }

    [Fact]
    public void Who_was_proposed_to_one_another_before_is_blocked_and_who_is_banned_is_kept_apart()
    {
        var (mentor, mentee) = (Cast.Junior().In(), Cast.Senior().In("first"));
        var couple = new Couple(mentor.PersonId, mentee.PersonId);
        Assert.Equal("blocked-pair", new PairRules(Cast.Policy(), Cast.Pool([mentor], [mentee], couple), []).Broken(couple)?.Rule);
        Assert.Equal("ban", new PairRules(Cast.Policy(), Cast.Pool([mentor], [mentee]), [couple]).Broken(couple)?.Rule);
        Assert.Equal("not-ready", new PairRules(Cast.Policy(), Cast.Pool([], [mentee]), []).Broken(couple)?.Rule);
    }

    [Theory]
    [InlineData(3, 4, null)]
    [InlineData(3, 5, null)]
    [InlineData(3, 6, "grades")]
    [InlineData(3, 3, "grades")]
    [InlineData(4, 3, "grades")]
    [InlineData(3, null, "grades")]
    public void Where_the_programme_asks_for_grades_they_decide_and_not_the_stage(int mentor, int? mentee, string? rule)
    {
        var (lower, higher) = (Cast.Junior() with { Grade = mentor, Stage = CareerStage.Senior }, Cast.Senior() with { Grade = mentee, Stage = CareerStage.Senior });
        Assert.Equal(rule, Rule(Cast.Policy() with { Grades = new(1, 2) }, lower.In(), higher.In("first")));
        Assert.Equal("direction", Rule(Cast.Policy(), lower.In(), higher.In("first")));
        var downwards = Cast.Policy(Direction.Traditional) with { Grades = new(1, 2), HardRules = [] };
        Assert.Equal(rule, Rule(downwards, higher.In(), lower.In("first")));
    }

    [Theory]
    [InlineData(0, 2, 3, 3, null)]
    [InlineData(0, 2, 3, 5, null)]
    [InlineData(0, 2, 3, 6, "grades")]
    [InlineData(0, 2, 4, 3, "grades")]
    [InlineData(null, 2, 3, 3, null)]
    [InlineData(null, 2, 3, 6, "grades")]
    public void Where_no_grade_is_asked_for_the_stages_say_who_stands_above_and_the_grades_how_far(int? least, int most, int mentor, int mentee, string? rule)
    {
        var policy = Cast.Policy() with { Grades = new(least, most) };
        var (lower, higher) = (Cast.Junior() with { Grade = mentor }, Cast.Senior() with { Grade = mentee });
        Assert.Equal(rule, Rule(policy, lower.In(), higher.In("first")));
        Assert.Equal("direction", Rule(policy, (lower with { Stage = CareerStage.Executive }).In(), higher.In("first")));
    }

    [Theory]
    [InlineData(1, 2, 2, 7, "The mentee stands 5 grades above the mentor; this programme asks for between 1 and 2.")]
    [InlineData(1, null, 7, 7, "They are of the same grade; this programme asks for at least 1 between them.")]
    [InlineData(null, 2, 7, 6, "The mentee stands 1 grade below the mentor; this programme asks for at most 2 above.")]
    public void A_distance_of_grades_is_told_in_words(int? least, int? most, int mentorGrade, int menteeGrade, string words)
    {
        var policy = Cast.Policy() with { Grades = new(least, most) };
        var (mentor, mentee) = ((Cast.Junior() with { Grade = mentorGrade }).In(), (Cast.Senior() with { Grade = menteeGrade }).In("first"));
        Assert.Equal(
            words,
            new PairRules(policy, Cast.Pool([mentor], [mentee]), []).Broken(new Couple(mentor.PersonId, mentee.PersonId))?.Words);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, "authority")]
    public void A_programme_may_keep_apart_whoever_stands_under_a_direct_report_of_the_mentee(bool apart, string? rule)
    {
        var mentee = (Cast.Senior() with { ConsentsToSameChain = true }).In("first");
        var mentor = (Cast.Junior() with { ConsentsToSameChain = true }).In(null, 1, _boss, Guid.CreateVersion7(), mentee.PersonId);
        Assert.Equal(rule, Rule(Cast.Policy(sameChain: 3) with { NotUnderDirectReport = apart }, mentor, mentee));
    }

    [Fact]
    public void In_both_directions_each_brings_a_topic_of_their_own()
    {
        var policy = Cast.Policy(Direction.Reciprocal) with { GapTopics = [Cast.Ai], GapTopicsBack = [Cast.Strategy] };
        Assert.Null(Rule(policy, Cast.Junior().In(), Cast.Senior().In("first")));
        Assert.Equal("topic-overlap", Rule(policy, (Cast.Junior() with { Needs = [Cast.Topic("cooking")] }).In(), Cast.Senior().In("first")));
        // The same topic both ways is no exchange: each would teach what they ask to learn.
        var same = (Cast.Junior(Cast.Topic(Cast.Ai)) with { Needs = [Cast.Topic(Cast.Ai)] }).In();
        Assert.Equal("topic-overlap", Rule(policy, same, (Cast.Senior(Cast.Topic(Cast.Ai)) with { Offers = [Cast.Topic(Cast.Ai)] }).In("first")));
    }

    [Fact]
    public void Two_who_each_take_part_on_both_sides_are_one_pair_and_considered_one_way_round()
    {
        var (one, other) = Peers();
        var rules = new PairRules(Reciprocal, Cast.Pool([one.AsMentor, other.AsMentor], [one.AsMentee, other.AsMentee]), []);
        Assert.Null(rules.Broken(new Couple(one.Id, other.Id)));
        Assert.Equal("other-way-round", rules.Broken(new Couple(other.Id, one.Id))?.Rule);
        Assert.Equal("oneself", rules.Broken(new Couple(one.Id, one.Id))?.Rule);
        Assert.Equal("other-way-round", rules.CheckLocks([new Couple(other.Id, one.Id)])?.Rule);
        var matcher = Matcher.Prepare(Reciprocal, Cast.Pool([one.AsMentor, other.AsMentor], [one.AsMentee, other.AsMentee]), [], []);
        matcher.Solve(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Single(matcher.Pairs());
    }

    [Fact]
    public void Where_one_way_round_is_not_possible_the_other_is()
    {
        var (one, other) = Peers();
        var full = new PairRules(Reciprocal, Cast.Pool([one.AsMentor with { FreePlaces = 0 }, other.AsMentor], [one.AsMentee, other.AsMentee]), []);
        Assert.Equal("capacity", full.Broken(new Couple(one.Id, other.Id))?.Rule);
        Assert.Null(full.Broken(new Couple(other.Id, one.Id)));
        Assert.Null(Rule(Reciprocal, other.AsMentor, one.AsMentee));
    }

    [Fact]
    public void Where_each_mentors_the_other_blocked_and_banned_hold_both_ways_round()
    {
        var (one, other) = Peers();
        var couple = new Couple(one.Id, other.Id);
        Assert.Equal("blocked-pair", new PairRules(Reciprocal, Cast.Pool([other.AsMentor], [one.AsMentee], couple), []).Broken(new Couple(other.Id, one.Id))?.Rule);
        Assert.Equal("ban", new PairRules(Reciprocal, Cast.Pool([other.AsMentor], [one.AsMentee]), [couple]).Broken(new Couple(other.Id, one.Id))?.Rule);
        // In one direction only the mentor mentors: the other way round would be another pair.
        var (mentor, mentee) = (Cast.Junior().In(), Cast.Senior().In("first"));
        var reversed = new Couple(mentee.PersonId, mentor.PersonId);
        Assert.Null(new PairRules(Cast.Policy(), Cast.Pool([mentor], [mentee], reversed), []).Broken(new Couple(mentor.PersonId, mentee.PersonId)));
    }

    private static readonly Policy Reciprocal = Cast.Policy(Direction.Reciprocal);

    /// <summary>Of one stage, each with a topic the other needs, on both sides; the first has the lower id.</summary>
    private static (Peer One, Peer Other) Peers()
    {
        var (cook, planner) = (
            Cast.Junior(Cast.Topic("cooking")) with { Needs = [Cast.Topic(Cast.Strategy, 1)] },
            Cast.Junior(Cast.Topic(Cast.Strategy)) with { Needs = [Cast.Topic("cooking", 1)] });
        var ids = new[] { Guid.CreateVersion7(), Guid.CreateVersion7() }.Order().ToArray();
        return (new Peer(ids[0], cook), new Peer(ids[1], planner));
    }

    private sealed record Peer(Guid Id, ParticipantSnapshot Snapshot)
    {
        public Member AsMentor => Snapshot.In() with { PersonId = Id };

        public Member AsMentee => Snapshot.In("first") with { PersonId = Id };
    }

    private static string? Rule(Policy policy, Member mentor, Member mentee) =>
        new PairRules(policy, Cast.Pool([mentor], [mentee]), []).Broken(new Couple(mentor.PersonId, mentee.PersonId))?.Rule;
}
