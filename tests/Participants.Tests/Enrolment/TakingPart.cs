using System.Net;
using System.Text.Json;
using Mentoring.Contracts.Participants;
using Mentoring.Participants.Preparation;
using Mentoring.Participants.Tests.Programmes;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Tests.Enrolment;

public sealed class TakingPart(ParticipantsService service)
{
    [Fact]
    public async Task What_is_shown_first_is_exactly_what_is_shared()
    {
        var staff = await Running();
        using var junior = staff.As("Junior");

        var preview = await junior.Get(staff.Unit.At("enrolments/preview?programme=ai&side=mentor&shareLocation=false"), HttpStatusCode.OK);
        var enrolled = await Enrol(junior, staff, "mentor", new { programme = "ai", side = "mentor", consent = true, snapshot = new { shareLocation = false } });

        Assert.Equal(preview.GetProperty("snapshot").ToString(), enrolled.GetProperty("snapshot").ToString());
        Assert.Equal(JsonValueKind.Null, enrolled.GetProperty("snapshot").GetProperty("location").ValueKind);
        var fact = await service.Bus.Of<ParticipantChanged>(staff.Unit);
        Assert.Equal((1L, staff["Junior"], Side.Mentor, false, null), (fact.Version, fact.PersonId, fact.Side, fact.Ready, fact.Wave));
        Assert.Null(fact.Snapshot.Location);
        await service.Bus.Of<PersonChanged>(staff.Unit, person => person.PersonId == staff["Junior"]);
        Assert.Single(await service.In(staff.Unit, db => db.Consents.Where(consent => consent.Given).ToListAsync()));
    }

    [Fact]
    public async Task Lived_experience_is_shared_by_a_mentor_who_says_so_and_working_style_with_the_interests()
    {
        var staff = await Running();
        using var junior = staff.As("Junior");
        await Tell(junior, staff, new { offers = Array.Empty<object>(), needs = Array.Empty<object>(), workingStyle = new[] { "in writing" }, livedExperience = new[] { "Night shifts" } });

        var preview = await junior.Get(staff.Unit.At("enrolments/preview?programme=ai&side=mentor"), HttpStatusCode.OK);
        Assert.Equal(JsonValueKind.Null, preview.GetProperty("snapshot").GetProperty("livedExperience").ValueKind);
        Assert.Equal("in writing", preview.GetProperty("snapshot").GetProperty("workingStyle")[0].GetString());
        preview = await junior.Get(staff.Unit.At("enrolments/preview?programme=ai&side=mentor&shareLivedExperience=true&shareInterests=false"), HttpStatusCode.OK);
        var enrolled = await Enrol(junior, staff, "mentor", new { programme = "ai", side = "mentor", consent = true, snapshot = new { shareInterests = false, shareLivedExperience = true } });

        Assert.Equal(preview.GetProperty("snapshot").ToString(), enrolled.GetProperty("snapshot").ToString());
        var fact = await service.Bus.Of<ParticipantChanged>(staff.Unit);
        Assert.Equal(["Night shifts"], fact.Snapshot.LivedExperience!);
        Assert.Null(fact.Snapshot.WorkingStyle);

        // Taken back, it goes everywhere; a mentee's is not shared at all.
        await Tell(junior, staff, new { offers = Array.Empty<object>(), needs = Array.Empty<object>() });
        Assert.Null((await service.Bus.Of<ParticipantChanged>(staff.Unit, told => told.Version == 2)).Snapshot.LivedExperience);
        using var senior = staff.As("Senior");
        await Tell(senior, staff, new { offers = Array.Empty<object>(), needs = Array.Empty<object>(), livedExperience = new[] { "Emigrated" } });
        await Enrol(senior, staff, "mentee", new { programme = "ai", side = "mentee", consent = true, snapshot = new { shareLivedExperience = true } });
        Assert.Null((await service.Bus.Of<ParticipantChanged>(staff.Unit, told => told.PersonId == staff["Senior"])).Snapshot.LivedExperience);
    }

