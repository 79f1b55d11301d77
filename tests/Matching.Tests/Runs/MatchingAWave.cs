using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Mentoring.Contracts.Audit;
using Mentoring.Contracts.Participants;
using Mentoring.Matching.Pool;
using Mentoring.Matching.Runs;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Tests.Runs;

public sealed class MatchingAWave(MatchingFactory service)
{
    [Fact]
    public async Task A_run_finds_the_best_pairs_proves_it_and_explains_each()
    {
        var stage = await Stage.Open(service);
        var ada = await stage.Mentor("Ada");
        var ben = await stage.Mentor("Ben", Cast.Junior(Cast.Topic(Cast.Ai, 1)));
        var eva = await stage.Mentee("Eva");
        var run = await stage.Run();

        Assert.Equal("solved", run.Text("state"));
        var result = run.GetProperty("result");
        Assert.Equal(
            ("2", "1", "2", "1", "0", "87", "true"),
            (result.Text("mentors"), result.Text("mentees"), result.Text("candidates"), result.Text("pairs"), result.Text("unmatchedMentees"),
                result.Text("score"), result.Text("optimal")));
        var certificate = result.GetProperty("certificate");
        Assert.Equal((certificate.Text("dual"), "2"), (certificate.Text("primal"), certificate.Text("checkedEdges")));
        Assert.Equal(64, run.Text("poolHash")!.Length);

        var pair = Assert.Single((await stage.Pairs(run)).EnumerateArray());
        Assert.Equal(("Ada", "Eva"), (pair.GetProperty("mentor").Text("name"), pair.GetProperty("mentee").Text("name")));
        Assert.Equal(87, pair.GetProperty("points").EnumerateArray().Sum(part => part.GetProperty("points").GetInt32()));

        Assert.Equal("pair", (await Explain(stage, run, ada, eva)).Text("kind"));
        var other = await Explain(stage, run, ben, eva);
        Assert.Equal(("not-chosen", "45"), (other.Text("kind"), other.Text("loss")));
        Assert.Equal("They would be worth 42 points, but the programme as a whole would lose 45 points.", other.Text("words"));
        var unmatched = Assert.Single((await stage.Manager.GetFromJsonAsync<JsonElement>(
            stage.Unit.At($"matching-runs/{run.Text("id")}/unmatched"))).GetProperty("items").EnumerateArray());
        Assert.Equal(("Ben", "mentor"), (unmatched.GetProperty("person").Text("name"), unmatched.Text("side")));
        Assert.Empty((await stage.Manager.GetFromJsonAsync<JsonElement>(stage.Unit.At($"matching-runs/{run.Text("id")}/trades"))).GetProperty("items").EnumerateArray());
        var why = await stage.Manager.GetFromJsonAsync<JsonElement>(stage.Unit.At($"matching-runs/{run.Text("id")}/unmatched/{ben}?side=mentor"));
        Assert.Equal(("1 mentee would be possible, but each has a mentor who is worth at least as much to the programme.", "More mentees in this wave, or the next wave."),
            (why.Text("words"), why.Text("relaxation")));
        using var matched = await stage.Manager.GetAsync(stage.Unit.At($"matching-runs/{run.Text("id")}/unmatched/{ada}?side=mentor"));
        await matched.IsRefused(HttpStatusCode.NotFound, "not-found");
        using var noSide = await stage.Manager.GetAsync(stage.Unit.At($"matching-runs/{run.Text("id")}/unmatched/{ada}?side=neither"));
        Assert.Equal(HttpStatusCode.BadRequest, noSide.StatusCode);
    }

    [Fact]
    public async Task What_a_run_traded_is_told_in_words()
    {
        var stage = await Stage.Open(service);
        await stage.Mentor("Ada");
        await stage.Mentor("Ben", Cast.Junior(Cast.Topic(Cast.Ai, 3)));
        await stage.Mentee("Eva");
        await stage.Mentee("Max", Cast.Senior(Cast.Topic(Cast.Prompts, 1)));
        var run = await stage.Run();
        var trade = Assert.Single((await stage.Manager.GetFromJsonAsync<JsonElement>(
            stage.Unit.At($"matching-runs/{run.Text("id")}/trades"))).GetProperty("items").EnumerateArray());
        Assert.Equal("Eva would get 35 points more from Ada, who is worth at least as much to the programme with Max.", trade.Text("words"));
        Assert.Equal("Ben", trade.GetProperty("mentor").Text("name"));
    }

