using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Mentoring.Contracts.Audit;
using Mentoring.Contracts.Feedback;
using Mentoring.Contracts.Participants;
using Mentoring.Tenancy;
using Mentoring.Testing;

namespace Mentoring.Participants.Tests.Programmes;

public sealed class ChangingAProgramme(ParticipantsService service)
{
    private const string File = CreatingAProgramme.File + "\nslug: ai";

    // As the template has them.
    private const string Sponsor = "{ name: sponsor, mentees: { people: [sponsor] } }";
    private const string Executives = "{ name: executives, unlock: { wave: sponsor, heldAtLeast: 2 } }";

    [Fact]
    public async Task A_draft_takes_any_change_and_every_file_is_kept()
    {
        var staff = await Draft();
        using var admin = staff.Admin();
        var later = """
            {"template":"both-directions","name":"One up, one down","slug":"up-and-down","sponsor":"senior@example.org"}
            """;

        var applied = await Apply(admin, staff, later, tag: "\"1\"").Gives(HttpStatusCode.OK);

        Assert.Equal(("up-and-down", "reciprocal", "Senior Example"), (applied.GetProperty("programme").Text("slug"), applied.GetProperty("programme").Text("direction"), applied.GetProperty("programme").Text("sponsor")));
        Assert.All(applied.GetProperty("changes").EnumerateArray(), change => Assert.True(change.GetProperty("safe").GetBoolean()));
        Assert.Contains("direction", applied.GetProperty("changes").EnumerateArray().Select(change => change.Text("path")));
        await admin.GetAsync(staff.Unit.At("programmes/ai")).IsRefused(404, "not-found");

        // What comes back is what was handed in, each as what it is.
        var now = await admin.GetAsync(staff.Unit.At("programmes/up-and-down/file"));
        Assert.Equal((later, "application/json"), (await now.Content.ReadAsStringAsync(), now.Content.Headers.ContentType!.MediaType));
        var first = await admin.GetAsync(staff.Unit.At("programmes/up-and-down/files/1"));
        Assert.Equal((File, "application/yaml"), (await first.Content.ReadAsStringAsync(), first.Content.Headers.ContentType!.MediaType));
        var files = (await admin.Get(staff.Unit.At("programmes/up-and-down/files"), HttpStatusCode.OK)).GetProperty("items");
        Assert.Equal([(2, "Ada Lovelace"), (1, "Ada Lovelace")], files.EnumerateArray().Select(file => (file.GetProperty("number").GetInt32(), file.Text("by"))));
        var page = await admin.Get(staff.Unit.At("programmes/up-and-down/files?limit=1"), HttpStatusCode.OK);
        var rest = (await admin.Get(staff.Unit.At($"programmes/up-and-down/files?limit=1&after={page.Text("next")}"), HttpStatusCode.OK)).GetProperty("items");
        Assert.Equal(1, Assert.Single(rest.EnumerateArray()).GetProperty("number").GetInt32());
        await admin.GetAsync(staff.Unit.At("programmes/up-and-down/files/3")).IsRefused(404, "not-found");

        // The one who was sponsor no longer is.
        await service.Bus.Of<MembershipChanged>(staff.Unit, changed => changed.PersonId == staff["Chief"] && changed.ProgrammeRoles.Count == 0);
        await service.Bus.Of<ActionAudited>(staff.Unit, done => done.Code == "programme-applied");
        Assert.Empty(service.Bus.All<ProgrammeChanged>(staff.Unit));
    }

