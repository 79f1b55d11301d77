using System.Net;
using System.Text.Json;
using Mentoring.Contracts.Participants;
using Mentoring.Contracts.Scheduling;
using Mentoring.Participants.Tests.Programmes;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Tests.Circle;

public sealed class AccompanyingANewMentor(ParticipantsService service)
{
    [Fact]
    public async Task One_asks_an_alumnus_takes_it_up_and_either_ends_it()
    {
        var staff = await Running();
        using var ada = staff.As("Ada");
        using var ben = staff.As("Ben");
        using var cem = staff.As("Cem");
        await Alumnus(staff, "Ada");
        var asked = (await Ask(ben, staff).Gives(HttpStatusCode.Created)).GetProperty("id").GetGuid();
        await Ask(ben, staff).IsRefused(409, "already-asked");

        Assert.Equal("Ben Example", Assert.Single(await List(ada, staff)).GetProperty("mentor").Text("name"));
        Assert.Empty(await List(cem, staff));
        await TakeUp(cem, staff, asked).IsRefused(404, "not-found");
        await TakeUp(ben, staff, asked).IsRefused(403, "not-an-alumnus");
        var going = await TakeUp(ada, staff, asked).Gives(HttpStatusCode.OK);

        Assert.Equal(("going", "ada@example.org"), (going.Text("state"), going.GetProperty("alumnus").Text("email")));
        var told = await service.Bus.Of<AccompanimentBegun>(staff.Unit);
        Assert.Equal((asked, staff["Ben"], staff["Ada"]), (told.AccompanimentId, told.MentorId, told.AlumnusId));
        Assert.Equal("Ada Example", Assert.Single(await List(ben, staff)).GetProperty("alumnus").Text("name"));
        await End(cem, staff, asked).IsRefused(404, "not-found");
        await End(ben, staff, asked).Gives(HttpStatusCode.OK);
        await End(ada, staff, asked).IsRefused(409, "accompaniment-not-open");
        await Ask(ben, staff).Gives(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Of_two_who_take_it_up_at_once_one_does()
    {
        var staff = await Running();
        using var ada = staff.As("Ada");
        using var cem = staff.As("Cem");
        using var ben = staff.As("Ben");
        await Alumnus(staff, "Ada");
        await Alumnus(staff, "Cem");
        var asked = (await Ask(ben, staff).Gives(HttpStatusCode.Created)).GetProperty("id").GetGuid();

        var both = await Task.WhenAll(TakeUp(ada, staff, asked), TakeUp(cem, staff, asked));

        Assert.Equal([200, 409], both.Select(answer => (int)answer.StatusCode).Order());
        await service.Bus.Of<AccompanimentBegun>(staff.Unit);
        Assert.Single(service.Bus.All<AccompanimentBegun>(staff.Unit));
    }

    [Fact]
    public async Task Nobody_takes_up_their_own_request()
    {
        var staff = await Running();
        using var ada = staff.As("Ada");
        await Alumnus(staff, "Ada");
        var asked = (await Ask(ada, staff).Gives(HttpStatusCode.Created)).GetProperty("id").GetGuid();

        await TakeUp(ada, staff, asked).IsRefused(409, "own-request");
    }

    [Fact]
    public async Task Whoever_leaves_the_circle_ends_what_they_asked_for()
    {
        var staff = await Running();
        using var ada = staff.As("Ada");
        using var ben = staff.As("Ben");
        await Alumnus(staff, "Ada");
        var asked = (await Ask(ben, staff).Gives(HttpStatusCode.Created)).GetProperty("id").GetGuid();

        await ben.Post(staff.Unit.At("circle/leave"), new { programme = "ai" }).Gives(HttpStatusCode.OK);

        Assert.Empty(await List(ada, staff));
        await TakeUp(ada, staff, asked).IsRefused(409, "accompaniment-not-open");
    }

    /// <summary>No column of the circle names a pair or a mentee, and no answer of it has a place for one.</summary>
    [Fact]
    public async Task Nothing_of_the_circle_leads_to_a_pair()
    {
        var columns = await service.AsOwner<string>("""
            select string_agg(table_name || '.' || column_name, ' ' order by table_name, column_name) from information_schema.columns
            where table_name in ('circle_members', 'alumni', 'circle_meetings', 'accompaniments') and column_name <> 'unit_id'
            """);
        Assert.DoesNotContain("pair", columns!, StringComparison.Ordinal);
        Assert.DoesNotContain("mentee", columns!, StringComparison.Ordinal);

        var staff = await Running();
        using var ada = staff.As("Ada");
        await Alumnus(staff, "Ada");
        foreach (var path in new[] { "circle", "circle/members", "circle/meetings", "circle/accompaniments" })
        {
            var answer = (await ada.Get(staff.Unit.At($"{path}?programme=ai"), HttpStatusCode.OK)).ToString();
            Assert.DoesNotContain(staff["Senior"].ToString(), answer, StringComparison.Ordinal);
            Assert.DoesNotContain("Senior", answer, StringComparison.Ordinal);
        }
        await ada.GetAsync(staff.Unit.At("enrolments?programme=ai")).IsRefused(403, "role-missing");
    }

    private async Task<Staff> Running()
    {
        var staff = await Staff.Of(service, ("Chief", "executive"), ("Senior", "senior"), ("Manager", "established"), ("Ada", "early"), ("Ben", "early"), ("Cem", "early"));
        using var admin = staff.Admin();
        await admin.PostYaml(staff.Unit.At("programmes"), $"{CreatingAProgramme.File}\nslug: ai").Gives(HttpStatusCode.Created);
        await admin.Post(staff.Unit.At("programmes/ai/open")).Gives(HttpStatusCode.OK);
        foreach (var name in new[] { "Ada", "Ben", "Cem" })
        {
            using var person = staff.As(name);
            await person.Post(staff.Unit.At("enrolments"), new { programme = "ai", side = "mentor", consent = true }).Gives(HttpStatusCode.Created);
            await person.Post(staff.Unit.At("circle/join"), new { programme = "ai" }).Gives(HttpStatusCode.OK);
        }
        return staff;
    }

    private async Task Alumnus(Staff staff, string name)
    {
        var programme = await service.In(staff.Unit, db => db.Programmes.Select(known => known.Id).SingleAsync());
        await service.Publish(staff.Unit, new PartnershipEnded(Guid.CreateVersion7(), 3, programme, staff[name], staff["Senior"], Early: false));
        await Eventually.Holds(async () => Assert.True(await service.In(staff.Unit, db => db.Alumni.AnyAsync(alumnus => alumnus.PersonId == staff[name]))));
    }

    private static Task<HttpResponseMessage> Ask(HttpClient person, Staff staff) => person.Post(staff.Unit.At("circle/accompaniments"), new { programme = "ai" });

    private static Task<HttpResponseMessage> TakeUp(HttpClient person, Staff staff, Guid id) => person.Post(staff.Unit.At($"circle/accompaniments/{id}/take-up"));

    private static Task<HttpResponseMessage> End(HttpClient person, Staff staff, Guid id) => person.Post(staff.Unit.At($"circle/accompaniments/{id}/end"));

    private static async Task<IReadOnlyList<JsonElement>> List(HttpClient person, Staff staff) =>
        [.. (await person.Get(staff.Unit.At("circle/accompaniments?programme=ai"), HttpStatusCode.OK)).GetProperty("items").EnumerateArray()];
}