    [Fact]
    public async Task An_unprepared_mentor_is_not_matched_and_the_explanation_says_so()
    {
        var stage = await Stage.Open(service);
        var ada = await stage.Mentor("Ada", prepared: false);
        var eva = await stage.Mentee("Eva");
        var run = await stage.Run();
        Assert.Equal(("0", "0"), (run.GetProperty("result").Text("mentors"), run.GetProperty("result").Text("pairs")));
        var explanation = await Explain(stage, run, ada, eva);
        Assert.Equal(("forbidden", "not-ready"), (explanation.Text("kind"), explanation.Text("rule")));

        await stage.Prepare(ada);
        Assert.Equal("1", (await stage.Run()).GetProperty("result").Text("pairs"));
    }

    [Fact]
    public async Task Authority_is_never_proposed_and_named_as_the_rule()
    {
        var stage = await Stage.Open(service);
        var eva = await stage.Mentee("Eva");
        var ada = await stage.Mentor("Ada", null, true, Guid.CreateVersion7(), eva);
        var run = await stage.Run();
        Assert.Equal("0", run.GetProperty("result").Text("pairs"));
        var explanation = await Explain(stage, run, ada, eva);
        Assert.Equal(("forbidden", "authority"), (explanation.Text("kind"), explanation.Text("rule")));
    }

    [Fact]
    public async Task A_locked_wave_is_refused_until_it_is_unlocked()
    {
        Wave[] waves = [new("sponsor", true, null, null, false, null), new("executives", false, "sponsor", 2, false, null)];
        var stage = await Stage.Open(service, Cast.Programme(waves: waves));
        await stage.Mentor("Ada");
        await stage.Mentee("Eva", wave: "executives");
        using (var refused = await stage.Start("executives"))
        {
            var problem = await refused.IsRefused(HttpStatusCode.UnprocessableEntity, "wave-locked");
            Assert.Equal("Wave “executives” is still locked: it opens when every pair of wave “sponsor” has met 2 times.", problem.Text("detail"));
        }
        Assert.Equal("0", (await stage.Run("sponsor")).GetProperty("result").Text("mentees"));

        await stage.Change(stage.Programme with { Waves = [waves[0], waves[1] with { Unlocked = true }] });
        await Eventually.Holds(async () =>
        {
            using var started = await stage.Start("executives");
            Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        });
        Assert.Equal("1", (await stage.Run("executives")).GetProperty("result").Text("pairs"));
    }

    [Fact]
    public async Task Locks_are_kept_bans_are_kept_and_a_forbidden_lock_is_refused_with_its_rule()
    {
        var stage = await Stage.Open(service);
        var ada = await stage.Mentor("Ada");
        var ben = await stage.Mentor("Ben", Cast.Junior(Cast.Topic(Cast.Ai, 1)));
        var eva = await stage.Mentee("Eva");
        var guy = await stage.Mentor("Guy", null, true, eva);
        await stage.Settled();

        var locked = await stage.Run(locks: new[] { new { mentorId = ben, menteeId = eva } });
        Assert.Equal("Ben", Assert.Single((await stage.Pairs(locked)).EnumerateArray()).GetProperty("mentor").Text("name"));
        var banned = await stage.Run(bans: new[] { new { mentorId = ada, menteeId = eva } });
        Assert.Equal("Ben", Assert.Single((await stage.Pairs(banned)).EnumerateArray()).GetProperty("mentor").Text("name"));
        Assert.Equal("ban", (await Explain(stage, banned, ada, eva)).Text("rule"));

        using var refused = await stage.Start(locks: new[] { new { mentorId = guy, menteeId = eva } });
        var problem = await refused.IsRefused(HttpStatusCode.UnprocessableEntity, "lock-forbidden");
        Assert.Equal("authority", problem.GetProperty("errors").GetProperty("locks")[0].GetString());
    }

