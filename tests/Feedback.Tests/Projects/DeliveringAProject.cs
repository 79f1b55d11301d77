using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Mentoring.Contracts.Participants;
using Mentoring.Contracts.Scheduling;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Tests.Projects;

/// <summary>One project a pair, named by either, delivered by the word of both.</summary>
public sealed class DeliveringAProject(FeedbackService feedback)
{
    private const string Asked = "One project a pair, shown to the sponsor at the end.";

    private static readonly Gate[] Gates = [new("project-delivered", null, 0.8m, NotBelowBaseline: false)];

    private Task<Cohort> Running(int pairs = 1, string? project = Asked) => feedback.Running(pairs, gates: Gates, project: project);

    private async Task<JsonElement> Name(Cohort cohort, Guid person, CohortPair pair, string title = "How students pay")
    {
        feedback.Clock.Advance(TimeSpan.FromSeconds(1));
        using var client = cohort.As(person);
        var answer = await client.PostAsJsonAsync(cohort.Unit.At("projects"), new { pairId = pair.Id, title });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var named = await answer.Json();
        var read = await client.GetFromJsonAsync<JsonElement>(answer.Headers.Location!);
        Assert.Equal(named.GetRawText(), read.GetRawText());
        return named;
    }

    private static async Task<HttpResponseMessage> Say(Cohort cohort, Guid person, Guid project, string result = "The app now shows what a transfer costs.")
    {
        using var client = cohort.As(person);
        return await client.PostAsJsonAsync(cohort.Unit.At($"projects/{project}/deliver"), new { result });
    }

    private static async Task<HttpResponseMessage> NotYet(Cohort cohort, Guid person, Guid project)
    {
        using var client = cohort.As(person);
        return await client.PostAsync(cohort.Unit.At($"projects/{project}/not-yet"), null);
    }

    private static async Task<HttpResponseMessage> Confirm(Cohort cohort, Guid person, Guid project, string? etag = "*")
    {
        using var client = cohort.As(person);
        if (etag is not null)
            client.DefaultRequestHeaders.TryAddWithoutValidation("If-Match", etag);
        return await client.PostAsync(cohort.Unit.At($"projects/{project}/confirm"), null);
    }

    private static async Task<HttpResponseMessage> Rename(Cohort cohort, Guid person, Guid project, string title, string? etag = "*")
    {
        using var client = cohort.As(person);
        if (etag is not null)
            client.DefaultRequestHeaders.TryAddWithoutValidation("If-Match", etag);
        return await client.PutAsJsonAsync(cohort.Unit.At($"projects/{project}"), new { title });
    }

    private async Task<Guid> Deliver(Cohort cohort, CohortPair pair, string title = "How students pay")
    {
        var id = (await Name(cohort, pair.Mentor, pair, title)).GetProperty("id").GetGuid();
        Assert.Equal(HttpStatusCode.OK, (await Say(cohort, pair.Mentee, id)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Confirm(cohort, pair.Mentor, id)).StatusCode);
        return id;
    }

    private static async Task<JsonElement> Overview(HttpClient client, Cohort cohort) =>
        await client.GetFromJsonAsync<JsonElement>(cohort.Unit.At($"projects?programme={Cohort.Slug}"));

