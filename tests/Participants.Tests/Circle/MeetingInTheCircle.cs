using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Mentoring.Contracts.Participants;
using Mentoring.Contracts.Scheduling;
using Mentoring.Participants.Tests.Programmes;
using Mentoring.Tenancy;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Tests.Circle;

public sealed class MeetingInTheCircle(ParticipantsService service)
{
    [Fact]
    public async Task A_mentor_joins_by_choice_and_sees_the_others_who_did()
    {
        var staff = await Running();
        await Enrol(staff, "Ada", "Ben");
        using var ada = staff.As("Ada");
        using var ben = staff.As("Ben");

        var before = await ada.Get(staff.Unit.At("circle?programme=ai"), HttpStatusCode.OK);
        Assert.Equal(("0", "False", "False"), (before.GetProperty("members").ToString(), before.GetProperty("member").ToString(), before.GetProperty("mayArrange").ToString()));
        await ada.GetAsync(staff.Unit.At("circle/members?programme=ai")).IsRefused(409, "not-in-circle");
        await Join(ada, staff);
        await Join(ada, staff);
        await Join(ben, staff);

        Assert.Equal(["Ada Example", "Ben Example"], (await Members(ada, staff)).Select(member => member.Text("name")).Order());
        await ben.Post(staff.Unit.At("circle/leave"), new { programme = "ai" }).Gives(HttpStatusCode.OK);
        Assert.Equal("Ada Example", Assert.Single(await Members(ada, staff)).Text("name"));
        await ben.GetAsync(staff.Unit.At("circle/meetings?programme=ai")).IsRefused(409, "not-in-circle");
    }

    [Fact]
    public async Task For_everybody_who_does_not_mentor_there_the_circle_does_not_exist()
    {
        var staff = await Running();
        await Enrol(staff, "Ada");
        var meeting = await Called(staff);
        var other = await Running();
        await Enrol(other, "Ada");
        foreach (var (name, unit) in new[] { ("Senior", staff), ("Chief", staff), ("Ada", other) })
        {
            using var stranger = unit.As(name);
            foreach (var path in new[] { "circle", "circle/members", "circle/meetings", "circle/accompaniments" })
                await stranger.GetAsync(staff.Unit.At($"{path}?programme={(unit == other ? "ai-of-others" : "ai")}")).IsRefused(404, "not-found");
            await stranger.GetAsync(unit.Unit.At($"circle/meetings/{meeting}")).IsRefused(404, "not-found");
            await stranger.Post(unit.Unit.At($"circle/meetings/{meeting}/cancel")).IsRefused(404, "not-found");
        }
    }

    [Fact]
    public async Task Whoever_manages_the_programme_calls_meetings_and_learns_of_nobody()
    {
        var staff = await Running();
        await Enrol(staff, "Ada");
        using var ada = staff.As("Ada");
        await Join(ada, staff);
        using var manager = await Manager(staff);

        var called = await manager.Post(staff.Unit.At("circle/meetings"), NewMeeting()).Gives(HttpStatusCode.Created);

        var told = await service.Bus.Of<CircleMeetingArranged>(staff.Unit);
        Assert.Equal((called.GetProperty("id").GetGuid(), 1L, false), (told.MeetingId, told.Version, told.Cancelled));
        Assert.Equal(staff["Ada"], Assert.Single(told.MemberIds));
        Assert.Equal("1", (await manager.Get(staff.Unit.At("circle?programme=ai"), HttpStatusCode.OK)).GetProperty("members").ToString());
        await manager.GetAsync(staff.Unit.At("circle/members?programme=ai")).IsRefused(409, "not-in-circle");
        await manager.GetAsync(staff.Unit.At("circle/accompaniments?programme=ai")).IsRefused(409, "not-in-circle");
        await manager.Post(staff.Unit.At("circle/join"), new { programme = "ai" }).IsRefused(409, "not-a-mentor");
    }