    [Fact]
    public async Task Only_the_programmes_manager_runs_it_and_other_units_see_nothing()
    {
        var stage = await Stage.Open(service);
        var run = await stage.Run();
        var address = stage.Unit.At($"matching-runs/{run.Text("id")}");

        using var someone = await stage.As(Guid.CreateVersion7()).GetAsync(address);
        await someone.IsRefused(HttpStatusCode.Forbidden, "role-missing");
        using var managerOfAnother = await service.As(stage.Unit, Guid.CreateVersion7(), [], (Guid.CreateVersion7(), "programme-manager")).GetAsync(address);
        await managerOfAnother.IsRefused(HttpStatusCode.Forbidden, "role-missing");

        var elsewhere = await Stage.Open(service);
        using var foreign = await elsewhere.Manager.GetAsync(address);
        using var foreignThroughOwnUnit = await elsewhere.Manager.GetAsync(elsewhere.Unit.At($"matching-runs/{run.Text("id")}"));
        using var missing = await elsewhere.Manager.GetAsync(elsewhere.Unit.At($"matching-runs/{Guid.CreateVersion7()}"));
        var expected = (await missing.IsRefused(HttpStatusCode.NotFound, "not-found")).Text("detail");
        Assert.Equal(expected, (await foreign.IsRefused(HttpStatusCode.NotFound, "not-found")).Text("detail"));
        Assert.Equal(expected, (await foreignThroughOwnUnit.IsRefused(HttpStatusCode.NotFound, "not-found")).Text("detail"));
    }

    [Fact]
    public async Task Bad_requests_are_refused_and_nothing_is_started()
    {
        var stage = await Stage.Open(service);
        using (var missing = await stage.Manager.PostAsJsonAsync(stage.Unit.At("matching-runs"), new { programme = "ai", wave = " " }))
            await missing.IsRefused(HttpStatusCode.BadRequest, "invalid");
        using (var unknown = await stage.Manager.PostAsJsonAsync(stage.Unit.At("matching-runs"), new { programme = "ai", wave = "first", age = 30 }))
            await unknown.IsRefused(HttpStatusCode.BadRequest, "unknown-field");
        using (var wave = await stage.Start("third"))
            await wave.IsRefused(HttpStatusCode.UnprocessableEntity, "wave-unknown");
        using (var programme = await stage.Manager.PostAsJsonAsync(stage.Unit.At("matching-runs"), new { programme = "nothing", wave = "first" }))
            await programme.IsRefused(HttpStatusCode.NotFound, "not-found");
        Assert.Equal(0, await service.In(stage.Unit, db => db.Runs.CountAsync()));
    }

    [Fact]
    public async Task A_run_is_approved_once_and_both_acts_are_audited()
    {
        var stage = await Stage.Open(service);
        var ada = await stage.Mentor("Ada");
        await stage.Mentee("Eva");
        var run = await stage.Run();
        var answers = await Task.WhenAll(stage.Approve(run), stage.Approve(run), stage.Approve(run));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        foreach (var answer in answers.Where(answer => answer.StatusCode != HttpStatusCode.OK))
            await answer.IsRefused(HttpStatusCode.Conflict, "run-not-solved");
        Assert.Single(await stage.ProposalsOf(ada));

        await service.Bus.Of<ActionAudited>(stage.Unit, act => act.Code == "matching-run-started" && act.ActorId == stage.ManagerId);
        await service.Bus.Of<ActionAudited>(stage.Unit, act => act.Code == "matching-run-approved" && act.SubjectId.ToString() == run.Text("id"));
    }

    [Fact]
    public async Task Two_runs_of_the_same_people_approved_at_once_give_one_proposal()
    {
        var stage = await Stage.Open(service);
        var ada = await stage.Mentor("Ada");
        await stage.Mentee("Eva");
        var (first, second) = (await stage.Run(), await stage.Run());
        await Task.WhenAll(stage.Approve(first), stage.Approve(second));
        Assert.Single(await stage.ProposalsOf(ada));
        Assert.Equal(2, await service.In(stage.Unit, db => db.Places.CountAsync()));
    }

    [Fact]
    public async Task Approving_leaves_out_a_pair_for_whom_others_have_taken_the_place_since()
    {
        var stage = await Stage.Open(service, Cast.Programme(mentorCapacity: 2));
        var ada = await stage.Mentor("Ada");
        await stage.Mentee("Eva");
        await stage.Mentee("Max");
        var both = await stage.Run();
        var olaf = await stage.Mentee("Olaf");
        using (await stage.Approve(await stage.Run(mode: "manager-picked", locks: new[] { new { mentorId = ada, menteeId = olaf } }))) { }

        using var approved = await stage.Approve(both);
        var answer = await approved.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal("1", answer.Text("proposals"));
        Assert.Equal("capacity", Assert.Single(answer.GetProperty("leftOut").EnumerateArray()).Text("rule"));
        Assert.Equal("1", answer.Text("leftOutInAll"));
        Assert.Equal(4, await service.In(stage.Unit, db => db.Places.CountAsync()));
    }

