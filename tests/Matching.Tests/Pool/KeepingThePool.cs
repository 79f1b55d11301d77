using System.Net.Http.Json;
using System.Text.Json;
using Mentoring.Contracts.Matching;
using Mentoring.Contracts.Participants;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Tests.Pool;

public sealed class KeepingThePool(MatchingFactory service)
{
    [Fact]
    public async Task Older_facts_and_repeats_change_nothing()
    {
        var stage = await Stage.Open(service);
        var person = Guid.CreateVersion7();
        await service.Publish(stage.Unit, Details(person, 5, "New name"));
        await Eventually.Holds(async () => Assert.Equal("New name", await Name(stage, person)));
        await service.Publish(stage.Unit, Details(person, 4, "Old name"));
        await service.Publish(stage.Unit, Details(person, 5, "Same version"));
        await service.Publish(stage.Unit, Details(person, 6, "Newest name"));
        await Eventually.Holds(async () => Assert.Equal("Newest name", await Name(stage, person)));
        Assert.Equal("Newest name", await Name(stage, person));
    }

    [Fact]
    public async Task A_reporting_line_alone_does_not_shadow_the_persons_details()
    {
        var stage = await Stage.Open(service);
        var (person, boss) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await service.Publish(stage.Unit, new ReportingLineChanged(person, 2, [boss]));
        await Eventually.Holds(async () => Assert.Equal([boss], await Chain(stage, person)));
        await service.Publish(stage.Unit, Details(person, 1, "Late"));
        await Eventually.Holds(async () => Assert.Equal("Late", await Name(stage, person)));
        Assert.Equal([boss], await Chain(stage, person));
    }

    [Fact]
    public async Task Whoever_left_is_not_revived_by_a_late_fact()
    {
        var stage = await Stage.Open(service);
        var ada = await stage.Mentor("Ada");
        await stage.Settled();
        await service.Publish(stage.Unit, new PersonLeft(ada, 10));
        await Eventually.Holds(async () => Assert.Null(await Name(stage, ada)));
        await service.Publish(stage.Unit, Details(ada, 99, "Ada again"));
        var other = Guid.CreateVersion7();
        await service.Publish(stage.Unit, Details(other, 1, "Marker"));
        await Eventually.Holds(async () => Assert.Equal("Marker", await Name(stage, other)));
        Assert.Null(await Name(stage, ada));
    }

    [Fact]
    public async Task A_leavers_pair_is_dissolved_and_the_other_may_be_matched_again()
    {
        var stage = await Stage.Open(service);
        var ada = await stage.Mentor("Ada");
        var eva = await stage.Mentee("Eva");
        await stage.Propose();
        using (await stage.Accept(ada)) { }
        using (await stage.Accept(eva)) { }
        var formed = await service.Bus.Of<PairFormed>(stage.Unit);

        await service.Publish(stage.Unit, new PersonLeft(ada, 10));
        var dissolved = await service.Bus.Of<PairDissolved>(stage.Unit);
        Assert.Equal((formed.PairId, ada, eva), (dissolved.PairId, dissolved.MentorId, dissolved.MenteeId));
        Assert.True(dissolved.Version > formed.Version);
        Assert.Equal(0, await service.In(stage.Unit, db => db.Places.CountAsync()));
    }

    [Fact]
    public async Task A_partnership_that_ended_frees_both_places_and_the_two_are_not_matched_again()
    {
        var stage = await Stage.Open(service);
        var ada = await stage.Mentor("Ada");
        var eva = await stage.Mentee("Eva");
        await stage.Propose();
        using (await stage.Accept(ada)) { }
        using (await stage.Accept(eva)) { }
        var formed = await service.Bus.Of<PairFormed>(stage.Unit);
        await service.Publish(stage.Unit, new Contracts.Scheduling.PartnershipEnded(formed.PairId, 3, stage.ProgrammeId, ada, eva, Early: true));
        await Eventually.Holds(async () => Assert.Equal(0, await service.In(stage.Unit, db => db.Places.CountAsync())));
        var run = await stage.Run();
        Assert.Equal(("1", "1", "0"),
            (run.GetProperty("result").Text("mentors"), run.GetProperty("result").Text("mentees"), run.GetProperty("result").Text("pairs")));
        Assert.Empty(service.Bus.All<PairDissolved>(stage.Unit));
    }