    [Fact]
    public async Task Alumni_edit_the_agenda_without_waking_anybody_and_new_mentors_cannot()
    {
        var staff = await Running();
        await Enrol(staff, "Ada", "Ben");
        using var ada = staff.As("Ada");
        using var ben = staff.As("Ben");
        await Join(ada, staff);
        await Join(ben, staff);
        await Ended(staff, "Ada", early: false);
        await Ended(staff, "Ben", early: true);
        var id = await Called(staff);

        await Change(ben, staff, id, "\"1\"", Plan(agenda: ["Mine"])).IsRefused(403, "not-an-alumnus");
        await Change(ada, staff, id, null, Plan(agenda: ["First"])).IsRefused(428, "precondition-required");
        await Change(ada, staff, id, "\"7\"", Plan(agenda: ["First"])).IsRefused(412, "stale");
        var changed = await Change(ada, staff, id, "\"1\"", Plan(agenda: ["What surprised us", " How to listen "])).Gives(HttpStatusCode.OK);
        Assert.Equal(["What surprised us", "How to listen"], changed.GetProperty("agenda").EnumerateArray().Select(point => point.GetString()));
        await Change(ada, staff, id, "\"2\"", Plan(place: "Canteen", agenda: ["One"])).Gives(HttpStatusCode.OK);

        var moved = await service.Bus.Of<CircleMeetingArranged>(staff.Unit, fact => fact.Place == "Canteen");
        Assert.Equal(2, moved.Version);
        Assert.Equal(2, service.Bus.All<CircleMeetingArranged>(staff.Unit).Count);
        Assert.Equal([true, false], (await Members(ben, staff)).OrderBy(member => member.Text("name")).Select(member => member.GetProperty("alumnus").GetBoolean()));
    }