    [Fact]
    public async Task A_run_of_what_the_file_said_before_is_not_approved()
    {
        var stage = await Stage.Open(service);
        var ada = await stage.Mentor("Ada");
        await stage.Mentee("Eva");
        var run = await stage.Run();
        await stage.Change(stage.Programme with { HardRules = [.. stage.Programme.HardRules, "different-location"] });
        await Eventually.Holds(async () => Assert.Equal(5, (await service.In(stage.Unit, db => db.Programmes.AsNoTracking().SingleAsync())).Settings.HardRules.Count));

        using (var refused = await stage.Approve(run))
            Assert.Contains("hard", (await refused.IsRefused(HttpStatusCode.Conflict, "run-outdated")).Text("detail"));

        Assert.Empty(await stage.ProposalsOf(ada));
        using var anew = await stage.Approve(await stage.Run());
        Assert.Equal(HttpStatusCode.OK, anew.StatusCode);
    }

    [Fact]
    public async Task A_run_that_cannot_be_computed_says_so()
    {
        var stage = await Stage.Open(service);
        await stage.Mentor("Ada");
        await stage.Mentee("Eva");
        await stage.Settled();
        await service.In(stage.Unit, db => db.Database.ExecuteSqlAsync($"update participants set snapshot = '[]'"));

        var run = await stage.Run();

        Assert.Equal("failed", run.Text("state"));
        Assert.Contains("Nothing was proposed", run.Text("failure"));
        Assert.Equal(0, await service.AsOwner<long>($"select count(*) from platform.timers where unit_id = '{stage.Unit.Id}' and name = 'solve-run'"));
    }

    [Fact]
    public async Task Approving_leaves_out_who_has_withdrawn_since()
    {
        var stage = await Stage.Open(service);
        var ada = await stage.Mentor("Ada");
        await stage.Mentee("Eva");
        var run = await stage.Run();
        await stage.Withdraw(ada);
        await stage.Settled();
        using var approved = await stage.Approve(run);
        var answer = await approved.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("0", answer.Text("proposals"));
        Assert.Equal("not-ready", Assert.Single(answer.GetProperty("leftOut").EnumerateArray()).Text("rule"));
    }

    [Fact]
    public async Task A_run_is_either_cancelled_or_computed_never_both()
    {
        var stage = await Stage.Open(service);
        await stage.Mentor("Ada");
        await stage.Mentee("Eva");
        await stage.Settled();
        using var started = await stage.Start();
        var id = Guid.Parse((await started.Content.ReadFromJsonAsync<JsonElement>()).Text("id")!);
        using var cancelled = await stage.Manager.PostAsync(stage.Unit.At($"matching-runs/{id}/cancel"), null);
        if (cancelled.StatusCode == HttpStatusCode.Conflict)
        {
            // It was computed first: then it is refused and the result stands.
            await cancelled.IsRefused(HttpStatusCode.Conflict, "run-not-running");
            Assert.Equal(RunState.Solved, await service.In(stage.Unit, db => db.Runs.Select(run => run.State).SingleAsync()));
            return;
        }
        Assert.Equal(HttpStatusCode.NoContent, cancelled.StatusCode);
        await Eventually.Holds(async () => Assert.Equal(0L, await service.AsOwner<long>(
            $"select count(*) from platform.timers where unit_id = '{stage.Unit.Id}' and name = 'solve-run'")));
        Assert.Equal(RunState.Cancelled, await service.In(stage.Unit, db => db.Runs.Select(run => run.State).SingleAsync()));
        Assert.Equal(0, await service.In(stage.Unit, db => db.RunPairs.CountAsync()));
        using var approved = await stage.Manager.PostAsync(stage.Unit.At($"matching-runs/{id}/approve"), null);
        await approved.IsRefused(HttpStatusCode.Conflict, "run-not-solved");
    }

