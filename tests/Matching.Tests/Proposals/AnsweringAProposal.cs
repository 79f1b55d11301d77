using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Mentoring.Contracts.Matching;
using Mentoring.Contracts.Participants;
using Mentoring.Matching.Pool;
using Mentoring.Matching.Proposals;
using Mentoring.Matching.Runs;
using Mentoring.Matching.Suggestions;
using Mentoring.Messaging;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Tests.Proposals;

public sealed class AnsweringAProposal(MatchingFactory service)
{
    [Fact]
    public async Task The_junior_is_asked_first_then_the_senior_and_both_make_a_pair_once()
    {
        var (stage, ada, eva) = await Proposed();
        var asked = await service.Bus.Of<MatchProposed>(stage.Unit);
        Assert.Equal((ada, Side.Mentor, 1L), (asked.AskedId, asked.AskedSide, asked.Version));
        var mine = await stage.ProposalOf(ada);
        Assert.Equal(("open", "mentor", "Eva", "ai"), (mine.Text("state"), mine.Text("askedAs"), mine.GetProperty("other").Text("name"), mine.Text("programme")));
        Assert.Contains("strategy", mine.Text("gains"));
        Assert.Contains("60 minutes", mine.Text("gives"));
        Assert.Empty(await stage.ProposalsOf(eva));

        using (var accepted = await stage.Accept(ada)) Assert.Equal(HttpStatusCode.NoContent, accepted.StatusCode);
        Assert.Equal("waiting", (await stage.ProposalOf(ada)).Text("state"));
        await service.Bus.Of<MatchProposed>(stage.Unit, fact => fact.AskedId == eva && fact.AskedSide == Side.Mentee && fact.Version == 2);
        Assert.Equal("open", (await stage.ProposalOf(eva)).Text("state"));

        using (var accepted = await stage.Accept(eva)) Assert.Equal(HttpStatusCode.NoContent, accepted.StatusCode);
        var formed = await service.Bus.Of<PairFormed>(stage.Unit);
        Assert.Equal((ada, eva, "first"), (formed.MentorId, formed.MenteeId, formed.Wave));
        Assert.Equal([Cast.Ai, Cast.Prompts], formed.Topics.Select(topic => topic.Topic));
        foreach (var person in new[] { ada, eva })
        {
            Assert.Equal("accepted", (await stage.ProposalOf(person)).Text("state"));
            var pairs = await stage.As(person).GetFromJsonAsync<JsonElement>(stage.Unit.At("pairs/mine"));
            Assert.Equal(formed.PairId.ToString(), Assert.Single(pairs.GetProperty("items").EnumerateArray()).Text("id"));
        }
        var managed = await stage.Manager.GetFromJsonAsync<JsonElement>(stage.Unit.At("pairs?programme=ai"));
        Assert.Equal("Ada", Assert.Single(managed.GetProperty("items").EnumerateArray()).GetProperty("mentor").Text("name"));
    }

    [Fact]
    public async Task In_a_traditional_programme_the_mentee_is_the_junior()
    {
        var stage = await Stage.Open(service, Cast.Programme(direction: Direction.Traditional));
        var eva = await stage.Mentor("Eva", Cast.Junior() with { Stage = CareerStage.Senior });
        var tim = await stage.Mentee("Tim", Cast.Senior() with { Stage = CareerStage.Early });
        await stage.Propose();
        Assert.Equal("mentee", (await stage.ProposalOf(tim)).Text("askedAs"));
        Assert.Empty(await stage.ProposalsOf(eva));
    }