    [Fact]
    public async Task A_cancelled_or_past_meeting_changes_no_more()
    {
        var staff = await Running();
        using var manager = await Manager(staff);
        var cancelled = await Called(staff);
        await manager.Post(staff.Unit.At($"circle/meetings/{cancelled}/cancel")).Gives(HttpStatusCode.OK);
        Assert.True((await service.Bus.Of<CircleMeetingArranged>(staff.Unit, fact => fact.Cancelled)).MemberIds.Count == 0);
        await manager.Post(staff.Unit.At($"circle/meetings/{cancelled}/cancel")).IsRefused(409, "meeting-cancelled");
        await Change(manager, staff, cancelled, "\"2\"", Plan()).IsRefused(409, "meeting-cancelled");

        var past = await Called(staff);
        service.Clock.Advance(TimeSpan.FromDays(8));
        await Change(manager, staff, past, "\"1\"", Plan()).IsRefused(409, "meeting-begun");
        Assert.Empty((await manager.Get(staff.Unit.At("circle/meetings?programme=ai"), HttpStatusCode.OK)).GetProperty("items").EnumerateArray());
        var first = await manager.Get(staff.Unit.At("circle/meetings?programme=ai&past=true&limit=1"), HttpStatusCode.OK);
        var second = await manager.Get(staff.Unit.At($"circle/meetings?programme=ai&past=true&limit=1&after={first.Text("next")}"), HttpStatusCode.OK);
        Assert.Equal(
            new[] { cancelled, past }.Order(),
            new[] { first, second }.Select(page => Assert.Single(page.GetProperty("items").EnumerateArray()).GetProperty("id").GetGuid()).Order());
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task What_makes_no_meeting_is_refused_by_field()
    {
        var staff = await Running();
        using var manager = await Manager(staff);
        var at = staff.Unit.At("circle/meetings");

        var invalid = await manager.Post(at, new { programme = "ai", title = " ", startsAt = Now.AddDays(1), minutes = 5, place = new string('x', 201), agenda = new[] { "" } }).IsRefused(400, "invalid");
        Assert.Equal(["agenda", "minutes", "place", "title"], invalid.GetProperty("errors").EnumerateObject().Select(field => field.Name).Order());
        await manager.Post(at, new { programme = "ai", title = "Too late", startsAt = Now.AddMinutes(-1), minutes = 60, place = "Here" }).IsRefused(422, "meeting-in-the-past");
        await manager.Post(at, new { programme = "none", title = "Nowhere", startsAt = Now.AddDays(1), minutes = 60, place = "Here" }).IsRefused(404, "not-found");
    }

    [Fact]
    public async Task Where_the_programme_has_a_forum_its_rhythm_says_when_the_next_is_due()
    {
        var staff = await Running("forum: { name: Mentors' forum, every: P3M }");
        using var manager = await Manager(staff);
        var opened = Now;

        var quiet = await manager.Get(staff.Unit.At("circle?programme=ai"), HttpStatusCode.OK);
        Assert.Equal(("Mentors' forum", "P3M"), (quiet.Text("name"), quiet.Text("every")));
        Assert.Equal(opened.AddMonths(3).Date, quiet.GetProperty("dueBy").GetDateTimeOffset().Date);
        await Called(staff);
        var called = await manager.Get(staff.Unit.At("circle?programme=ai"), HttpStatusCode.OK);

        Assert.Equal(JsonValueKind.Null, called.GetProperty("dueBy").ValueKind);
        Assert.Equal(Now.AddDays(7), called.GetProperty("nextAt").GetDateTimeOffset(), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Whoever_withdraws_is_out_at_once_and_an_alumnus_may_come_back()
    {
        var staff = await Running();
        await Enrol(staff, "Ada", "Ben");
        using var ada = staff.As("Ada");
        using var ben = staff.As("Ben");
        await Join(ada, staff);
        await Join(ben, staff);
        await Ended(staff, "Ada", early: false);
        service.Clock.Advance(TimeSpan.FromMinutes(1));

        foreach (var person in new[] { ada, ben })
        {
            var part = Assert.Single((await person.Get(staff.Unit.At("enrolments/mine"), HttpStatusCode.OK)).GetProperty("items").EnumerateArray()).GetProperty("id").GetGuid();
            await person.Post(staff.Unit.At($"enrolments/{part}/withdraw")).Gives(HttpStatusCode.NoContent);
        }

        await ben.GetAsync(staff.Unit.At("circle?programme=ai")).IsRefused(404, "not-found");
        await ada.GetAsync(staff.Unit.At("circle/members?programme=ai")).IsRefused(409, "not-in-circle");
        service.Clock.Advance(TimeSpan.FromMinutes(1));
        await Join(ada, staff);
        Assert.Equal("Ada Example", Assert.Single(await Members(ada, staff)).Text("name"));

        await service.Publish(staff.Unit, new PersonLeft(staff["Ada"], 99));
        await Eventually.Holds(async () => Assert.Equal(
            (0, 0), await service.In(staff.Unit, async db => (await db.Alumni.CountAsync(), await db.CircleMembers.CountAsync(member => member.PersonId == staff["Ada"])))));
    }

    private DateTimeOffset Now => service.Clock.GetUtcNow();

    private async Task<Staff> Running(string more = "")
    {
        var staff = await Staff.Of(service, ("Chief", "executive"), ("Senior", "senior"), ("Manager", "established"), ("Ada", "early"), ("Ben", "early"));
        using var admin = staff.Admin();
        await admin.PostYaml(staff.Unit.At("programmes"), $"{CreatingAProgramme.File}\nslug: ai\n{more}").Gives(HttpStatusCode.Created);
        await admin.Post(staff.Unit.At("programmes/ai/open")).Gives(HttpStatusCode.OK);
        return staff;
    }

    private static async Task Enrol(Staff staff, params string[] names)
    {
        foreach (var name in names)
        {
            using var person = staff.As(name);
            await person.Post(staff.Unit.At("enrolments"), new { programme = "ai", side = "mentor", consent = true }).Gives(HttpStatusCode.Created);
        }
    }

    private async Task<HttpClient> Manager(Staff staff) => staff.As("Manager", (await ProgrammeOf(staff), Roles.ProgrammeManager));

    private Task<Guid> ProgrammeOf(Staff staff) => service.In(staff.Unit, db => db.Programmes.Select(programme => programme.Id).SingleAsync());

    private async Task<Guid> Called(Staff staff)
    {
        using var manager = await Manager(staff);
        return (await manager.Post(staff.Unit.At("circle/meetings"), NewMeeting()).Gives(HttpStatusCode.Created)).GetProperty("id").GetGuid();
    }

    /// <summary>As Scheduling tells of a pair whose time is over.</summary>
    private async Task Ended(Staff staff, string mentor, bool early)
    {
        var ended = new PartnershipEnded(Guid.CreateVersion7(), 3, await ProgrammeOf(staff), staff[mentor], staff["Senior"], early);
        await service.Publish(staff.Unit, ended);
        await Eventually.Holds(async () => Assert.True(await service.In(staff.Unit, db => db.ProgrammePairs.AnyAsync(pair => pair.PairId == ended.PartnershipId))));
        if (!early)
            await Eventually.Holds(async () => Assert.True(await service.In(staff.Unit, db => db.Alumni.AnyAsync(alumnus => alumnus.PersonId == staff[mentor]))));
    }

    private object NewMeeting() => new { programme = "ai", title = "Mentors' forum", startsAt = Now.AddDays(7), minutes = 60, place = "Room 3" };

    private object Plan(string place = "Room 3", string[]? agenda = null) => new { title = "Mentors' forum", startsAt = Now.AddDays(7), minutes = 60, place, agenda = agenda ?? [] };

    private static Task<JsonElement> Join(HttpClient person, Staff staff) => person.Post(staff.Unit.At("circle/join"), new { programme = "ai" }).Gives(HttpStatusCode.OK);

    private static async Task<IReadOnlyList<JsonElement>> Members(HttpClient person, Staff staff) =>
        [.. (await person.Get(staff.Unit.At("circle/members?programme=ai"), HttpStatusCode.OK)).GetProperty("items").EnumerateArray()];

    private static async Task<HttpResponseMessage> Change(HttpClient person, Staff staff, Guid id, string? etag, object plan)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, staff.Unit.At($"circle/meetings/{id}")) { Content = JsonContent.Create(plan) };
        if (etag is not null)
            request.Headers.TryAddWithoutValidation("If-Match", etag);
        return await person.SendAsync(request);
    }
}