    [Fact]
    public async Task A_run_whose_computer_was_killed_is_computed_again()
    {
        var stage = await Stage.Open(service);
        await stage.Mentor("Ada");
        await stage.Mentee("Eva");
        await stage.Settled();
        var id = Guid.CreateVersion7();
        // What a kill leaves behind: the run says it is running, and its timer's transaction has been rolled back.
        await service.In(stage.Unit, async db =>
        {
            db.Runs.Add(new MatchingRun
            {
                Id = id,
                ProgrammeId = stage.ProgrammeId,
                Wave = "first",
                StartedById = stage.ManagerId,
                StartedAt = service.Clock.GetUtcNow(),
                Policy = Policy.Of(stage.Programme, "first"),
                Locks = [],
                Bans = [],
                State = RunState.Running,
                Done = 0,
                Total = 1,
            });
            db.Add(new Messaging.TimerRow
            {
                UnitId = stage.Unit.Id,
                Name = "solve-run",
                Key = id.ToString(),
                DueAt = service.Clock.GetUtcNow(),
                Payload = "null",
            });
            return await db.SaveChangesAsync();
        });
        await Eventually.Holds(async () => Assert.Equal(
            RunState.Solved, await service.In(stage.Unit, db => db.Runs.Where(run => run.Id == id).Select(run => run.State).SingleAsync())));
        Assert.Equal(1, await service.In(stage.Unit, db => db.RunPairs.CountAsync(pair => pair.RunId == id)));
    }

    /// <summary>All alike, so that any other order of anything would pair them otherwise; from nothing, and from the pairs of an earlier run.</summary>
    [Fact]
    public async Task What_is_stored_of_a_run_gives_it_again_to_the_byte()
    {
        var stage = await Stage.Open(service);
        for (var i = 1; i <= 6; i++) await stage.Mentor($"Mentor {i}");
        for (var i = 1; i <= 4; i++) await stage.Mentee($"Mentee {i}");
        var first = await stage.Run();
        foreach (var run in new[] { first, await stage.Run(basis: first.Text("id"), changes: 1) })
        {
            var id = Guid.Parse(run.Text("id")!);
            var (stored, kept, pairs) = await service.In(stage.Unit, async db => (
                await db.Runs.AsNoTracking().SingleAsync(one => one.Id == id),
                await db.RunPools.AsNoTracking().SingleAsync(one => one.RunId == id),
                await db.RunPairs.AsNoTracking().Where(one => one.RunId == id).OrderBy(one => one.Rank).ToListAsync()));
            var pool = PackedJson.Unpack<PoolSnapshot>(kept.Pool);
            Assert.Equal(stored.PoolHash, PackedJson.Pack(pool).Hash);

            var again = Matcher.Prepare(stored.Policy, pool, stored.Locks, stored.Bans);
            again.Solve(stored.Changes);

            Assert.Equal(kept.Proof, PackedJson.Pack(again.Proof()).Bytes);
            Assert.Equal(4, pairs.Count);
            Assert.Equal(
                PackedJson.Pack(pairs.Select(pair => new { pair.MentorId, pair.MenteeId, pair.Score, pair.Points, pair.Topics, pair.Reason })).Hash,
                PackedJson.Pack(again.Pairs().Select(pair => new { pair.MentorId, pair.MenteeId, pair.Score, pair.Points, pair.Topics, pair.Reason })).Hash);
        }
    }

    [Fact]
    public async Task Pairs_come_in_pages_the_best_first()
    {
        var stage = await Stage.Open(service);
        for (var i = 1; i <= 5; i++)
        {
            await stage.Mentor($"Mentor {i}", Cast.Junior(Cast.Topic($"topic-{i}", i), Cast.Topic(Cast.Ai, i)));
            await stage.Mentee($"Mentee {i}", Cast.Senior(Cast.Topic($"topic-{i}", 1), Cast.Topic(Cast.Ai, 1)));
        }
        var run = await stage.Run();
        var scores = new List<int>();
        string? next = null;
        var pages = 0;
        do
        {
            var page = await stage.Manager.GetFromJsonAsync<JsonElement>(stage.Unit.At($"matching-runs/{run.Text("id")}/pairs?limit=2&after={next}"));
            scores.AddRange(page.GetProperty("items").EnumerateArray().Select(pair => pair.GetProperty("score").GetInt32()));
            next = page.Text("next");
            pages++;
        }
        while (next is not null);
        Assert.Equal((3, 5), (pages, scores.Count));
        Assert.Equal(scores.OrderDescending(), scores);
        Assert.Equal(run.GetProperty("result").GetProperty("score").GetInt32(), scores.Sum());
    }

    private static async Task<JsonElement> Explain(Stage stage, JsonElement run, Guid mentor, Guid mentee) =>
        await stage.Manager.GetFromJsonAsync<JsonElement>(stage.Unit.At($"matching-runs/{run.Text("id")}/explain?mentor={mentor}&mentee={mentee}"));
}
