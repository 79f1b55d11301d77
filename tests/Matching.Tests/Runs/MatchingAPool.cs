using FsCheck;
using FsCheck.Fluent;
using Mentoring.Contracts.Participants;
using Mentoring.Matching.Pool;
using Mentoring.Matching.Runs;

namespace Mentoring.Matching.Tests.Runs;

public sealed class MatchingAPool
{
    [Fact]
    public void The_best_total_wins_over_the_best_single_pair()
    {
        // The expert is the better mentor for both, but only the expert can help the second at all.
        var expert = Cast.Junior(Cast.Topic(Cast.Ai, 5), Cast.Topic(Cast.Prompts, 5)).In();
        var helper = Cast.Junior(Cast.Topic(Cast.Ai, 3)).In();
        var both = Cast.Senior().In("first");
        var prompts = Cast.Senior(Cast.Topic(Cast.Prompts, 1)).In("first");
        var matcher = Solve(Cast.Policy(), Cast.Pool([expert, helper], [both, prompts]));

        Assert.Equal(
            new HashSet<Couple> { new(helper.PersonId, both.PersonId), new(expert.PersonId, prompts.PersonId) },
            matcher.Pairs().Select(pair => new Couple(pair.MentorId, pair.MenteeId)).ToHashSet());
        Assert.True(matcher.Prove().Holds);
    }

    [Fact]
    public void A_mentee_with_a_strategic_priority_is_served_first()
    {
        var mentor = Cast.Junior(Cast.Topic(Cast.Ai, 5), Cast.Topic(Cast.Prompts, 1)).In();
        var ordinary = Cast.Senior(Cast.Topic(Cast.Ai, 1)).In("first");
        var priority = Cast.Senior(Cast.Topic(Cast.Prompts, 1, priority: true)).In("first");
        var pair = Assert.Single(Solve(Cast.Policy(), Cast.Pool([mentor], [ordinary, priority])).Pairs());
        Assert.Equal(priority.PersonId, pair.MenteeId);
    }

    [Fact]
    public void Each_pair_says_why_in_words_and_what_each_gains()
    {
        var pair = Assert.Single(Solve(Cast.Policy(), Cast.Pool([Cast.Junior().In()], [Cast.Senior().In("first")])).Pairs());
        Assert.Equal(["gap", "wishes", "reach", "time", "channel"], pair.Points.Select(part => part.Criterion));
        Assert.Equal([45, 20, 7, 10, 5], pair.Points.Select(part => part.Points));
        Assert.Equal(87, pair.Score);
        Assert.Equal("The mentor knows generative ai at work (level 5) and prompt writing (level 4): 2 of the 2 gap topics the mentee needs.", pair.Points[0].Words);
        Assert.Equal("An exchange: 2 of 2 topics for the mentee, 1 of 1 for the mentor.", pair.Points[1].Words);
        Assert.Equal([Cast.Ai, Cast.Prompts], pair.Topics.Select(topic => topic.Topic));
        Assert.StartsWith("One of you works with generative ai at work and prompt writing", pair.Reason);
        Assert.Equal("Insight into strategy, and being heard where decisions are made.", pair.Gains.Mentor);
        Assert.Equal("First-hand knowledge of generative ai at work and prompt writing, from someone who uses it.", pair.Gains.Mentee);
    }

    [Fact]
    public void A_pair_worth_no_points_is_better_than_none()
    {
        var policy = Cast.Policy() with { Weights = [] };
        var pair = Assert.Single(Solve(policy, Cast.Pool([Cast.Junior().In()], [Cast.Senior().In("first")])).Pairs());
        Assert.Equal(0, pair.Score);
    }