    [Fact]
    public async Task It_counts_once_one_has_said_so_and_the_other_confirms()
    {
        var cohort = await Running();
        var pair = cohort.Pairs[0];
        using var mentee = cohort.As(pair.Mentee);
        using var sponsor = cohort.AsSponsor();
        var mine = (await mentee.GetFromJsonAsync<JsonElement>(cohort.Unit.At("projects/mine"))).GetProperty("items")[0];
        Assert.Equal((pair.Id, Asked, "Mentor 0", 0), (
            mine.GetProperty("pairId").GetGuid(), mine.GetProperty("asked").GetString(), mine.GetProperty("partner").GetProperty("name").GetString(), mine.GetProperty("projects").GetArrayLength()));

        var id = (await Name(cohort, pair.Mentor, pair)).GetProperty("id").GetGuid();
        Assert.Equal(HttpStatusCode.OK, (await Rename(cohort, pair.Mentee, id, "What a transfer costs")).StatusCode);
        await (await Confirm(cohort, pair.Mentee, id)).Refused(HttpStatusCode.Conflict, "project-not-said-delivered");
        await (await NotYet(cohort, pair.Mentee, id)).Refused(HttpStatusCode.Conflict, "project-not-said-delivered");
        var said = await (await Say(cohort, pair.Mentor, id)).Json();
        Assert.Equal(("said-delivered", true), (said.GetProperty("state").GetString(), said.GetProperty("saidByMe").GetBoolean()));
        await (await Confirm(cohort, pair.Mentor, id)).Refused(HttpStatusCode.Conflict, "project-awaits-the-other");
        await (await Say(cohort, pair.Mentee, id)).Refused(HttpStatusCode.Conflict, "project-awaits-you");
        await (await Rename(cohort, pair.Mentee, id, "Something else")).Refused(HttpStatusCode.Conflict, "project-said-delivered");
        Assert.Empty((await Overview(sponsor, cohort)).GetProperty("items").EnumerateArray());

        // The other objects, and later agrees.
        Assert.Equal(HttpStatusCode.OK, (await NotYet(cohort, pair.Mentee, id)).StatusCode);
        await Say(cohort, pair.Mentor, id);
        var delivered = await (await Confirm(cohort, pair.Mentee, id)).Json();
        Assert.Equal(("delivered", false), (delivered.GetProperty("state").GetString(), delivered.GetProperty("saidByMe").GetBoolean()));
        foreach (var late in new[] { await Confirm(cohort, pair.Mentee, id), await Say(cohort, pair.Mentor, id), await NotYet(cohort, pair.Mentor, id), await Rename(cohort, pair.Mentor, id, "Other") })
            await late.Refused(HttpStatusCode.Conflict, "project-delivered");

        var shown = await Overview(sponsor, cohort);
        var item = Assert.Single(shown.GetProperty("items").EnumerateArray());
        Assert.Equal(("What a transfer costs", "The app now shows what a transfer costs."), (item.GetProperty("title").GetString(), item.GetProperty("result").GetString()));
        Assert.Equal(["deliveredOn", "id", "result", "title"], item.EnumerateObject().Select(field => field.Name).Order());
        // Two people are too few for a number.
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (shown.GetProperty("chosen").ValueKind, shown.GetProperty("delivered").ValueKind));