    [Fact]
    public async Task A_reorganisation_ends_an_open_proposal_and_brings_a_pair_to_the_manager()
    {
        var stage = await Stage.Open(service, Cast.Programme());
        var (ada, eva) = (await stage.Mentor("Ada"), await stage.Mentee("Eva"));
        await stage.Propose();
        using (await stage.Accept(ada)) { }
        using (await stage.Accept(eva)) { }
        await service.Bus.Of<PairFormed>(stage.Unit);
        var (ben, olaf) = (await stage.Mentor("Ben"), await stage.Mentee("Olaf"));
        await stage.Propose();

        await service.Publish(stage.Unit, new ReportingLineChanged(ben, stage.Next(ben), [olaf]));
        await stage.Morning();
        await service.Bus.Of<MatchNotProceeding>(stage.Unit);
        Assert.Equal("not-proceeding", (await stage.ProposalOf(ben)).Text("state"));

        await service.Publish(stage.Unit, new ReportingLineChanged(ada, stage.Next(ada), [Guid.CreateVersion7(), eva]));
        var broken = await service.Bus.Of<PairAuthorityBroken>(stage.Unit);
        Assert.Equal((ada, eva, 2L), (broken.MentorId, broken.MenteeId, broken.Version));
        await service.Publish(stage.Unit, new ReportingLineChanged(ada, stage.Next(ada), [eva]));
        await service.Publish(stage.Unit, new ReportingLineChanged(ada, stage.Next(ada), []));
        await Eventually.Holds(async () => Assert.False(await service.In(stage.Unit, db => db.Pairs.Select(pair => pair.AuthorityBroken).SingleAsync())));
        // The manager is asked once for each time it comes to be, and the two of them go on until they say otherwise.
        Assert.Single(service.Bus.All<PairAuthorityBroken>(stage.Unit));
        Assert.Empty(service.Bus.All<PairDissolved>(stage.Unit));
    }

    [Fact]
    public async Task Erasure_leaves_no_trace_of_the_person_but_keeps_the_runs_figures()
    {
        var stage = await Stage.Open(service);
        var ada = await stage.Mentor("Ada");
        var eva = await stage.Mentee("Eva");
        var run = await stage.Run(locks: new[] { new { mentorId = ada, menteeId = eva } });
        using (await stage.Approve(run)) { }
        using (await stage.Accept(ada)) { }
        using (await stage.Accept(eva)) { }
        await service.Bus.Of<PairFormed>(stage.Unit);

        await service.Publish(stage.Unit, new PersonErased(ada, 10));
        await Eventually.Holds(async () => Assert.False(await service.In(stage.Unit, db => db.Runs.Select(r => r.Reproducible).SingleAsync())));
        // Tombstones are ids alone; facts on their way name one until they are out.
        await Eventually.Holds(async () => Assert.Empty((await service.TracesOf(ada.ToString())).Except(["platform.versions"])));
        var kept = await stage.Manager.GetAsync(stage.Unit.At($"matching-runs/{run.Text("id")}"));
        Assert.True(kept.IsSuccessStatusCode);
        using var explained = await stage.Manager.GetAsync(stage.Unit.At($"matching-runs/{run.Text("id")}/explain?mentor={ada}&mentee={eva}"));
        await explained.IsRefused(System.Net.HttpStatusCode.Conflict, "run-not-reproducible");
    }

    [Fact]
    public async Task Whoever_has_no_pair_yet_stands_on_the_waiting_list_the_longest_first()
    {
        var stage = await Stage.Open(service, Cast.Programme(waves: [new("first", true, null, null, false, null), new("second", false, "first", 2, false, null)]));
        await stage.Mentor("Ada");
        await stage.Mentee("Eva");
        await stage.Propose();
        var late = await stage.Mentee("Late", wave: "second");
        var ben = await stage.Mentor("Ben");
        var cem = await stage.Mentor("Cem");
        var zoe = await stage.Mentor("Zoe", prepared: false);
        await stage.Settled();
        var waiting = (await stage.Manager.GetFromJsonAsync<JsonElement>(stage.Unit.At("pairs/waiting?programme=ai"))).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(
            [(1, "Late", "mentee", "Waits until wave “second” opens."), (1, "Ben", "mentor", "Waits for the next run."), (2, "Cem", "mentor", "Waits for the next run.")],
            waiting.Select(one => (one.GetProperty("position").GetInt32(), one.GetProperty("person").Text("name"), one.Text("side"), one.Text("words"))));
        // Positions go on over pages.
        var first = await stage.Manager.GetFromJsonAsync<JsonElement>(stage.Unit.At("pairs/waiting?programme=ai&limit=2"));
        var second = await stage.Manager.GetFromJsonAsync<JsonElement>(stage.Unit.At($"pairs/waiting?programme=ai&limit=2&after={first.Text("next")}"));
        Assert.Equal((2, "Cem"), (second.GetProperty("items")[0].GetProperty("position").GetInt32(), second.GetProperty("items")[0].GetProperty("person").Text("name")));

        // Each sees the own place, and nobody a name.
        Assert.Equal([(2, "ai", "mentor", "Waits for the next run.")], await Mine(cem));
        Assert.Equal([(1, "ai", "mentee", "Waits until wave “second” opens.")], await Mine(late));
        Assert.Empty(await Mine(zoe));
        await stage.Withdraw(ben);
        await Eventually.Holds(async () => Assert.Equal(1, Assert.Single(await Mine(cem)).Position));
        Assert.InRange(waiting[0].GetProperty("since").GetDateTimeOffset(), DateTimeOffset.UnixEpoch.AddYears(50), waiting[1].GetProperty("since").GetDateTimeOffset());
        using var refused = await stage.As(Guid.CreateVersion7()).GetAsync(stage.Unit.At("pairs/waiting?programme=ai"));
        await refused.IsRefused(System.Net.HttpStatusCode.Forbidden, "role-missing");

        async Task<List<(int Position, string? Programme, string? Side, string? Words)>> Mine(Guid person) =>
            [.. (await stage.As(person).GetFromJsonAsync<JsonElement>(stage.Unit.At("pairs/waiting/mine"))).GetProperty("items").EnumerateArray()
                .Select(place => (place.GetProperty("position").GetInt32(), place.Text("programme"), place.Text("side"), place.Text("words")))];
    }