    [Fact]
    public async Task The_last_yes_given_twice_at_once_forms_one_pair()
    {
        var (stage, ada, eva) = await Proposed();
        using (var accepted = await stage.Accept(ada)) Assert.Equal(HttpStatusCode.NoContent, accepted.StatusCode);
        var id = Guid.Parse((await stage.ProposalOf(eva)).Text("id")!);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => stage.Accept(eva, proposal: id)));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.NoContent);
        Assert.All(answers.Where(answer => answer.StatusCode != HttpStatusCode.NoContent), answer => Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode));
        Assert.Equal(1, await service.In(stage.Unit, db => db.Pairs.CountAsync()));
        await service.Bus.Of<PairFormed>(stage.Unit);
        Assert.Single(service.Bus.All<PairFormed>(stage.Unit));
    }

    [Fact]
    public async Task A_yes_that_races_with_a_withdrawal_leaves_a_pair_or_none_but_never_half()
    {
        var (stage, ada, eva) = await Proposed();
        using (var accepted = await stage.Accept(ada)) Assert.Equal(HttpStatusCode.NoContent, accepted.StatusCode);
        var id = Guid.Parse((await stage.ProposalOf(eva)).Text("id")!);
        await Task.WhenAll(stage.Accept(eva, proposal: id), stage.Withdraw(ada));
        await stage.Settled();
        if (await service.In(stage.Unit, db => db.Pairs.CountAsync()) == 0) await stage.Morning();
        // Whichever came first, whoever withdrew is in no pair and holds no place.
        await Eventually.Holds(async () =>
        {
            Assert.Equal(0, await service.In(stage.Unit, db => db.Pairs.CountAsync(pair => pair.EndedAt == null)));
            Assert.Equal(0, await service.In(stage.Unit, db => db.Places.CountAsync()));
        });
        Assert.Equal(
            await service.In(stage.Unit, db => db.Pairs.CountAsync()),
            service.Bus.All<PairFormed>(stage.Unit).Count);
    }

    [Fact]
    public async Task A_decline_is_private_frees_both_places_and_is_left_out_of_the_next_run()
    {
        var stage = await Stage.Open(service);
        var ada = await stage.Mentor("Ada");
        await stage.Mentor("Ben", Cast.Junior(Cast.Topic(Cast.Ai, 1)));
        var eva = await stage.Mentee("Eva");
        await stage.Propose();
        using (var declined = await stage.Decline(ada)) Assert.Equal(HttpStatusCode.NoContent, declined.StatusCode);
        Assert.Equal("not-proceeding", (await stage.ProposalOf(ada)).Text("state"));
        Assert.Empty(await stage.ProposalsOf(eva));
        await stage.Morning();

        var ended = await service.Bus.Of<MatchNotProceeding>(stage.Unit);
        Assert.Empty(ended.TellIds);
        var managed = await stage.Manager.GetFromJsonAsync<JsonElement>(stage.Unit.At("proposals?programme=ai"));
        var seen = Assert.Single(managed.GetProperty("items").EnumerateArray());
        Assert.Equal("not-proceeding", seen.Text("state"));
        Assert.Equal(["id", "wave", "mentor", "mentee", "state"], seen.EnumerateObject().Select(field => field.Name));
        Assert.Equal(0, await service.In(stage.Unit, db => db.Places.CountAsync()));

        var again = await stage.Run();
        Assert.Equal("Ben", Assert.Single((await stage.Pairs(again)).EnumerateArray()).GetProperty("mentor").Text("name"));
        var explanation = await stage.Manager.GetFromJsonAsync<JsonElement>(
            stage.Unit.At($"matching-runs/{again.Text("id")}/explain?mentor={ada}&mentee={eva}"));
        Assert.Equal(("forbidden", "blocked-pair"), (explanation.Text("kind"), explanation.Text("rule")));
        Assert.DoesNotContain("decline", explanation.Text("words"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task When_the_senior_declines_the_junior_is_told_only_that_it_does_not_proceed()
    {
        var (stage, ada, eva) = await Proposed();
        using (var accepted = await stage.Accept(ada)) Assert.Equal(HttpStatusCode.NoContent, accepted.StatusCode);
        using (var declined = await stage.Decline(eva)) Assert.Equal(HttpStatusCode.NoContent, declined.StatusCode);
        await stage.Morning();
        Assert.Equal([ada], (await service.Bus.Of<MatchNotProceeding>(stage.Unit)).TellIds);
        Assert.Equal("not-proceeding", (await stage.ProposalOf(ada)).Text("state"));
        using var late = await stage.Accept(eva);
        await late.IsRefused(HttpStatusCode.Conflict, "proposal-not-open");
    }

    [Fact]
    public async Task Until_the_morning_nobody_else_sees_that_somebody_declined()
    {
        var (stage, ada, eva) = await Proposed();
        using (var accepted = await stage.Accept(ada)) Assert.Equal(HttpStatusCode.NoContent, accepted.StatusCode);
        var (before, managed) = ((await stage.ProposalOf(ada)).GetRawText(), await Managed());
        using (var declined = await stage.Decline(eva)) Assert.Equal(HttpStatusCode.NoContent, declined.StatusCode);

        Assert.Equal("not-proceeding", (await stage.ProposalOf(eva)).Text("state"));
        Assert.Equal(before, (await stage.ProposalOf(ada)).GetRawText());
        Assert.Equal(managed, await Managed());
        // A run would tell as well, if the two were free all at once.
        Assert.Equal("0", (await stage.Run()).GetProperty("result").Text("mentors"));
        Assert.Empty(service.Bus.All<MatchNotProceeding>(stage.Unit));

        await stage.Morning();
        Assert.Equal("not-proceeding", (await stage.ProposalOf(ada)).Text("state"));
        Assert.Equal("1", (await stage.Run()).GetProperty("result").Text("mentors"));

        async Task<string> Managed() => (await stage.Manager.GetFromJsonAsync<JsonElement>(stage.Unit.At("proposals?programme=ai"))).GetRawText();
    }

    [Fact]
    public async Task Neither_a_yes_nor_a_no_leaves_a_name_behind()
    {
        var (stage, ada, eva) = await Proposed();
        foreach (var (who, word) in new[] { (ada, "accept"), (eva, "decline") })
        {
            using var client = stage.As(who);
            using var request = new HttpRequestMessage(HttpMethod.Post, stage.Unit.At($"proposals/{(await stage.ProposalOf(who)).Text("id")}/{word}")) { Content = JsonContent.Create(new { }) };
            request.Headers.Add("Idempotency-Key", $"{who}-{word}");
            request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
            using var answer = await client.SendAsync(request);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        var kept = await service.In(stage.Unit, db => db.Set<IdempotencyRow>().AsNoTracking().Where(row => row.UnitId == stage.Unit.Id).ToListAsync());
        Assert.Equal(2, kept.Count);
        Assert.All(kept, row => Assert.True(row.Caller.Length == 0 && row.Key.All(char.IsAsciiHexDigitLower), row.Key));
        // Nor does the end in the morning belong to anybody's request.
        Assert.Null(await service.In(stage.Unit, db => db.Set<TimerRow>().Where(timer => timer.UnitId == stage.Unit.Id && timer.Name == Asking.Ending).Select(timer => timer.TraceParent).SingleAsync()));
    }

    [Fact]
    public async Task What_is_left_of_a_proposal_is_the_same_whether_it_was_declined_or_ran_out_of_time()
    {
        var (declined, ada, _) = await Proposed();
        using (var more = await declined.As(ada).PostAsync(declined.Unit.At($"proposals/{(await declined.ProposalOf(ada)).Text("id")}/ask-for-more"), null))
            Assert.Equal(HttpStatusCode.OK, more.StatusCode);
        using (var no = await declined.Decline(ada)) Assert.Equal(HttpStatusCode.NoContent, no.StatusCode);
        var (expired, ben, _) = await Proposed();
        await service.In(expired.Unit, db => db.Database.ExecuteSqlAsync($"update platform.timers set due_at = '2000-01-01Z' where unit_id = {expired.Unit.Id} and name = {Asking.Expiry}"));
        await Eventually.Holds(async () => Assert.Equal(0, await service.In(expired.Unit, db => db.Set<TimerRow>().CountAsync(row => row.UnitId == expired.Unit.Id && row.Name == Asking.Expiry))));
        Assert.Equal("not-proceeding", (await expired.ProposalOf(ben)).Text("state"));

        var (one, other) = (await Left(declined), await Left(expired));

        Assert.Equal(one, other);

        async Task<object> Left(Stage stage)
        {
            await stage.Morning();
            var fact = await service.Bus.Of<MatchNotProceeding>(stage.Unit);
            return await service.In(stage.Unit, async db =>
            {
                var row = await db.Proposals.AsNoTracking().SingleAsync();
                Assert.Equal(row.Version, fact.Version);
                return (row.Version, row.State, row.SecondWasAsked, row.MoreWasAsked, Answered: row.RespondBy - row.EndsAt);
            });
        }
    }

    /// <summary>What ends proposals does not see those that a large run is just being approved into.</summary>
    [Theory]
    [InlineData("somebody withdrew")]
    [InlineData("a reorganisation")]
    [InlineData("the programme is over")]
    public async Task A_yes_to_what_no_longer_holds_makes_no_pair(string meanwhile)
    {
        var (stage, ada, eva) = await Proposed();
        await service.In(stage.Unit, db => meanwhile switch
        {
            "somebody withdrew" => db.Participants.Where(one => one.PersonId == eva).ExecuteDeleteAsync(),
            "a reorganisation" => db.ReportingLines.Where(line => line.PersonId == ada).ExecuteUpdateAsync(set => set.SetProperty(line => line.Chain, new[] { eva })),
            _ => db.Programmes.ExecuteUpdateAsync(set => set.SetProperty(programme => programme.Closed, true)),
        });

        using (var late = await stage.Accept(ada)) await late.IsRefused(HttpStatusCode.Conflict, "proposal-not-open");

        await stage.Morning();
        await service.Bus.Of<MatchNotProceeding>(stage.Unit);
        Assert.Equal((0, 0), await service.In(stage.Unit, async db => (await db.Pairs.CountAsync(), await db.Places.CountAsync())));
    }

    /// <summary>A place that is held and comes free again, without one having been asked, would tell that the other said no.</summary>
    [Fact]
    public async Task The_senior_sees_nothing_of_a_proposal_that_the_junior_declined()
    {
        var stage = await Stage.Open(service, Cast.Programme(mode: MatchingMode.SelfChosen));
        var ada = await stage.Mentor("Ada");
        var eva = await stage.Mentee("Eva");
        await stage.Settled();
        using (var wished = await stage.As(eva).PostAsJsonAsync(stage.Unit.At("proposals/wishes"), new { programme = "ai", side = "mentee", people = new[] { ada } }))
            Assert.Equal(HttpStatusCode.OK, wished.StatusCode);
        var before = await Seen();
        await stage.Propose();
        await stage.Mentor("Ben", Cast.Junior(Cast.Topic(Cast.Ai, 1)));
        await stage.Settled();

        var meanwhile = await Seen();
        Assert.Equal(before.Waiting, meanwhile.Waiting);
        // Of Ada she sees what she would see of anybody who is being asked about somebody.
        Assert.Equal(["Ben"], meanwhile.Suggested);

        using (var declined = await stage.Decline(ada)) Assert.Equal(HttpStatusCode.NoContent, declined.StatusCode);
        await stage.Morning();
        var after = await Seen();
        Assert.Equal(before.Waiting, after.Waiting);
        Assert.Equal(["Ada", "Ben"], after.Suggested);
        Assert.True(after.MayAskForAda);
        // And yet no run proposes it again.
        Assert.Empty((await stage.Pairs(await stage.Run())).EnumerateArray());

        async Task<(string Waiting, string[] Suggested, bool MayAskForAda)> Seen()
        {
            var waiting = (await stage.As(eva).GetFromJsonAsync<JsonElement>(stage.Unit.At("pairs/waiting/mine"))).GetRawText();
            using var pools = new RecentPools(service.Clock);
            var chooser = (await service.In(stage.Unit, db => Chooser.Find("ai", Side.Mentee, eva, db, pools, default))).Chooser!;
            var names = await service.In(stage.Unit, db => db.People.ToDictionaryAsync(person => person.Id, person => person.Name));
            return (waiting, [.. chooser.Allowed(0, 10).Page.Select(pair => names[pair.MentorId])], chooser.May(ada));
        }
    }

    [Theory]
    [InlineData("2026-01-12T05:59:59Z", "2026-01-12T06:00:00Z")]
    [InlineData("2026-01-12T06:00:00Z", "2026-01-13T06:00:00Z")]
    [InlineData("2026-12-31T23:00:00Z", "2027-01-01T06:00:00Z")]
    public void The_next_morning_is_never_now(string now, string morning) =>
        Assert.Equal(DateTimeOffset.Parse(morning, null), Matching.Proposals.Morning.After(DateTimeOffset.Parse(now, null)));

    [Fact]
    public async Task A_proposal_of_others_and_one_not_yet_asked_are_missing_alike()
    {
        var (stage, ada, eva) = await Proposed();
        var id = Guid.Parse((await stage.ProposalOf(ada)).Text("id")!);
        var details = new List<string?>();
        foreach (var person in new[] { eva, Guid.CreateVersion7(), stage.ManagerId })
        {
            using var answer = await stage.Accept(person, proposal: id);
            details.Add((await answer.IsRefused(HttpStatusCode.NotFound, "not-found")).Text("detail"));
        }
        Assert.Single(details.Distinct());
    }

    [Fact]
    public async Task In_the_same_chain_the_mentee_confirms_having_no_authority()
    {
        var stage = await Stage.Open(service, Cast.Programme(sameChain: 3));
        var eva = await stage.Mentee("Eva", Cast.Senior() with { ConsentsToSameChain = true });
        var ada = await stage.Mentor("Ada", Cast.Junior() with { ConsentsToSameChain = true }, true, Guid.CreateVersion7(), Guid.CreateVersion7(), eva);
        await stage.Propose();
        using (var accepted = await stage.Accept(ada)) Assert.Equal(HttpStatusCode.NoContent, accepted.StatusCode);
        Assert.Equal("true", (await stage.ProposalOf(eva)).Text("confirmationNeeded"));
        using (var refused = await stage.Accept(eva)) await refused.IsRefused(HttpStatusCode.UnprocessableEntity, "authority-confirmation-missing");
        using (var accepted = await stage.Accept(eva, new { confirmsNoAuthority = true })) Assert.Equal(HttpStatusCode.NoContent, accepted.StatusCode);
        await service.Bus.Of<PairFormed>(stage.Unit);
    }

    [Fact]
    public async Task Whoever_has_an_open_proposal_is_not_proposed_again()
    {
        var (stage, _, _) = await Proposed();
        await stage.Mentee("Olaf");
        await stage.Mentor("Ben", Cast.Junior(Cast.Topic(Cast.Ai, 1)));
        var pair = Assert.Single((await stage.Pairs(await stage.Run())).EnumerateArray());
        Assert.Equal(("Ben", "Olaf"), (pair.GetProperty("mentor").Text("name"), pair.GetProperty("mentee").Text("name")));
    }

    [Fact]
    public async Task Lived_experience_is_read_by_whoever_is_asked_about_its_mentor_and_is_in_no_run()
    {
        var stage = await Stage.Open(service);
        var ada = await stage.Mentor("Ada", Cast.Junior() with { LivedExperience = ["Two years of night shifts"] });
        var eva = await stage.Mentee("Eva");
        await stage.Propose();
        var id = (await stage.ProposalOf(ada)).Text("id");
        Assert.Empty((await Full(ada)).GetProperty("livedExperience").EnumerateArray());
        using (var accepted = await stage.Accept(ada)) Assert.Equal(HttpStatusCode.NoContent, accepted.StatusCode);

        var shown = await Full(eva);

        Assert.Equal("Two years of night shifts", Assert.Single(shown.GetProperty("livedExperience").EnumerateArray()).GetString());
        Assert.DoesNotContain("night shifts", shown.GetProperty("points").ToString(), StringComparison.OrdinalIgnoreCase);
        var packed = await service.In(stage.Unit, db => db.RunPools.Select(run => run.Pool).SingleAsync());
        Assert.All(PackedJson.Unpack<PoolSnapshot>(packed).Mentors, mentor => Assert.Null(mentor.Snapshot.LivedExperience));
        using (var declined = await stage.Decline(eva)) Assert.Equal(HttpStatusCode.NoContent, declined.StatusCode);
        Assert.Empty((await Full(eva)).GetProperty("livedExperience").EnumerateArray());

        Task<JsonElement> Full(Guid person) => stage.As(person).GetFromJsonAsync<JsonElement>(stage.Unit.At($"proposals/{id}"));
    }

    private async Task<(Stage Stage, Guid Mentor, Guid Mentee)> Proposed()
    {
        var stage = await Stage.Open(service);
        var ada = await stage.Mentor("Ada");
        var eva = await stage.Mentee("Eva");
        await stage.Propose();
        return (stage, ada, eva);
    }
}