    [Fact]
    public void A_lock_is_kept_and_its_exact_price_is_what_was_said()
    {
        var pool = RandomPool(new Random(5), mentors: 25, mentees: 20);
        var free = Solve(Cast.Policy(), pool);
        var chosen = free.Pairs().ToDictionary(pair => new Couple(pair.MentorId, pair.MenteeId));
        var explained = 0;
        foreach (var mentor in pool.Mentors)
        {
            foreach (var mentee in pool.Mentees)
            {
                var couple = new Couple(mentor.PersonId, mentee.PersonId);
                var explanation = free.Explain(couple.MentorId, couple.MenteeId)!;
                Assert.Equal(chosen.ContainsKey(couple), explanation.Kind == ExplanationKind.Pair);
                if (explanation.Kind != ExplanationKind.NotChosen) continue;
                explained++;
                var locked = Solve(Cast.Policy(), pool, couple);
                Assert.Contains(couple, locked.Pairs().Select(pair => new Couple(pair.MentorId, pair.MenteeId)));
                Assert.Equal(explanation.Loss, free.Prove().Primal - locked.Prove().Primal);
            }
        }
        Assert.True(explained > 10);
    }

    [Fact]
    public void Who_is_unmatched_learns_the_smallest_change_that_would_help()
    {
        var french = (Cast.Senior() with { Languages = ["fr"] }).In("first");
        var unlucky = Cast.Senior().In("first");
        var luckier = Cast.Senior(Cast.Topic(Cast.Ai, 1)).In("first");
        var mentors = new[] { Cast.Junior().In() };
        var unmatched = Solve(Cast.Policy(), Cast.Pool(mentors, [french, unlucky, luckier])).Unmatched();

        Assert.DoesNotContain(unmatched, member => member.Side == Side.Mentor);
        Assert.Contains(unmatched, member => member.PersonId == french.PersonId
            && member.Words == "No mentor meets every rule." && member.Relaxation == "Without common-language, 1 mentor would be possible.");
        var crowdedOut = Assert.Single(unmatched, member => member.PersonId != french.PersonId);
        Assert.Equal("1 mentor would be possible, but each is worth at least as much to the programme in another pair.", crowdedOut.Words);
        Assert.Equal(unlucky.PersonId, crowdedOut.PersonId);
        Assert.EndsWith("To serve this mentee all the same would cost the programme 5 points.", crowdedOut.Relaxation);
    }

    [Fact]
    public void Relaxing_authority_is_never_suggested()
    {
        var mentee = Cast.Senior().In("first");
        var member = Assert.Single(
            Solve(Cast.Policy(), Cast.Pool([Cast.Junior().In(null, 1, mentee.PersonId)], [mentee])).Unmatched(), member => member.Side == Side.Mentee);
        Assert.DoesNotContain("authority", member.Relaxation);
    }

    [Fact]
    public void The_same_pool_gives_the_same_pairs_and_hash()
    {
        var pool = RandomPool(new Random(11), 40, 30);
        Assert.Equal(Solve(Cast.Policy(), pool).Pairs().Select(Text), Solve(Cast.Policy(), pool).Pairs().Select(Text));
        Assert.Equal(PackedJson.Pack(pool).Hash, PackedJson.Pack(pool with { }).Hash);
        Assert.NotEqual(PackedJson.Pack(pool).Hash, PackedJson.Pack(pool with { Mentors = [.. pool.Mentors.Skip(1)] }).Hash);

        static string Text(MatchedPair pair) => $"{pair.MentorId} {pair.MenteeId} {pair.Score} {pair.Reason}";
    }