        // What is delivered makes room for the next.
        await Name(cohort, pair.Mentee, pair, "What comes after");
        mine = (await mentee.GetFromJsonAsync<JsonElement>(cohort.Unit.At("projects/mine"))).GetProperty("items")[0];
        Assert.Equal(["delivered", "chosen"], mine.GetProperty("projects").EnumerateArray().Select(project => project.GetProperty("state").GetString()!));
    }

    [Fact]
    public async Task Who_confirms_has_read_what_is_shown_to_the_sponsor()
    {
        var cohort = await Running();
        var pair = cohort.Pairs[0];
        var named = await Name(cohort, pair.Mentor, pair);
        var id = named.GetProperty("id").GetGuid();
        await (await Rename(cohort, pair.Mentor, id, "Other", etag: null)).Refused(HttpStatusCode.PreconditionRequired, "precondition-required");
        var renamed = await Rename(cohort, pair.Mentor, id, "Other", named.GetProperty("etag").GetString());
        Assert.Equal(HttpStatusCode.OK, renamed.StatusCode);
        await (await Rename(cohort, pair.Mentee, id, "Third", named.GetProperty("etag").GetString())).Refused(HttpStatusCode.PreconditionFailed, "stale");

        var first = await (await Say(cohort, pair.Mentor, id)).Json();
        await Say(cohort, pair.Mentor, id, "It was a waste of time.");
        await (await Confirm(cohort, pair.Mentee, id, etag: null)).Refused(HttpStatusCode.PreconditionRequired, "precondition-required");
        await (await Confirm(cohort, pair.Mentee, id, first.GetProperty("etag").GetString())).Refused(HttpStatusCode.PreconditionFailed, "stale");
        // The same said twice is nothing new to read.
        var again = await (await Say(cohort, pair.Mentor, id, "It was a waste of time.")).Json();
        await Say(cohort, pair.Mentor, id, "It was a waste of time.");
        Assert.Equal(HttpStatusCode.OK, (await Confirm(cohort, pair.Mentee, id, again.GetProperty("etag").GetString())).StatusCode);
    }

    [Fact]
    public async Task Both_at_once_name_one_project()
    {
        var cohort = await Running();
        var pair = cohort.Pairs[0];
        using var mentor = cohort.As(pair.Mentor);
        using var mentee = cohort.As(pair.Mentee);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i =>
            (i % 2 == 0 ? mentor : mentee).PostAsJsonAsync(cohort.Unit.At("projects"), new { pairId = pair.Id, title = $"Project {i}" })));
        Assert.Single(answers, answer => answer.StatusCode is HttpStatusCode.Created);
        foreach (var refused in answers.Where(answer => answer.StatusCode is not HttpStatusCode.Created))
            await refused.Refused(HttpStatusCode.Conflict, "project-open");
    }

    [Fact]
    public async Task It_is_nobody_elses()
    {
        var cohort = await Running(pairs: 2);
        var (pair, other) = (cohort.Pairs[0], cohort.Pairs[1]);
        var id = (await Name(cohort, pair.Mentor, pair)).GetProperty("id").GetGuid();
        await Say(cohort, pair.Mentor, id);
        var elsewhere = await Running();
        using var neighbour = cohort.As(other.Mentor);
        using var manager = cohort.AsManager();
        using var sponsor = cohort.AsSponsor();
        using var foreign = elsewhere.As(pair.Mentee);
        foreach (var (stranger, at) in new[] { (neighbour, cohort.Unit), (manager, cohort.Unit), (sponsor, cohort.Unit), (foreign, elsewhere.Unit) })
        {
            stranger.DefaultRequestHeaders.TryAddWithoutValidation("If-Match", "*");
            await (await stranger.GetAsync(at.At($"projects/{id}"))).Refused(HttpStatusCode.NotFound, "not-found");
            await (await stranger.PutAsJsonAsync(at.At($"projects/{id}"), new { title = "Mine" })).Refused(HttpStatusCode.NotFound, "not-found");
            await (await stranger.PostAsJsonAsync(at.At($"projects/{id}/deliver"), new { result = "Done." })).Refused(HttpStatusCode.NotFound, "not-found");
            await (await stranger.PostAsync(at.At($"projects/{id}/not-yet"), null)).Refused(HttpStatusCode.NotFound, "not-found");
            await (await stranger.PostAsync(at.At($"projects/{id}/confirm"), null)).Refused(HttpStatusCode.NotFound, "not-found");
            await (await stranger.PostAsJsonAsync(at.At("projects"), new { pairId = pair.Id, title = "Mine" })).Refused(HttpStatusCode.NotFound, "not-found");
        }
        await (await neighbour.GetAsync(cohort.Unit.At($"projects?programme={Cohort.Slug}"))).Refused(HttpStatusCode.Forbidden, "role-missing");
        using var otherManager = feedback.As(cohort.Unit, Guid.CreateVersion7(), [], (Guid.CreateVersion7(), "programme-manager"));
        await (await otherManager.GetAsync(cohort.Unit.At($"projects?programme={Cohort.Slug}"))).Refused(HttpStatusCode.Forbidden, "role-missing");
        await (await manager.GetAsync(cohort.Unit.At("projects?programme=no-such"))).Refused(HttpStatusCode.NotFound, "not-found");
        Assert.Equal(0, (await manager.GetFromJsonAsync<JsonElement>(cohort.Unit.At("projects/mine"))).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Titles_and_results_have_words_and_an_end()
    {
        var cohort = await Running();
        var pair = cohort.Pairs[0];
        using var mentor = cohort.As(pair.Mentor);
        foreach (var title in new[] { "", " ", new string('x', 201), "two\nlines", "a\0b" })
            await (await mentor.PostAsJsonAsync(cohort.Unit.At("projects"), new { pairId = pair.Id, title })).Refused(HttpStatusCode.BadRequest, "invalid");
        var id = (await Name(cohort, pair.Mentor, pair, new string('x', 200))).GetProperty("id").GetGuid();
        await (await Rename(cohort, pair.Mentor, id, new string('x', 201))).Refused(HttpStatusCode.BadRequest, "invalid");
        foreach (var result in new[] { "", " ", new string('x', 501), "a\0b" })
            await (await Say(cohort, pair.Mentor, id, result)).Refused(HttpStatusCode.BadRequest, "invalid");
        Assert.Equal("chosen", (await mentor.GetFromJsonAsync<JsonElement>(cohort.Unit.At($"projects/{id}"))).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Where_none_is_asked_the_pair_has_ended_or_the_programme_none_is_named()
    {
        var without = await Running(project: null);
        using var unasked = without.As(without.Pairs[0].Mentor);
        await (await unasked.PostAsJsonAsync(without.Unit.At("projects"), new { pairId = without.Pairs[0].Id, title = "Ours" }))
            .Refused(HttpStatusCode.UnprocessableEntity, "no-project-asked");
        Assert.Equal(0, (await unasked.GetFromJsonAsync<JsonElement>(without.Unit.At("projects/mine"))).GetProperty("items").GetArrayLength());

        var cohort = await Running(pairs: 2);
        var (ended, open) = (cohort.Pairs[0], cohort.Pairs[1]);
        var chosen = (await Name(cohort, ended.Mentor, ended)).GetProperty("id").GetGuid();
        var unfinished = (await Name(cohort, open.Mentor, open)).GetProperty("id").GetGuid();
        await feedback.Publish(cohort.Unit, new PartnershipEnded(ended.Id, 9, cohort.Programme, ended.Mentor, ended.Mentee, Early: false));
        await Eventually.Holds(async () => Assert.True(await feedback.In(cohort.Unit, db => db.Pairs.AnyAsync(pair => pair.Ended))));
        // What was chosen may be finished in the pair's last days; nothing new begins.
        Assert.Equal(HttpStatusCode.OK, (await Say(cohort, ended.Mentor, chosen)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Confirm(cohort, ended.Mentee, chosen)).StatusCode);
        using var mentor = cohort.As(ended.Mentor);
        await (await mentor.PostAsJsonAsync(cohort.Unit.At("projects"), new { pairId = ended.Id, title = "Another" })).Refused(HttpStatusCode.Conflict, "pair-ended");

        await feedback.Publish(cohort.Unit, new ProgrammeClosed(cohort.Programme, 2));
        await Eventually.Holds(async () => Assert.True(await feedback.In(cohort.Unit, db => db.Programmes.AnyAsync(programme => programme.Closed))));
        foreach (var late in new[] { await Say(cohort, open.Mentor, unfinished), await Rename(cohort, open.Mentor, unfinished, "Late"), await NotYet(cohort, open.Mentor, unfinished), await Confirm(cohort, open.Mentor, unfinished) })
            await late.Refused(HttpStatusCode.Conflict, "programme-closed");
    }

    [Fact]
    public async Task Sponsor_and_manager_see_how_many_and_the_gate_reads_the_share_of_pairs_that_have_met()
    {
        var cohort = await Running(pairs: 6);
        feedback.Clock.Advance(TimeSpan.FromDays(3));
        foreach (var pair in cohort.Pairs.Take(5))
            await cohort.Session(pair, feedback.Clock.GetUtcNow().AddHours(-1));
        foreach (var (pair, i) in cohort.Pairs.Take(3).Select((pair, i) => (pair, i)))
            await Deliver(cohort, pair, $"Project {i}");
        await Name(cohort, cohort.Pairs[3].Mentor, cohort.Pairs[3]);
        var gate = (await cohort.Gates())["project-delivered"];
        Assert.Equal((false, 0.6m, "3 of 5 pairs that have met have delivered their project: 60 %, 80 % needed."), (
            gate.GetProperty("green").GetBoolean(), gate.GetProperty("value").GetDecimal(), gate.GetProperty("words").GetString()));

        using var manager = cohort.AsManager();
        var shown = await Overview(manager, cohort);
        Assert.Equal((6, 4, 3), (shown.GetProperty("pairs").GetInt32(), shown.GetProperty("chosen").GetInt32(), shown.GetProperty("delivered").GetInt32()));
        Assert.Equal(Asked, shown.GetProperty("asked").GetString());
        var first = await manager.GetFromJsonAsync<JsonElement>(cohort.Unit.At($"projects?programme={Cohort.Slug}&limit=2"));
        var second = await manager.GetFromJsonAsync<JsonElement>(cohort.Unit.At($"projects?programme={Cohort.Slug}&limit=2&after={first.GetProperty("next").GetString()}"));
        Assert.Equal(["Project 0", "Project 1", "Project 2"],
            first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray()).Select(item => item.GetProperty("title").GetString()!).Order());

        // A second project of one pair does not stand for another pair; one said to be delivered by one of the two does not count either.
        await Deliver(cohort, cohort.Pairs[0], "Project 0, continued");
        var fourth = (await Name(cohort, cohort.Pairs[4].Mentor, cohort.Pairs[4])).GetProperty("id").GetGuid();
        await Say(cohort, cohort.Pairs[4].Mentor, fourth);
        Assert.Equal(0.6m, (await cohort.Gates())["project-delivered"].GetProperty("value").GetDecimal());
        await Confirm(cohort, cohort.Pairs[4].Mentee, fourth);
        Assert.True((await cohort.Gates())["project-delivered"].GetProperty("green").GetBoolean());
    }

    [Fact]
    public async Task Whoever_is_erased_takes_the_pairs_project_along()
    {
        var cohort = await Running(pairs: 2);
        var (gone, stays) = (cohort.Pairs[0], cohort.Pairs[1]);
        using (var mentor = cohort.As(gone.Mentor))
        {
            mentor.DefaultRequestHeaders.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
            await mentor.PostAsJsonAsync(cohort.Unit.At("projects"), new { pairId = gone.Id, title = "What Zacharias-Ottokar knows" });
        }
        await Deliver(cohort, stays, "Stays");
        await feedback.Publish(cohort.Unit, Facts.Person(gone.Mentor, "Zacharias-Ottokar", CareerStage.Early, version: 2));
        await Eventually.Holds(async () => Assert.True(await feedback.In(cohort.Unit, db => db.People.AnyAsync(person => person.Name == "Zacharias-Ottokar"))));
        await feedback.Publish(cohort.Unit, new PersonErased(gone.Mentor, 3));
        await Eventually.Holds(async () => Assert.Empty((await feedback.TracesOf(gone.Mentor.ToString(), "Zacharias-Ottokar")).Except(["platform.versions"])));
        Assert.Equal(["Stays"], await feedback.In(cohort.Unit, db => db.Projects.Select(project => project.Title).ToListAsync()));
        using var left = cohort.As(gone.Mentee);
        Assert.Equal(0, (await left.GetFromJsonAsync<JsonElement>(cohort.Unit.At("projects/mine"))).GetProperty("items").GetArrayLength());
        await (await left.PostAsJsonAsync(cohort.Unit.At("projects"), new { pairId = gone.Id, title = "Alone" })).Refused(HttpStatusCode.NotFound, "not-found");
    }
}
