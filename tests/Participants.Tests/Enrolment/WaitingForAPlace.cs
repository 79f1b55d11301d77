using System.Net;
using System.Text.Json;
using Mentoring.Contracts.Participants;
using Mentoring.Participants.Imports;
using Mentoring.Participants.Preparation;
using Mentoring.Participants.Tests.Programmes;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Tests.Enrolment;

public sealed class WaitingForAPlace(ParticipantsService service)
{
    private const string TwoMentees = "mentees: { stages: [executive, senior], places: 2 }";

    [Fact]
    public async Task Who_comes_to_a_full_programme_waits_and_sees_where_and_why_and_nobody_else_is_told()
    {
        var staff = await Running(TwoMentees);
        await Enrol(staff, "S1");
        await Enrol(staff, "S2");
        using var third = staff.As("S3");
        Assert.True((await third.Get(staff.Unit.At("enrolments/preview?programme=ai&side=mentee"), HttpStatusCode.OK)).GetProperty("wouldWait").GetBoolean());

        var enrolled = await Enrol(staff, "S3");
        await Enrol(staff, "S4");

        Assert.Equal(("waiting", false, 1), (enrolled.Text("state"), enrolled.GetProperty("ready").GetBoolean(), Position(enrolled)));
        Assert.Contains("takes 2 on this side", enrolled.GetProperty("waiting").Text("words"), StringComparison.Ordinal);
        Assert.Equal(2, Position(await Mine(staff, "S4")));
        Assert.Equal(JsonValueKind.Null, (await Mine(staff, "S1")).GetProperty("waiting").ValueKind);
        using var admin = staff.Admin();
        var list = (await admin.Get(staff.Unit.At("enrolments?programme=ai&state=waiting"), HttpStatusCode.OK)).GetProperty("items");
        Assert.Equal([("S3 Example", 1), ("S4 Example", 2)], list.EnumerateArray().Select(line => (line.Text("name")!, line.GetProperty("position").GetInt32())));
        await service.Bus.Of<ParticipantReady>(staff.Unit, fact => fact.PersonId == staff["S2"]);
        Assert.DoesNotContain(service.Bus.All<ParticipantChanged>(staff.Unit), fact => fact.PersonId == staff["S3"]);
        await third.Post(staff.Unit.At($"enrolments/{enrolled.Text("id")}/pause")).IsRefused(409, "waiting");
        // The other side is not full.
        using var junior = staff.As("Junior");
        Assert.Equal("active", (await Enrol(staff, "Junior", "mentor")).Text("state"));
    }

    [Fact]
    public async Task The_longest_waiting_takes_the_place_of_whoever_leaves()
    {
        var staff = await Running(TwoMentees);
        var first = await Enrol(staff, "S1");
        await Enrol(staff, "S2");
        await Enrol(staff, "S3");
        await Enrol(staff, "S4");

        await Leave(staff, "S1", first);

        Assert.Equal("active", (await Mine(staff, "S3")).Text("state"));
        Assert.Equal(1, Position(await Mine(staff, "S4")));
        var told = await service.Bus.Of<ParticipantChanged>(staff.Unit, fact => fact.PersonId == staff["S3"]);
        Assert.True(told.Ready);
        await service.Bus.Of<PersonChanged>(staff.Unit, fact => fact.PersonId == staff["S3"]);

        // And of whoever leaves the unit.
        await service.Publish(staff.Unit, new PersonLeft(staff["S2"], 99));
        await service.Bus.Of<ParticipantReady>(staff.Unit, fact => fact.PersonId == staff["S4"]);
    }