    [Fact]
    public async Task A_mentee_is_ready_by_consent_and_belongs_to_a_wave()
    {
        var staff = await Running();
        using var chief = staff.As("Chief");
        using var senior = staff.As("Senior");

        await Enrol(chief, staff, "mentee");
        await Enrol(senior, staff, "mentee");

        Assert.Equal("sponsor", (await service.Bus.Of<ParticipantChanged>(staff.Unit, fact => fact.PersonId == staff["Chief"])).Wave);
        Assert.Equal("executives", (await service.Bus.Of<ParticipantChanged>(staff.Unit, fact => fact.PersonId == staff["Senior"] && fact.Ready)).Wave);
        await service.Bus.Of<ParticipantReady>(staff.Unit, fact => fact.PersonId == staff["Senior"]);
    }

    [Theory]
    [InlineData("Junior", "mentee", true, "not-eligible")]
    [InlineData("Chief", "mentor", true, "not-eligible")]
    [InlineData("Junior", "mentor", false, "consent-missing")]
    public async Task Nobody_takes_part_without_consent_or_on_a_side_that_is_not_theirs(string name, string side, bool consent, string code)
    {
        var staff = await Running();
        using var person = staff.As(name);

        await person.Post(staff.Unit.At("enrolments"), new { programme = "ai", side, consent }).IsRefused(422, code);
    }

    [Fact]
    public async Task A_consent_to_what_was_shown_is_not_taken_for_anything_else()
    {
        var staff = await Running();
        using var junior = staff.As("Junior");
        var looked = await Shown("");
        Assert.Equal(looked, await Shown(""));

        // Another choice shows something else, as does what one tells of oneself meanwhile.
        await Refused(new { programme = "ai", side = "mentor", consent = true, shown = looked, snapshot = new { shareLocation = false } });
        await Refused(new { programme = "ai", side = "mentor", consent = true, shown = looked, briefManager = false });
        await Tell(junior, staff, new { offers = new[] { new { topic = "prompt-writing", level = 4 } }, needs = Array.Empty<object>() });
        await Refused(new { programme = "ai", side = "mentor", consent = true, shown = looked });
        Assert.Empty(await service.In(staff.Unit, db => db.Participants.ToListAsync()));
        Assert.Empty(await service.In(staff.Unit, db => db.Consents.ToListAsync()));

        await Enrol(junior, staff, "mentor", new
        {
            programme = "ai", side = "mentor", consent = true, shown = await Shown("&shareLocation=false&briefManager=false"), snapshot = new { shareLocation = false }, briefManager = false,
        });

        async Task<string?> Shown(string choices) =>
            (await junior.Get(staff.Unit.At($"enrolments/preview?programme=ai&side=mentor{choices}"), HttpStatusCode.OK)).Text("shown");
        Task<JsonElement> Refused(object request) => junior.Post(staff.Unit.At("enrolments"), request).IsRefused(409, "preview-changed");
    }

    [Fact]
    public async Task Nobody_enrols_another_whatever_their_role()
    {
        var staff = await Running();
        using var admin = staff.Admin();

        foreach (var asAnother in new[] { "personId", "person", "email" })
        {
            await admin.Post(staff.Unit.At("enrolments"), new Dictionary<string, object>
            {
                ["programme"] = "ai", ["side"] = "mentor", ["consent"] = true, [asAnother] = asAnother == "email" ? Staff.Email("Junior") : staff["Junior"],
            }).IsRefused(400, "unknown-field");
        }
        Assert.Empty(await service.In(staff.Unit, db => db.Participants.ToListAsync()));
    }