    [Fact]
    public async Task A_running_programme_takes_what_is_safe()
    {
        var staff = await Running();
        using var admin = staff.Admin();
        var file = File.Replace("name: How our customers use AI", "name: AI as our customers use it", StringComparison.Ordinal)
            + "\ncadence: { video: P7D }\nmentors: { stages: [early, established, senior], capacity: 2 }\nmentees: { stages: [executive] }\naccountable: { emea: senior@example.org }";

        var plan = await admin.PostYaml(staff.Unit.At("programmes/ai/plan"), file).Gives(HttpStatusCode.OK);
        var existing = plan.GetProperty("existing");
        Assert.True(existing.GetProperty("applicable").GetBoolean(), plan.ToString());
        Assert.Equal(2, existing.GetProperty("takingPart").GetInt32());
        Assert.Equal(
            ["accountable", "cadence", "mentees.stages", "mentors.capacity", "mentors.stages", "name"],
            existing.GetProperty("changes").EnumerateArray().Select(change => change.Text("path")!).Order(StringComparer.Ordinal));
        Assert.Equal("How our customers use AI", (await admin.Get(staff.Unit.At("programmes/ai"), HttpStatusCode.OK)).Text("name"));

        await Apply(admin, staff, file, tag: Tag(existing)).Gives(HttpStatusCode.OK);

        var told = (await service.Bus.Of<ProgrammeChanged>(staff.Unit, changed => changed.Programme.Mentors.Capacity == 2)).Programme;
        Assert.Equal(("AI as our customers use it", "P7D", staff["Senior"]), (told.Name, told.Cadence["video"], told.AccountableIds!["emea"]));
        // Waves stay as locked and unlocked as they were.
        Assert.Equal([true, false], told.Waves.Select(wave => wave.Unlocked));
        using var junior = staff.As("Junior");
        var view = await junior.Get(staff.Unit.At("programmes/ai"), HttpStatusCode.OK);
        Assert.Equal("Senior Example", view.GetProperty("accountable").Text("emea"));
        Assert.Equal(("opening", "Ada Lovelace"), (view.GetProperty("waves")[0].GetProperty("unlockedBy").Text("cause"), view.GetProperty("waves")[0].GetProperty("unlockedBy").Text("person")));
    }