    [Fact]
    public async Task Somebody_who_gives_up_waiting_takes_nobodys_place()
    {
        var staff = await Running(TwoMentees);
        var first = await Enrol(staff, "S1");
        await Enrol(staff, "S2");
        var third = await Enrol(staff, "S3");
        await Enrol(staff, "S4");

        await Leave(staff, "S3", third);

        Assert.Equal(1, Position(await Mine(staff, "S4")));
        Assert.Equal(2, await service.In(staff.Unit, db => db.Participants.CountAsync(one => one.State == Mentoring.Participants.Enrolment.ParticipantState.Active)));
        // Nobody had heard of them.
        await Leave(staff, "S1", first);
        await service.Bus.Of<ParticipantWithdrawn>(staff.Unit, fact => fact.PersonId == staff["S1"]);
        Assert.DoesNotContain(service.Bus.All<ParticipantWithdrawn>(staff.Unit), fact => fact.PersonId == staff["S3"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Somebody_who_leaves_the_unit_waits_no_more_and_nobody_hears_of_them(bool byFile)
    {
        var staff = await Running(TwoMentees);
        var first = await Enrol(staff, "S1");
        await Enrol(staff, "S2");
        await Enrol(staff, "S3");
        await Enrol(staff, "S4");

        await LeaveTheUnit(staff, "S3", byFile);

        Assert.Equal(1, Position(await Mine(staff, "S4")));
        Assert.Equal("withdrawn", (await Mine(staff, "S3")).Text("state"));
        await Leave(staff, "S1", first);
        Assert.Equal("active", (await Mine(staff, "S4")).Text("state"));
        await service.Bus.Of<ParticipantReady>(staff.Unit, fact => fact.PersonId == staff["S4"]);
        Assert.DoesNotContain(service.Bus.All<PersonLeft>(staff.Unit), fact => fact.PersonId == staff["S3"]);
        Assert.DoesNotContain(service.Bus.All<PersonChanged>(staff.Unit), fact => fact.PersonId == staff["S3"]);
        Assert.DoesNotContain(service.Bus.All<ParticipantChanged>(staff.Unit), fact => fact.PersonId == staff["S3"]);
        Assert.DoesNotContain(service.Bus.All<ParticipantWithdrawn>(staff.Unit), fact => fact.PersonId == staff["S3"]);
    }

    [Fact]
    public async Task Nobody_who_is_gone_gets_a_place()
    {
        var staff = await Running(TwoMentees);
        var first = await Enrol(staff, "S1");
        foreach (var name in new[] { "S2", "S3", "S4" })
            await Enrol(staff, name);
        // As some were left on the list before leaving took them off it.
        await service.In(staff.Unit, db => db.Database.ExecuteSqlAsync($"update people set gone = true where id = {staff["S3"]}"));

        await Leave(staff, "S1", first);

        Assert.Equal("waiting", (await Mine(staff, "S3")).Text("state"));
        Assert.Equal("active", (await Mine(staff, "S4")).Text("state"));
    }

    [Fact]
    public async Task The_last_place_is_given_once()
    {
        var staff = await Running("mentees: { stages: [executive, senior], places: 1 }");

        var all = await Task.WhenAll(Enrol(staff, "S1"), Enrol(staff, "S2"), Enrol(staff, "S3"), Enrol(staff, "S4"));

        Assert.Equal(["active", "waiting", "waiting", "waiting"], all.Select(one => one.Text("state")).Order());
        Assert.Equal([1, 2, 3], (await Task.WhenAll(all.Select((_, at) => Mine(staff, $"S{at + 1}")))).Where(one => one.Text("state") == "waiting").Select(Position).Order());
    }

    [Fact]
    public async Task More_places_are_taken_at_once_and_fewer_than_are_taken_are_refused()
    {
        var staff = await Running(TwoMentees);
        foreach (var name in new[] { "S1", "S2", "S3", "S4" })
            await Enrol(staff, name);
        using var admin = staff.Admin();

        await Apply(admin, staff, TwoMentees.Replace("places: 2", "places: 1", StringComparison.Ordinal)).IsRefused(422, "change-unsafe");
        await Apply(admin, staff, TwoMentees.Replace("places: 2", "places: 3", StringComparison.Ordinal)).Gives(HttpStatusCode.OK);

        await service.Bus.Of<ParticipantReady>(staff.Unit, fact => fact.PersonId == staff["S3"]);
        Assert.Equal(1, Position(await Mine(staff, "S4")));
    }

    [Fact]
    public async Task Those_who_move_up_are_waited_for_in_the_order_of_their_ids()
    {
        var staff = await Running(TwoMentees);
        foreach (var name in new[] { "S1", "S2", "S3", "S4" })
            await Enrol(staff, name);
        Guid[] next = [.. new[] { staff["S3"], staff["S4"] }.Order()];
        // By its place in the table the first comes after the second.
        await service.In(staff.Unit, db => db.Database.ExecuteSqlAsync($"update people set version = version + 1 where id = {next[0]}"));
        using var admin = staff.Admin();

        await service.AskDuring(
            staff.Unit,
            $"update people set known_elsewhere = true, version = version + 1 where id = {next[1]}",
            () => Apply(admin, staff, TwoMentees.Replace("places: 2", "places: 4", StringComparison.Ordinal)),
            async () => Assert.True(await service.IsLocked(next[0]))).Gives(HttpStatusCode.OK);

        await service.Bus.Of<PersonChanged>(staff.Unit, person => person.PersonId == next[0]);
        await service.Bus.Of<ParticipantReady>(staff.Unit, fact => fact.PersonId == next[1]);
        Assert.DoesNotContain(service.Bus.All<PersonChanged>(staff.Unit), person => person.PersonId == next[1]);
    }

    [Fact]
    public async Task Whoever_waits_may_prepare_and_is_told_of_with_the_place()
    {
        var staff = await Running("mentors: { stages: [early], places: 1 }");
        var first = await Enrol(staff, "Junior", "mentor");
        await Enrol(staff, "Trainee", "mentor");
        using var trainee = staff.As("Trainee");
        foreach (var module in new[] { "mentoring-someone-senior", "safety" })
        {
            await trainee.Post(staff.Unit.At($"preparation/modules/{module}/complete"), new
            {
                programme = "ai",
                side = "mentor",
                answers = PreparationModules.Find(module)!.Check.Select(asked => asked.Answer),
            }).Gives(HttpStatusCode.OK);
        }
        Assert.Empty(service.Bus.All<PreparationDone>(staff.Unit));

        await Leave(staff, "Junior", first);

        Assert.True((await service.Bus.Of<ParticipantChanged>(staff.Unit, fact => fact.PersonId == staff["Trainee"])) is { Prepared: true, Ready: true });
    }

    [Fact]
    public async Task Where_leaders_enrol_first_mentors_come_after_them()
    {
        var staff = await Running("enrolFirst: { side: mentee, atLeast: 2 }\nroleNames: { mentor: guide }");
        using var junior = staff.As("Junior");
        var request = new { programme = "ai", side = "mentor", consent = true };
        await Enrol(staff, "S1");
        await junior.Post(staff.Unit.At("enrolments"), request).IsRefused(422, "others-first");
        await Leave(staff, "S3", await Enrol(staff, "S3"));
        await junior.Post(staff.Unit.At("enrolments"), request).IsRefused(422, "others-first");

        await Enrol(staff, "S2");

        // And is called what this programme calls a mentor.
        Assert.Equal("guide", (await junior.Get(staff.Unit.At("enrolments/preview?programme=ai&side=mentor"), HttpStatusCode.OK)).Text("as"));
        Assert.Equal("guide", (await junior.Post(staff.Unit.At("enrolments"), request).Gives(HttpStatusCode.Created)).Text("as"));
        Assert.Equal("mentee", (await Mine(staff, "S1")).Text("as"));
    }

    private async Task<Staff> Running(string more)
    {
        var staff = await Staff.Of(
            service, ("Chief", "executive"), ("Manager", "established"), ("S1", "senior"), ("S2", "senior"), ("S3", "senior"), ("S4", "senior"), ("Junior", "early"), ("Trainee", "early"));
        using var admin = staff.Admin();
        await admin.PostYaml(staff.Unit.At("programmes"), $"{CreatingAProgramme.File}\nslug: ai\n{more}").Gives(HttpStatusCode.Created);
        await admin.Post(staff.Unit.At("programmes/ai/open")).Gives(HttpStatusCode.OK);
        return staff;
    }

    private async Task<JsonElement> Enrol(Staff staff, string name, string side = "mentee")
    {
        // One after the other, where the clock would stand still.
        service.Clock.Advance(TimeSpan.FromMilliseconds(2));
        using var person = staff.As(name);
        return await person.Post(staff.Unit.At("enrolments"), new { programme = "ai", side, consent = true }).Gives(HttpStatusCode.Created);
    }

    private static async Task Leave(Staff staff, string name, JsonElement enrolled)
    {
        using var person = staff.As(name);
        await person.Post(staff.Unit.At($"enrolments/{enrolled.Text("id")}/withdraw")).Gives(HttpStatusCode.NoContent);
    }

    private static async Task LeaveTheUnit(Staff staff, string name, bool byFile)
    {
        if (byFile)
        {
            var left = await staff.Import($"externalId,givenName,familyName,email,managerExternalId,leftOn\n{name},{name},Example,{Staff.Email(name)},Chief,2020-01-31\n");
            Assert.Equal((ImportState.Succeeded, 1), (left.State, left.Result!.Left));
            return;
        }
        using var admin = staff.Admin();
        using var request = new HttpRequestMessage(HttpMethod.Delete, staff.Unit.At($"people/{staff[name]}"));
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        await admin.SendAsync(request).Gives(HttpStatusCode.NoContent);
    }

    private static async Task<JsonElement> Mine(Staff staff, string name)
    {
        using var person = staff.As(name);
        return (await person.Get(staff.Unit.At("enrolments/mine"), HttpStatusCode.OK)).GetProperty("items")[0];
    }

    private static int Position(JsonElement enrolment) => enrolment.GetProperty("waiting").GetProperty("position").GetInt32();

    private static async Task<HttpResponseMessage> Apply(HttpClient client, Staff staff, string more)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, staff.Unit.At("programmes/ai/apply"))
        {
            Content = new StringContent($"{CreatingAProgramme.File}\nslug: ai\n{more}", System.Text.Encoding.UTF8, "application/yaml"),
        };
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        return await client.SendAsync(request);
    }
}