    [Fact]
    public async Task Whatever_changes_the_person_at_that_moment_is_waited_for()
    {
        var staff = await Running();
        using var junior = staff.As("Junior");

        // As an import does, or the brief to somebody whose own people enrol at the same time.
        await service.AskDuring(
            staff.Unit,
            $"update people set family_name = 'Newly-Wed', version = version + 1 where id = {staff["Junior"]}",
            () => junior.Post(staff.Unit.At("enrolments"), new { programme = "ai", side = "mentor", consent = true })).Gives(HttpStatusCode.Created);
        Assert.EndsWith("Newly-Wed", (await service.Bus.Of<PersonChanged>(staff.Unit, person => person.PersonId == staff["Junior"])).Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_leaves_at_that_moment_does_not_take_part()
    {
        var staff = await Running();
        using var junior = staff.As("Junior");

        await service.AskDuring(
            staff.Unit,
            $"update people set gone = true, version = version + 1 where id = {staff["Junior"]}",
            () => junior.Post(staff.Unit.At("enrolments"), new { programme = "ai", side = "mentor", consent = true })).IsRefused(422, "not-eligible");
        Assert.Empty(await service.In(staff.Unit, db => db.Participants.ToListAsync()));
    }

    [Fact]
    public async Task Enrolling_twice_is_refused_also_at_once()
    {
        var staff = await Running();
        using var junior = staff.As("Junior");
        var request = new { programme = "ai", side = "mentor", consent = true };

        var both = await Task.WhenAll(junior.Post(staff.Unit.At("enrolments"), request), junior.Post(staff.Unit.At("enrolments"), request));

        Assert.Equal([201, 409], both.Select(answer => (int)answer.StatusCode).Order());
        await junior.Post(staff.Unit.At("enrolments"), request).IsRefused(409, "already-enrolled");
    }

    [Fact]
    public async Task A_mentor_is_ready_only_when_prepared()
    {
        var staff = await Running();
        using var junior = staff.As("Junior");
        await Enrol(junior, staff, "mentor");
        var modules = (await junior.Get(staff.Unit.At("preparation/modules?programme=ai&side=mentor"), HttpStatusCode.OK)).GetProperty("items");
        Assert.Equal(["mentoring-someone-senior", "safety"], modules.EnumerateArray().Select(module => module.Text("name")));
        Assert.DoesNotContain("\"answer\"", modules.ToString(), StringComparison.Ordinal);

        var wrong = await Complete(junior, staff, "safety", [0, 0, 0]).IsRefused(422, "check-not-passed");
        Assert.Equal(3, wrong.GetProperty("errors").EnumerateObject().Count());
        var first = await Complete(junior, staff, "safety").Gives(HttpStatusCode.OK);
        Assert.Equal("mentoring-someone-senior", Assert.Single(first.GetProperty("remaining").EnumerateArray()).GetString());
        Assert.False((await service.Bus.Of<ParticipantChanged>(staff.Unit)).Ready);
        Assert.Empty(service.Bus.All<PreparationDone>(staff.Unit));
        Assert.Empty(service.Bus.All<ParticipantReady>(staff.Unit));
        await Complete(junior, staff, "mentoring-someone-senior").Gives(HttpStatusCode.OK);
        await Complete(junior, staff, "mentoring-someone-senior").Gives(HttpStatusCode.OK);

        await service.Bus.Of<ParticipantChanged>(staff.Unit, fact => fact is { Prepared: true, Ready: true, Version: 2 });
        await service.Bus.Of<ParticipantReady>(staff.Unit);
        await service.Bus.Of<PreparationDone>(staff.Unit);
        Assert.Single(service.Bus.All<PreparationDone>(staff.Unit));
        await Complete(junior, staff, "being-mentored").IsRefused(404, "not-found");
        using var senior = staff.As("Senior");
        await Complete(senior, staff, "safety").IsRefused(422, "not-enrolled");
    }

    [Fact]
    public async Task Pausing_takes_somebody_out_of_matching_and_resuming_brings_them_back()
    {
        var staff = await Running();
        using var senior = staff.As("Senior");
        var id = (await Enrol(senior, staff, "mentee")).Text("id");

        await senior.Post(staff.Unit.At($"enrolments/{id}/pause")).Gives(HttpStatusCode.OK);
        await service.Bus.Of<ParticipantChanged>(staff.Unit, fact => fact is { Version: 2, Ready: false });
        await senior.Post(staff.Unit.At($"enrolments/{id}/pause")).IsRefused(409, "already-paused");
        await senior.Post(staff.Unit.At($"enrolments/{id}/resume")).Gives(HttpStatusCode.OK);
        await service.Bus.Of<ParticipantChanged>(staff.Unit, fact => fact is { Version: 3, Ready: true });
        await senior.Post(staff.Unit.At($"enrolments/{id}/resume")).IsRefused(409, "not-paused");
    }

    [Fact]
    public async Task Withdrawing_takes_the_consent_back_and_one_may_come_back_as_new()
    {
        var staff = await Running();
        using var senior = staff.As("Senior");
        var id = (await Enrol(senior, staff, "mentee")).GetProperty("id").GetGuid();

        using var other = staff.As("Chief");
        await other.Post(staff.Unit.At($"enrolments/{id}/withdraw")).IsRefused(404, "not-found");
        await senior.Post(staff.Unit.At($"enrolments/{id}/withdraw")).Gives(HttpStatusCode.NoContent);

        Assert.Equal(2, (await service.Bus.Of<ParticipantWithdrawn>(staff.Unit, fact => fact.ParticipantId == id)).Version);
        Assert.Equal([true, false], await service.In(staff.Unit, db => db.Consents.OrderByDescending(consent => consent.Given).Select(consent => consent.Given).ToListAsync()));
        var kept = await service.In(staff.Unit, db => db.Participants.Where(one => one.Id == id).Select(one => one.Snapshot).SingleAsync());
        Assert.Equal(("", "", default, default, default), (kept.UnitPath, kept.TimeZone, kept.Stage, kept.DayStartsAt, kept.DayEndsAt));
        Assert.Empty(kept.Languages);
        await senior.Post(staff.Unit.At($"enrolments/{id}/withdraw")).IsRefused(409, "already-withdrawn");
        Assert.NotEqual(id, (await Enrol(senior, staff, "mentee")).GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task What_somebody_learns_is_shared_by_the_same_consent()
    {
        var staff = await Running();
        using var senior = staff.As("Senior");
        await Enrol(senior, staff, "mentee");

        using var knowledge = new HttpRequestMessage(HttpMethod.Put, staff.Unit.At("knowledge/mine"))
        {
            Content = System.Net.Http.Json.JsonContent.Create(new
            {
                offers = Array.Empty<object>(),
                needs = new[] { new { topic = "prompt-writing", level = 4, priority = true } },
            }),
        };
        knowledge.Headers.TryAddWithoutValidation("If-Match", "*");
        await senior.SendAsync(knowledge).Gives(HttpStatusCode.OK);

        var fact = await service.Bus.Of<ParticipantChanged>(staff.Unit, fact => fact.Version == 2);
        Assert.Equal(new TopicLevel("prompt-writing", "prompt writing", 4, true), Assert.Single(fact.Snapshot.Needs));
    }

    [Fact]
    public async Task A_grade_is_part_of_what_is_shown_and_shared_and_a_new_one_is_told()
    {
        var staff = await Running();
        const string header = "externalId,givenName,familyName,email,managerExternalId,grade\n";
        await staff.Import(header + "Junior,Junior,Example,junior@example.org,Chief,3\n");
        using var junior = staff.As("Junior");

        var preview = await junior.Get(staff.Unit.At("enrolments/preview?programme=ai&side=mentor"), HttpStatusCode.OK);
        Assert.Equal(3, preview.GetProperty("snapshot").GetProperty("grade").GetInt32());
        await Enrol(junior, staff, "mentor");
        Assert.Equal(3, (await service.Bus.Of<ParticipantChanged>(staff.Unit)).Snapshot.Grade);
        Assert.Equal(3, Assert.Single(await service.In(staff.Unit, db => db.Consents.ToListAsync())).Snapshot!.Grade);

        await staff.Import(header + "Junior,Junior,Example,junior@example.org,Chief,4\n");
        Assert.Equal(4, (await service.Bus.Of<ParticipantChanged>(staff.Unit, fact => fact.Version == 2)).Snapshot.Grade);
    }

    [Theory]
    [InlineData("Junior", "mentor", "offer")]
    [InlineData("Senior", "mentee", "need")]
    public async Task Where_people_choose_one_another_that_is_said_before_the_consent_and_kept_with_it(string name, string side, string topics)
    {
        var staff = await Running("matching: { mode: self-chosen }");
        using var person = staff.As(name);

        var preview = await person.Get(staff.Unit.At($"enrolments/preview?programme=ai&side={side}"), HttpStatusCode.OK);
        var enrolled = await Enrol(person, staff, side);

        var words = Assert.Single(preview.GetProperty("shownTo").EnumerateArray(), shown => shown.Text("whom") == "possible-partners").Text("words");
        Assert.Contains($"your name, your title and the topics that you {topics}, before anything is proposed", words, StringComparison.Ordinal);
        Assert.Equal(Told(preview), Told(enrolled));
        var consent = await service.In(staff.Unit, db => db.Consents.SingleAsync());
        Assert.Equal(words, Assert.Single(consent.ShownTo!, shown => shown.Whom == "possible-partners").Words);
    }

    [Fact]
    public async Task Where_the_whole_pool_is_matched_nobody_is_shown_before_a_proposal()
    {
        var staff = await Running();
        using var junior = staff.As("Junior");

        var preview = await junior.Get(staff.Unit.At("enrolments/preview?programme=ai&side=mentor"), HttpStatusCode.OK);

        Assert.Equal(["matching", "proposed-partner", "partner", "programme-managers", "line-manager"], preview.GetProperty("shownTo").EnumerateArray().Select(shown => shown.Text("whom")));
    }

    [Fact]
    public async Task Whoever_leaves_the_unit_is_withdrawn()
    {
        var staff = await Running();
        using var senior = staff.As("Senior");
        await Enrol(senior, staff, "mentee");

        await service.Publish(staff.Unit, new PersonLeft(staff["Senior"], 99));

        await service.Bus.Of<ParticipantWithdrawn>(staff.Unit, fact => fact.PersonId == staff["Senior"]);
    }

    [Fact]
    public async Task Only_the_programmes_makers_see_who_takes_part()
    {
        var staff = await Running();
        using var junior = staff.As("Junior");
        await Enrol(junior, staff, "mentor");
        using var admin = staff.Admin();

        var items = (await admin.Get(staff.Unit.At("enrolments?programme=ai&side=mentor&state=active"), HttpStatusCode.OK)).GetProperty("items");
        Assert.Equal("Junior Example", Assert.Single(items.EnumerateArray()).Text("name"));
        await junior.GetAsync(staff.Unit.At("enrolments?programme=ai")).IsRefused(403, "role-missing");
        var mine = (await junior.Get(staff.Unit.At("enrolments/mine"), HttpStatusCode.OK)).GetProperty("items");
        Assert.Equal(2, Assert.Single(mine.EnumerateArray()).GetProperty("remaining").GetArrayLength());
    }

    /// <summary>All but the line manager, who is told when it begins and then no more.</summary>
    private static IEnumerable<string?> Told(JsonElement view) =>
        view.GetProperty("shownTo").EnumerateArray().Where(shown => shown.Text("whom") != "line-manager").Select(shown => shown.Text("words"));

    private async Task<Staff> Running(string more = "")
    {
        var staff = await Staff.Of(service, ("Chief", "executive"), ("Senior", "senior"), ("Manager", "established"), ("Junior", "early"));
        using var admin = staff.Admin();
        await admin.PostYaml(staff.Unit.At("programmes"), $"{CreatingAProgramme.File}\nslug: ai\n{more}").Gives(HttpStatusCode.Created);
        await admin.Post(staff.Unit.At("programmes/ai/open")).Gives(HttpStatusCode.OK);
        return staff;
    }

    private static Task<JsonElement> Enrol(HttpClient client, Staff staff, string side, object? request = null) =>
        client.Post(staff.Unit.At("enrolments"), request ?? new { programme = "ai", side, consent = true }).Gives(HttpStatusCode.Created);

    private static Task<HttpResponseMessage> Complete(HttpClient client, Staff staff, string module, int[]? answers = null) =>
        client.Post(staff.Unit.At($"preparation/modules/{module}/complete"), new
        {
            programme = "ai",
            side = "mentor",
            answers = answers ?? [.. PreparationModules.Find(module)!.Check.Select(asked => asked.Answer)],
        });

    private static async Task Tell(HttpClient client, Staff staff, object told)
    {
        using var put = new HttpRequestMessage(HttpMethod.Put, staff.Unit.At("knowledge/mine")) { Content = System.Net.Http.Json.JsonContent.Create(told) };
        put.Headers.TryAddWithoutValidation("If-Match", "*");
        await client.SendAsync(put).Gives(HttpStatusCode.OK);
    }
}