    [Fact]
    public async Task It_names_each_change_that_is_not_safe_with_whom_it_touches_and_takes_none()
    {
        var staff = await Running();
        using var admin = staff.Admin();
        var file = File.Replace("prompt-writing", "ai-judgement", StringComparison.Ordinal).Replace("name: How our customers use AI", "name: Another name", StringComparison.Ordinal)
            + "\nmentors: { stages: [established] }\nmatching: { mode: self-chosen, authority: { sameChainAtDistance: 3, notUnderDirectReport: true } }\n"
            + "measures: [{ name: fluency, instrument: gap-self-rating, side: mentee, baseline: 1, target: 1.5 }]\nwaves: [{ name: sponsor, mentees: { people: [sponsor] } }, { name: executives }]";

        var plan = await admin.PostYaml(staff.Unit.At("programmes/ai/plan"), file).Gives(HttpStatusCode.OK);
        var changes = plan.GetProperty("existing").GetProperty("changes").EnumerateArray().ToDictionary(change => change.Text("path")!);
        Assert.False(plan.GetProperty("existing").GetProperty("applicable").GetBoolean());
        Assert.Equal((false, 2), Judged("gap.topics"));
        Assert.Equal((false, 1), Judged("mentors.stages"));
        Assert.Equal((false, 2), Judged("matching.mode"));
        Assert.Equal((false, 2), Judged("measures.fluency"));
        Assert.Equal((false, 0), Judged("waves.executives"));
        Assert.Equal((true, 0), Judged("name"));
        Assert.Equal((true, 0), Judged("matching.authority.notUnderDirectReport"));

        var problem = await Apply(admin, staff, file, tag: Tag(plan.GetProperty("existing"))).IsRefused(422, "change-unsafe");

        Assert.Equal(
            ["gap.topics", "matching.mode", "measures.fluency", "mentors.stages", "waves.executives"],
            problem.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order(StringComparer.Ordinal));
        var view = await admin.Get(staff.Unit.At("programmes/ai"), HttpStatusCode.OK);
        Assert.Equal("How our customers use AI", view.Text("name"));
        Assert.Equal(File, await admin.GetStringAsync(staff.Unit.At("programmes/ai/file")));
        Assert.Empty(service.Bus.All<ProgrammeChanged>(staff.Unit));

        (bool Safe, int Affected) Judged(string path) => (changes[path].GetProperty("safe").GetBoolean(), changes[path].GetProperty("affected").GetInt32());
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing_and_a_stale_one_is_refused()
    {
        var staff = await Running();
        using var admin = staff.Admin();
        await admin.PostYaml(staff.Unit.At("programmes/ai/apply"), File).IsRefused(428, "precondition-required");
        await Apply(admin, staff, File, tag: "\"1\"").IsRefused(412, "stale");

        var applied = await Apply(admin, staff, File, tag: "\"2\"").Gives(HttpStatusCode.OK);

        Assert.Empty(applied.GetProperty("changes").EnumerateArray());
        Assert.Equal(1, (await admin.Get(staff.Unit.At("programmes/ai/files"), HttpStatusCode.OK)).GetProperty("items").GetArrayLength());
        // Of two at once the second has not seen the first.
        var both = await Task.WhenAll(Apply(admin, staff, $"{File}\npurpose: One.", "\"2\""), Apply(admin, staff, $"{File}\npurpose: Two.", "\"2\""));
        Assert.Equal([200, 412], both.Select(answer => (int)answer.StatusCode).Order());
        Assert.Equal(2, (await admin.Get(staff.Unit.At("programmes/ai/files"), HttpStatusCode.OK)).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Only_its_makers_change_it_and_only_while_it_runs()
    {
        var staff = await Running();
        using var junior = staff.As("Junior");
        await Apply(junior, staff, File, "\"2\"").IsRefused(403, "role-missing");
        await junior.PostYaml(staff.Unit.At("programmes/ai/plan"), File).IsRefused(403, "role-missing");
        await junior.GetAsync(staff.Unit.At("programmes/ai/files")).IsRefused(403, "role-missing");
        using var stranger = (await Staff.Of(service)).Admin();
        await Apply(stranger, staff, File, "\"2\"").IsRefused(404, "not-found");
        using var admin = staff.Admin();
        var wrong = await Apply(admin, staff, File.Replace("name: How", "nome: How", StringComparison.Ordinal), "\"2\"").IsRefused(422, "programme-invalid");
        Assert.True(wrong.GetProperty("errors").TryGetProperty("nome", out _));

        await admin.Post(staff.Unit.At("programmes/ai/close")).Gives(HttpStatusCode.OK);
        await Apply(admin, staff, $"{File}\npurpose: Too late.", "\"3\"").IsRefused(409, "programme-closed");
    }

    [Fact]
    public async Task A_day_that_a_newer_file_brings_unlocks_its_wave()
    {
        var staff = await Running();
        using var admin = staff.Admin();
        var day = DateOnly.FromDateTime(service.Clock.GetUtcNow().UtcDateTime).AddDays(4);
        var waves = $"waves: [{{ name: sponsor, mentees: {{ people: [sponsor] }} }}, {{ name: executives, unlock: {{ wave: sponsor, heldAtLeast: 2 }} }}, {{ name: rest, unlock: {{ date: {day:yyyy-MM-dd} }} }}]";
        await Apply(admin, staff, $"{File}\n{waves}", "\"2\"").Gives(HttpStatusCode.OK);
        Assert.Empty(service.Bus.All<WaveUnlocked>(staff.Unit));

        service.Clock.Advance(TimeSpan.FromDays(4));

        var unlocked = await service.Bus.Of<WaveUnlocked>(staff.Unit);
        Assert.Equal(("rest", "day", null), (unlocked.Wave, unlocked.By, unlocked.PersonId));
    }

    [Theory]
    // One more: in front, without a condition or with one that holds; or for somebody by name, wherever it stands.
    [InlineData("SPONSOR, { name: quick }, EXECUTIVES", "waves.quick")]
    [InlineData("SPONSOR, { name: quick, unlock: { date: 2020-01-01 } }, EXECUTIVES", "waves.quick")]
    [InlineData("SPONSOR, { name: quick, unlock: { wave: sponsor, heldAtLeast: 1 } }, EXECUTIVES", "waves.quick")]
    [InlineData("SPONSOR, { name: quick, mentees: { stages: [senior] } }, EXECUTIVES", "waves.quick")]
    [InlineData("SPONSOR, EXECUTIVES, { name: quick, mentees: { people: [senior@example.org] } }", "waves.quick")]
    // The locked one by another name, or none of it; and only some of those it takes, whom the next file would let in.
    [InlineData("SPONSOR, { name: leaders }", "waves.executives", "waves.leaders")]
    [InlineData("SPONSOR", "waves.executives")]
    [InlineData("SPONSOR, { name: executives, mentees: { stages: [executive] }, unlock: { wave: sponsor, heldAtLeast: 2 } }", "waves.executives")]
    // One that is unlocked already takes more, or comes first.
    [InlineData("{ name: sponsor, mentees: { people: [sponsor, senior@example.org] } }, EXECUTIVES", "waves.sponsor")]
    [InlineData("{ name: sponsor }, EXECUTIVES", "waves.sponsor")]
    // Of one department, at one place, or of both.
    [InlineData("SPONSOR, { name: executives, mentees: { departments: [Sales] }, unlock: { wave: sponsor, heldAtLeast: 2 } }", "waves.executives")]
    [InlineData("SPONSOR, { name: some, mentees: { departments: [Sales], locations: [Vienna] } }, EXECUTIVES", "waves.some")]
    [InlineData("SPONSOR, { name: some, mentees: { departments: [Sales / Europe] }, unlock: { wave: sponsor, heldAtLeast: 1 } }, EXECUTIVES", "waves.some")]
    public async Task No_wave_lets_those_in_who_wait_behind_the_lock_of_another(string waves, params string[] refused)
    {
        var staff = await Running();
        using var admin = staff.Admin();

        var problem = await Apply(admin, staff, $"{File}\nwaves: [{Spelt(waves)}]", "\"2\"").IsRefused(422, "change-unsafe");

        Assert.Equal(refused, problem.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["sponsor", "executives"], (await admin.Get(staff.Unit.At("programmes/ai"), HttpStatusCode.OK)).GetProperty("waves").EnumerateArray().Select(wave => wave.Text("name")));
    }

    [Theory]
    [InlineData("SPONSOR, EXECUTIVES, { name: rest }")]
    [InlineData("SPONSOR, EXECUTIVES, { name: rest, unlock: { date: 2020-01-01 } }")]
    [InlineData("SPONSOR, { name: board, mentees: { people: [senior@example.org] }, unlock: { wave: sponsor, heldAtLeast: 3 } }, EXECUTIVES")]
    [InlineData("SPONSOR, { name: leaders, unlock: { wave: sponsor, heldAtLeast: 2 } }")]
    [InlineData("SPONSOR, { name: sales, mentees: { departments: [Sales] }, unlock: { wave: sponsor, heldAtLeast: 2 } }, EXECUTIVES")]
    // Nobody is left to this one: whoever is in a part is in the whole.
    [InlineData("SPONSOR, { name: sales, mentees: { departments: [Sales] }, unlock: { wave: sponsor, heldAtLeast: 2 } }, { name: europe, mentees: { departments: [sales/europe] } }, EXECUTIVES")]
    public async Task A_wave_more_is_taken_where_everybody_goes_on_waiting(string waves)
    {
        var staff = await Running();
        using var admin = staff.Admin();

        await Apply(admin, staff, $"{File}\nwaves: [{Spelt(waves)}]", "\"2\"").Gives(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Whoever_takes_the_sponsorship_over_goes_first_and_a_leaver_is_left_out_of_a_locked_wave()
    {
        const string Both = "people: [senior@example.org, manager@example.org]";
        var waves = $"waves: [{Sponsor}, {{ name: board, mentees: {{ {Both} }}, unlock: {{ wave: sponsor, heldAtLeast: 2 }} }}, {{ name: rest, unlock: {{ wave: sponsor, heldAtLeast: 1 }} }}]";
        var staff = await Running($"\n{waves}");
        using var admin = staff.Admin();
        var without = $"{File}\n{waves.Replace(Both, "people: [manager@example.org]", StringComparison.Ordinal)}";
        await Apply(admin, staff, without, "*").IsRefused(422, "change-unsafe");

        await staff.Import($"externalId,givenName,familyName,email,managerExternalId,leftOn\nSenior,Senior,Example,{Staff.Email("Senior")},Chief,2020-01-31\n");
        await Apply(admin, staff, without, "*").Gives(HttpStatusCode.OK);

        // The one who was sponsor has enrolled, and keeps the place.
        await Apply(
            admin,
            staff,
            without.Replace("sponsor: Chief@Example.org", "sponsor: manager@example.org", StringComparison.Ordinal)
                .Replace("people: [sponsor]", "people: [sponsor, chief@example.org]", StringComparison.Ordinal),
            "*").Gives(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_new_file_of_a_taken_name_is_told_so_before_it_is_created()
    {
        var staff = await Running();
        using var admin = staff.Admin();

        var plan = await admin.PostYaml(staff.Unit.At("programmes/plan"), File).Gives(HttpStatusCode.OK);

        Assert.False(plan.GetProperty("valid").GetBoolean());
        Assert.Contains(plan.GetProperty("problems").EnumerateArray(), problem => problem.Text("code") == "programme-exists" && problem.Text("path") == "slug");
    }

    [Fact]
    public async Task A_forecast_counts_by_wave_and_never_tells_what_fewer_than_k_people_know()
    {
        var staff = await Staff.Of(service, ("Chief", "executive"), ("Senior", "senior"), ("Manager", "established"), ("J1", "early"), ("J2", "early"), ("J3", "early"), ("J4", "early"), ("J5", "early"));
        using var admin = staff.Admin();
        await Offers(staff, 4);
        var forecast = (await admin.PostYaml(staff.Unit.At("programmes/plan"), File).Gives(HttpStatusCode.OK)).GetProperty("forecast");

        Assert.Equal([("sponsor", 1), ("executives", 1)], forecast.GetProperty("waves").EnumerateArray().Select(wave => (wave.Text("name"), wave.GetProperty("eligibleMentees").GetInt32())));
        Assert.Equal(JsonValueKind.Null, forecast.GetProperty("mentorsWhoOffer").ValueKind);

        await Offers(staff, 5);
        forecast = (await admin.PostYaml(staff.Unit.At("programmes/plan"), $"{File}\nmentors: {{ places: 3 }}\nmentees: {{ capacity: 2 }}").Gives(HttpStatusCode.OK)).GetProperty("forecast");
        Assert.Equal((5, 3), (forecast.GetProperty("mentorsWhoOffer").GetInt32(), forecast.GetProperty("capacity").GetInt32()));
    }

    [Fact]
    public async Task Whoever_creates_a_programme_is_told_of_wording_at_once()
    {
        var staff = await Staff.Of(service, ("Chief", "executive"), ("Manager", "established"));
        using var admin = staff.Admin();

        var created = await admin.PostYaml(staff.Unit.At("programmes"), File.Replace("Executives decide", "Bring leaders up to speed, for executives decide", StringComparison.Ordinal)).Gives(HttpStatusCode.Created);

        Assert.Equal("gap.sentence", created.GetProperty("warnings")[0].Text("path"));
    }

    [Fact]
    public async Task An_expansion_opens_the_programme_that_the_file_names()
    {
        var staff = await Running("\nopens: { programme: everywhere }");
        using var admin = staff.Admin();
        using var manager = staff.As("Manager");
        var id = (await admin.Get(staff.Unit.At("programmes/ai"), HttpStatusCode.OK)).GetProperty("id").GetGuid();
        var review = new ReviewPublished(Guid.CreateVersion7(service.Clock.GetUtcNow()), 1, id, Green: true, [new("sessions-held", true, 0.9m, "Held.")]);
        await service.Publish(staff.Unit, review);
        await Eventually.Holds(async () => Assert.NotEqual(
            JsonValueKind.Null, (await admin.Get(staff.Unit.At("programmes/ai"), HttpStatusCode.OK)).GetProperty("expansion").GetProperty("latestReview").ValueKind));

        await admin.Post(staff.Unit.At("programmes/ai/expand"), new { }).IsRefused(422, "opens-missing");
        await admin.PostYaml(staff.Unit.At("programmes"), File.Replace("slug: ai", "slug: everywhere", StringComparison.Ordinal).Replace("managers: [manager@example.org]", "", StringComparison.Ordinal)).Gives(HttpStatusCode.Created);
        // The manager makes the first one and not the second.
        await manager.Post(staff.Unit.At("programmes/ai/expand"), new { }).IsRefused(422, "opens-missing");
        await admin.Post(staff.Unit.At("programmes/ai/expand"), new { }).Gives(HttpStatusCode.OK);

        Assert.Equal("everywhere", (await service.Bus.Of<ProgrammeOpened>(staff.Unit, opened => opened.ProgrammeId != id)).Programme.Slug);
        Assert.Equal("open", (await admin.Get(staff.Unit.At("programmes/everywhere"), HttpStatusCode.OK)).Text("state"));
    }

    private static async Task Offers(Staff staff, int people)
    {
        for (var i = 1; i <= people; i++)
        {
            using var junior = staff.As($"J{i}");
            using var told = new HttpRequestMessage(HttpMethod.Put, staff.Unit.At("knowledge/mine"))
            {
                Content = JsonContent.Create(new { offers = new[] { new { topic = "prompt-writing", level = 4 } }, needs = Array.Empty<object>() }),
            };
            told.Headers.TryAddWithoutValidation("If-Match", "*");
            await junior.SendAsync(told).Gives(HttpStatusCode.OK);
        }
    }

    private async Task<Staff> Draft(string more = "")
    {
        var staff = await Staff.Of(service, ("Chief", "executive"), ("Senior", "senior"), ("Manager", "established"), ("Junior", "early"));
        using var admin = staff.Admin();
        await admin.PostYaml(staff.Unit.At("programmes"), File + more).Gives(HttpStatusCode.Created);
        return staff;
    }

    /// <summary>Open, with one mentor and one mentee.</summary>
    private async Task<Staff> Running(string more = "")
    {
        var staff = await Draft(more);
        using var admin = staff.Admin();
        await admin.Post(staff.Unit.At("programmes/ai/open")).Gives(HttpStatusCode.OK);
        foreach (var (name, side) in new[] { ("Junior", "mentor"), ("Chief", "mentee") })
        {
            using var person = staff.As(name);
            await person.Post(staff.Unit.At("enrolments"), new { programme = "ai", side, consent = true }).Gives(HttpStatusCode.Created);
        }
        return staff;
    }

    private static string Spelt(string waves) =>
        waves.Replace("SPONSOR", Sponsor, StringComparison.Ordinal).Replace("EXECUTIVES", Executives, StringComparison.Ordinal);

    private static string Tag(JsonElement existing) => $"\"{existing.GetProperty("version").GetInt64()}\"";

    private static async Task<HttpResponseMessage> Apply(HttpClient client, Staff staff, string file, string tag)
    {
        var type = file.StartsWith('{') ? "application/json" : "application/yaml";
        using var request = new HttpRequestMessage(HttpMethod.Post, staff.Unit.At("programmes/ai/apply")) { Content = new StringContent(file, System.Text.Encoding.UTF8, type) };
        request.Headers.TryAddWithoutValidation("If-Match", tag);
        return await client.SendAsync(request);
    }
}