    [Fact]
    public void Whatever_the_pool_no_pair_breaks_a_rule_points_add_up_places_hold_and_the_proof_stands() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(
            Gen.Choose(0, int.MaxValue).Select(seed => RandomPool(new Random(seed), 1 + seed % 15, 1 + seed / 7 % 12)).ToArbitrary(),
            pool =>
            {
                var policy = Cast.Policy(sameChain: 3);
                var matcher = Solve(policy, pool);
                var rules = new PairRules(policy, pool, []);
                var pairs = matcher.Pairs();
                Assert.All(pairs, pair =>
                {
                    Assert.Null(rules.Broken(new Couple(pair.MentorId, pair.MenteeId)));
                    Assert.Equal(pair.Score, pair.Points.Sum(part => part.Points));
                    Assert.InRange(pair.Score, 0, 100);
                    Assert.All(pair.Points, part => Assert.InRange(part.Points, 0, policy.Weights.Single(weight => weight.Criterion == part.Criterion).Points));
                });
                Assert.All(pairs.GroupBy(pair => pair.MentorId), group => Assert.True(group.Count() <= pool.Mentors.Single(member => member.PersonId == group.Key).FreePlaces));
                Assert.All(pairs.GroupBy(pair => pair.MenteeId), group => Assert.True(group.Count() <= pool.Mentees.Single(member => member.PersonId == group.Key).FreePlaces));
                Assert.Null(matcher.Prove().Failure);
                Assert.Equal(
                    matcher.Mentees,
                    pairs.Select(pair => pair.MenteeId).Distinct().Count() + matcher.Unmatched().Count(member => member.Side == Side.Mentee));
            }));

    [Fact]
    public void Of_choices_with_the_same_total_the_one_is_taken_that_leaves_nobody_behind()
    {
        // 100 and 20 points, or 60 and 60.
        var policy = Cast.Policy() with { Weights = [new("gap", 100)] };
        var (strong, weak) = (Cast.Junior(Cast.Topic(Cast.Ai, 5), Cast.Topic(Cast.Prompts, 3)).In(), Cast.Junior(Cast.Topic(Cast.Ai, 3), Cast.Topic(Cast.Prompts, 1)).In());
        var (ai, prompts) = (Cast.Senior(Cast.Topic(Cast.Ai, 1)).In("first"), Cast.Senior(Cast.Topic(Cast.Prompts, 1)).In("first"));
        foreach (var pool in new[] { Cast.Pool([strong, weak], [ai, prompts]), Cast.Pool([weak, strong], [prompts, ai]) })
        {
            var matcher = Solve(policy, pool);
            Assert.Equal([60, 60], matcher.Pairs().Select(pair => pair.Score));
            Assert.Equal([(20, 0), (40, 0), (60, 0), (80, 2)], matcher.Stages.Select(stage => (stage.Below!.Value, stage.Edges)));
            Assert.True(matcher.Prove().Holds);
        }
    }

    [Fact]
    public void Of_choices_with_the_same_total_most_of_what_there_was_is_kept()
    {
        var (mentors, mentees) = (new[] { Cast.Junior().In(), Cast.Junior().In(), Cast.Junior().In() }, new[] { Cast.Senior().In("first"), Cast.Senior().In("first"), Cast.Senior().In("first") });
        foreach (var shift in new[] { 0, 1, 2 })
        {
            var before = mentors.Select((mentor, i) => new Couple(mentor.PersonId, mentees[(i + shift) % 3].PersonId)).ToArray();
            var matcher = Solve(Cast.Policy(), Cast.Pool(mentors, mentees) with { Incumbents = before });
            Assert.Equal(before.ToHashSet(), matcher.Pairs().Select(Couple).ToHashSet());
            Assert.Equal((3, 0), (matcher.Incumbents, matcher.GivenUp));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(20)]
    public void No_more_is_given_up_than_asked_and_no_better_choice_keeps_as_much(int changes)
    {
        var pool = RandomPool(new Random(31), 30, 24);
        var random = new Random(7);
        var rules = new PairRules(Cast.Policy(), pool, []);
        var taken = new HashSet<Guid>();
        pool = pool with
        {
            Incumbents =
            [
                .. pool.Mentors.SelectMany(mentor => pool.Mentees.Select(mentee => new Couple(mentor.PersonId, mentee.PersonId)))
                    .Where(couple => rules.Broken(couple) is null).OrderBy(_ => random.Next())
                    .Where(couple => taken.Add(couple.MentorId) & taken.Add(couple.MenteeId)),
            ],
        };
        var best = Solve(Cast.Policy(), pool);
        var calm = Matcher.Prepare(Cast.Policy(), pool, [], []);
        calm.Solve(changes, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(best.GivenUp > 3);
        Assert.InRange(calm.GivenUp, 0, changes);
        Assert.True(calm.Prove().Holds);
        Assert.InRange(calm.Pairs().Sum(pair => pair.Score), 0, best.Pairs().Sum(pair => pair.Score) + best.Pairs().Count);
        Assert.Equal(best.GivenUp > changes, calm.BonusOfKept > 0);

        var again = Matcher.Prepare(Cast.Policy(), PackedJson.Unpack<PoolSnapshot>(PackedJson.Pack(pool).Bytes), [], []);
        Assert.True(again.TakeUp(calm.Pairs().Select(Couple), calm.Proof()));
    }

    [Fact]
    public void Both_directions_are_one_pair_with_topics_each_way()
    {
        var policy = Cast.Policy(Direction.Reciprocal) with { GapTopics = [Cast.Ai, Cast.Prompts], GapTopicsBack = [Cast.Strategy] };
        var pair = Assert.Single(Solve(policy, Cast.Pool([Cast.Junior().In()], [Cast.Senior().In("first")])).Pairs());
        Assert.Equal([Cast.Ai, Cast.Prompts], pair.Topics.Select(topic => topic.Topic));
        Assert.Equal([Cast.Strategy], pair.TopicsBack!.Select(topic => topic.Topic));
        // Levels 5, 4 and 5 of three times five.
        Assert.Equal(46, pair.Points[0].Points);
        Assert.Equal(
            "The mentor knows generative ai at work (level 5) and prompt writing (level 4): 2 of the 2 gap topics the mentee needs. "
            + "The mentee knows strategy (level 5): 1 of the 1 gap topic the mentor needs.", pair.Points[0].Words);
        Assert.StartsWith("One of you works with generative ai at work and prompt writing, the other with strategy; each asked to learn from someone who does.", pair.Reason);
        Assert.Null(Assert.Single(Solve(Cast.Policy(), Cast.Pool([Cast.Junior().In()], [Cast.Senior().In("first")])).Pairs()).TopicsBack);
    }

    [Fact]
    public void Pairs_picked_by_the_manager_are_those_and_no_others()
    {
        var (mentors, mentees) = (new[] { Cast.Junior().In(), Cast.Junior().In() }, new[] { Cast.Senior().In("first"), Cast.Senior().In("first") });
        var picked = new Couple(mentors[1].PersonId, mentees[0].PersonId);
        var matcher = Solve(Cast.Policy() with { Mode = RunMode.ManagerPicked }, Cast.Pool(mentors, mentees), picked);
        Assert.Equal(picked, Couple(Assert.Single(matcher.Pairs())));
        Assert.True(matcher.Prove().Holds);
        Assert.Equal(ExplanationKind.NotWeighed, matcher.Explain(mentors[0].PersonId, mentees[1].PersonId)!.Kind);
        Assert.All(matcher.Unmatched(), member => Assert.Equal("The programme manager has not picked them in this run.", member.Words));
    }

    [Fact]
    public void Where_people_ask_for_somebody_only_pairs_that_one_has_asked_for_are_weighed()
    {
        var (ada, ben) = (Cast.Junior().In(), Cast.Junior(Cast.Topic(Cast.Ai, 1)).In());
        var (eva, max) = (Cast.Senior().In("first"), Cast.Senior().In("first"));
        ben = ben with { Wishes = [eva.PersonId] };
        var matcher = Solve(Cast.Policy() with { Mode = RunMode.SelfChosen }, Cast.Pool([ada, ben], [eva, max]));
        Assert.Equal(new Couple(ben.PersonId, eva.PersonId), Couple(Assert.Single(matcher.Pairs())));
        var unmatched = Assert.Single(matcher.Unmatched(), member => member.PersonId == max.PersonId);
        Assert.Equal("2 mentors would be possible, but nobody asked for the other.", unmatched.Words);
        Assert.Equal(ExplanationKind.NotWeighed, matcher.Explain(ada.PersonId, max.PersonId)!.Kind);
    }

    [Fact]
    public void Two_who_asked_for_one_another_and_got_others_are_told_of_as_blocking()
    {
        var (ada, ben) = (Cast.Junior().In(), Cast.Junior(Cast.Topic(Cast.Ai, 1)).In());
        var (eva, max) = (Cast.Senior().In("first"), Cast.Senior(Cast.Topic(Cast.Prompts, 1)).In("first"));
        // Only Ada can help Max, so the best total gives Eva to Ben, though Ada and Eva want one another.
        var wanted = Cast.Pool([ada with { Wishes = [eva.PersonId, max.PersonId] }, ben], [eva with { Wishes = [ada.PersonId] }, max]);
        Assert.Equal(new Couple(ada.PersonId, eva.PersonId), Assert.Single(Solve(Cast.Policy(), wanted).BlockingPairs()));
        // Ada wants Max more: nothing blocks.
        var content = Cast.Pool([ada with { Wishes = [max.PersonId, eva.PersonId] }, ben], [eva with { Wishes = [ada.PersonId] }, max]);
        Assert.Empty(Solve(Cast.Policy(), content).BlockingPairs());
        // Eva has not asked.
        Assert.Empty(Solve(Cast.Policy(), Cast.Pool([ada with { Wishes = [eva.PersonId] }, ben], [eva, max])).BlockingPairs());
    }

    [Fact]
    public void What_was_traded_is_whoever_would_get_more_from_somebody_else()
    {
        var expert = Cast.Junior(Cast.Topic(Cast.Ai, 5), Cast.Topic(Cast.Prompts, 5)).In();
        var helper = Cast.Junior(Cast.Topic(Cast.Ai, 3)).In();
        var (both, prompts) = (Cast.Senior().In("first"), Cast.Senior(Cast.Topic(Cast.Prompts, 1)).In("first"));
        var matcher = Solve(Cast.Policy(), Cast.Pool([expert, helper], [both, prompts]));
        var trade = Assert.Single(matcher.Traded());
        Assert.Equal(
            (both.PersonId, (Guid?)helper.PersonId, expert.PersonId, prompts.PersonId),
            (trade.MenteeId, trade.MentorId, trade.BestId, Assert.Single(trade.GoneToIds)));
        // Levels 5 and 5 of ten instead of 3, and two topics of two instead of one.
        Assert.Equal(35 + 5, trade.GivenUp);

        var alone = Solve(Cast.Policy(), Cast.Pool([expert], [both, prompts]));
        var left = Assert.Single(alone.Traded());
        Assert.Null(left.MentorId);
        Assert.Equal(left.BestScore, left.GivenUp);
    }

    [Fact]
    public void Nobody_who_could_have_got_more_is_left_out_of_what_was_traded() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(
            Gen.Choose(0, int.MaxValue).Select(seed => RandomPool(new Random(seed), 2 + seed % 7, 2 + seed / 7 % 7)).ToArbitrary(),
            pool =>
            {
                var matcher = Solve(Cast.Policy(), pool);
                var pairs = matcher.Pairs().ToLookup(pair => pair.MenteeId);
                var expected =
                    from mentee in pool.Mentees
                    where mentee.Wave == "first" && mentee.FreePlaces > 0
                    let others = pool.Mentors.Where(mentor => pairs[mentee.PersonId].All(pair => pair.MentorId != mentor.PersonId))
                        .Select(mentor => matcher.Explain(mentor.PersonId, mentee.PersonId)!)
                        .Where(why => why.Kind == ExplanationKind.NotChosen).Select(why => why.Points!.Sum(part => part.Points)).ToList()
                    let got = pairs[mentee.PersonId].Select(pair => (int?)pair.Score).Min()
                    where others.Count > 0 && (got is null || others.Max() > got)
                    select (mentee.PersonId, got ?? 0, others.Max());
                Assert.Equal(expected.ToHashSet(), matcher.Traded().Select(trade => (trade.MenteeId, trade.Score, trade.BestScore)).ToHashSet());
            }));

    [Fact]
    public void Blocking_pairs_are_those_of_the_definition() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(
            Gen.Choose(0, int.MaxValue).Select(seed => Wishing(RandomPool(new Random(seed), 2 + seed % 7, 2 + seed / 7 % 7), new Random(seed + 1))).ToArbitrary(),
            pool =>
            {
                var matcher = Solve(Cast.Policy(), pool);
                var pairs = matcher.Pairs().Select(Couple).ToHashSet();
                var rules = new PairRules(Cast.Policy(), pool, []);
                var expected =
                    from mentor in pool.Mentors
                    from mentee in pool.Mentees
                    let couple = new Couple(mentor.PersonId, mentee.PersonId)
                    where !pairs.Contains(couple) && rules.Broken(couple) is null
                        && Wants(mentor, mentee.PersonId, [.. pairs.Where(pair => pair.MentorId == mentor.PersonId).Select(pair => pair.MenteeId)])
                        && Wants(mentee, mentor.PersonId, [.. pairs.Where(pair => pair.MenteeId == mentee.PersonId).Select(pair => pair.MentorId)])
                    select couple;
                Assert.Equal(expected.ToHashSet(), matcher.BlockingPairs().ToHashSet());

                static bool Wants(Member member, Guid other, List<Guid> got)
                {
                    var wishes = member.Wishes.ToList();
                    return wishes.Contains(other)
                        && (got.Count < member.FreePlaces || got.Any(one => !wishes.Contains(one) || wishes.IndexOf(one) > wishes.IndexOf(other)));
                }
            }));

    [Fact]
    public void Beyond_what_can_be_weighed_each_mentee_keeps_the_best_and_it_is_said()
    {
        var pool = RandomPool(new Random(17), mentors: 60, mentees: 40);
        var rules = new PairRules(Cast.Policy(), pool, []);
        var whole = Matcher.Prepare(rules, pool, []);
        Assert.Null(whole.CandidatesPerMentee);
        var locked = pool.Mentors.SelectMany(mentor => pool.Mentees.Select(mentee => new Couple(mentor.PersonId, mentee.PersonId)))
            .First(couple => rules.Broken(couple) is null);
        var limited = Matcher.Prepare(rules, pool, [locked], mostPairs: whole.Mentees * 3);
        limited.Solve(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(3, limited.CandidatesPerMentee);
        Assert.InRange(limited.Candidates, 1, whole.Mentees * 3);
        Assert.Contains(locked, limited.Pairs().Select(Couple));
        Assert.True(limited.Prove().Holds);
        Assert.Contains(
            pool.Mentors.SelectMany(mentor => pool.Mentees.Select(mentee => limited.Explain(mentor.PersonId, mentee.PersonId)!)),
            explanation => explanation.Kind == ExplanationKind.NotWeighed && explanation.Words.Contains("the 3 best for the mentee", StringComparison.Ordinal));
    }

    [Fact]
    public void What_was_stored_of_a_run_is_taken_up_without_solving_and_only_while_it_proves_itself()
    {
        var pool = RandomPool(new Random(23), 30, 20);
        var solved = Solve(Cast.Policy(), pool);
        var (pairs, proof) = (solved.Pairs().Select(Couple).ToList(), PackedJson.Unpack<Proof>(PackedJson.Pack(solved.Proof()).Bytes));
        var again = Matcher.Prepare(Cast.Policy(), PackedJson.Unpack<PoolSnapshot>(PackedJson.Pack(pool).Bytes), [], []);
        Assert.True(again.TakeUp(pairs, proof));
        Assert.Equal(solved.Pairs().Select(pair => pair.Reason), again.Pairs().Select(pair => pair.Reason));
        Assert.False(again.TakeUp(pairs.Skip(1), proof));
        Assert.False(again.TakeUp(pairs, proof with { MenteePrices = [.. proof.MenteePrices.Select(price => price + 1)] }));
    }

    [Fact]
    public void Whoever_a_stored_pool_names_is_found_when_erased()
    {
        var (mentor, mentee) = (Cast.Junior().In(), Cast.Senior().In("first"));
        Guid[] others = [.. Enumerable.Range(0, 5).Select(_ => Guid.CreateVersion7())];
        var pool = Cast.Pool([mentor with { Wishes = [others[0]] }], [mentee], new Couple(others[1], others[2])) with { Incumbents = [new(others[3], others[4])] };
        Assert.Equal(new HashSet<Guid>([mentor.PersonId, mentee.PersonId, .. others]), pool.Named().ToHashSet());
    }

    [Fact]
    public void A_pool_of_eight_thousand_is_matched_and_proven()
    {
        var random = new Random(3);
        var topics = Enumerable.Range(1, 60).Select(i => $"topic-{i}").ToArray();
        var mentors = Enumerable.Range(0, 7_400).Select(_ => (Cast.Junior() with { Offers = Some(3) }).In()).ToList();
        var mentees = Enumerable.Range(0, 600).Select(_ => (Cast.Senior() with { Needs = Some(3) }).In("first")).ToList();
        var started = TimeProvider.System.GetTimestamp();
        var matcher = Solve(Cast.Policy() with { GapTopics = [.. topics.Take(20)] }, Cast.Pool(mentors, mentees));
        var solved = TimeProvider.System.GetElapsedTime(started);
        Assert.Null(matcher.Prove().Failure);
        Assert.Equal(600, matcher.Pairs().Count);
        Assert.Equal(6_800, matcher.Unmatched().Count);
        TestContext.Current.SendDiagnosticMessage(
            $"{matcher.Candidates} candidates solved in {solved.TotalMilliseconds:0} ms, all in {TimeProvider.System.GetElapsedTime(started).TotalMilliseconds:0} ms");

        TopicLevel[] Some(int count) => [.. random.GetItems(topics, count).Distinct().Select(topic => Cast.Topic(topic, random.Next(1, 6)))];
    }

    private static Couple Couple(MatchedPair pair) => new(pair.MentorId, pair.MenteeId);

    private static PoolSnapshot Wishing(PoolSnapshot pool, Random random)
    {
        return pool with
        {
            Mentors = [.. pool.Mentors.Select(mentor => mentor with { Wishes = Some(pool.Mentees) })],
            Mentees = [.. pool.Mentees.Select(mentee => mentee with { Wishes = Some(pool.Mentors) })],
        };

        Guid[] Some(IReadOnlyList<Member> others) => [.. others.OrderBy(_ => random.Next()).Take(random.Next(4)).Select(other => other.PersonId)];
    }

    private static Matcher Solve(Policy policy, PoolSnapshot pool, params Couple[] locks)
    {
        Assert.Null(new PairRules(policy, pool, []).CheckLocks(locks));
        var matcher = Matcher.Prepare(policy, pool, locks, []);
        matcher.Solve(cancellationToken: TestContext.Current.CancellationToken);
        return matcher;
    }

    private static PoolSnapshot RandomPool(Random random, int mentors, int mentees)
    {
        string[] topics = [Cast.Ai, Cast.Prompts, "data", "video-editing", "customers"];
        var bosses = Enumerable.Range(0, 4).Select(_ => Guid.CreateVersion7()).ToArray();
        var seniors = Enumerable.Range(0, mentees).Select(_ => (Cast.Senior() with
        {
            Needs = [.. Some().Select(topic => Cast.Topic(topic, 1, random.Next(5) == 0))],
            Languages = random.Next(4) == 0 ? ["fr"] : ["en"],
            ConsentsToSameChain = random.Next(2) == 0,
        }).In(random.Next(6) == 0 ? "second" : "first", random.Next(3))).ToList();
        var juniors = Enumerable.Range(0, mentors).Select(_ => (Cast.Junior() with
        {
            Offers = [.. Some().Select(topic => Cast.Topic(topic, random.Next(1, 6)))],
            Languages = random.Next(4) == 0 ? ["fr"] : ["en", "fr"],
            TimeZone = random.Next(5) == 0 ? "Asia/Tokyo" : "Europe/Berlin",
            ConsentsToSameChain = random.Next(2) == 0,
        }).In(null, random.Next(3), [.. bosses.Take(random.Next(4)), seniors[random.Next(mentees)].PersonId])).ToList();
        return Cast.Pool(juniors, seniors);

        IEnumerable<string> Some() => topics.Where(_ => random.Next(2) == 0);
    }
}