    [Fact]
    public async Task Whoever_joins_after_a_run_is_matched_by_the_next_one()
    {
        var stage = await Stage.Open(service);
        await stage.Mentor("Ada");
        await stage.Mentee("Eva");
        await stage.Propose();

        var ben = await stage.Mentor("Ben");
        var liv = await stage.Mentee("Liv");
        var run = await stage.Run();

        // The pair of the first run keeps its places; the two who came later are what there is to match.
        var pair = Assert.Single((await stage.Pairs(run)).EnumerateArray());
        Assert.Equal((ben, liv), (pair.GetProperty("mentor").GetProperty("id").GetGuid(), pair.GetProperty("mentee").GetProperty("id").GetGuid()));
    }

    [Fact]
    public async Task Closing_a_programme_ends_what_is_still_asked()
    {
        var stage = await Stage.Open(service);
        var ada = await stage.Mentor("Ada");
        await stage.Mentee("Eva");
        await stage.Propose();
        await service.Publish(stage.Unit, new ProgrammeClosed(stage.ProgrammeId, 9));
        await service.Bus.Of<MatchNotProceeding>(stage.Unit);
        Assert.Equal("not-proceeding", (await stage.ProposalOf(ada)).Text("state"));
        using var refused = await stage.Start();
        await refused.IsRefused(System.Net.HttpStatusCode.UnprocessableEntity, "programme-closed");
    }

    [Fact]
    public async Task Republishing_tells_every_open_pair_again_and_what_there_is_to_ask_of_it()
    {
        var stage = await Stage.Open(service);
        var ada = await stage.Mentor("Ada");
        var eva = await stage.Mentee("Eva");
        await stage.Propose();
        using (await stage.Accept(ada)) { }
        using (await stage.Accept(eva)) { }
        var formed = await service.Bus.Of<PairFormed>(stage.Unit);
        await service.Publish(stage.Unit, new ReportingLineChanged(ada, stage.Next(ada), [eva]));
        var broken = await service.Bus.Of<PairAuthorityBroken>(stage.Unit);
        using var answer = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(
            service.AsOperator(), new Uri("/api/v1/operations/matching/republish", UriKind.Relative), new { unitId = stage.Unit.Id });
        Assert.True(answer.IsSuccessStatusCode);
        await Eventually.Holds(() =>
        {
            Assert.Equal([formed, formed with { Version = broken.Version }], service.Bus.All<PairFormed>(stage.Unit).Select(fact => fact with { Topics = formed.Topics }));
            Assert.Equal([broken, broken], service.Bus.All<PairAuthorityBroken>(stage.Unit));
            return Task.CompletedTask;
        });
    }

    private static PersonChanged Details(Guid person, long version, string name) =>
        new(person, version, name, null, "Europe/Berlin", ["de"], CareerStage.Early, "Nordlicht", null, null, []);

    private Task<string?> Name(Stage stage, Guid person) =>
        service.In(stage.Unit, db => db.People.Where(p => p.Id == person).Select(p => p.Name).SingleOrDefaultAsync());

    private Task<Guid[]> Chain(Stage stage, Guid person) =>
        service.In(stage.Unit, db => db.ReportingLines.Where(l => l.PersonId == person).Select(l => l.Chain).SingleAsync());
}
