using System.Net;
using System.Net.Http.Json;
using Mentoring.Contracts.Participants;
using Mentoring.Participants.People;
using Mentoring.Participants.Tests.Programmes;
using Mentoring.ServiceDefaults;
using Mentoring.Testing;

namespace Mentoring.Participants.Tests.People;

public sealed class TellingOfOnePerson(ParticipantsService service)
{
    [Fact]
    public async Task Somebody_is_added_and_corrected_without_a_file()
    {
        var unit = await service.AnOrganisation("Asia/Tokyo");
        using var admin = unit.Admin;
        using var added = await Add(admin, unit, new TellPersonRequest(" Ann ", "Boss", "1", "Ann@Example.org", "Head", Languages: ["de", "en"]));
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        var ann = await added.ReadAs<PersonView>();
        Assert.EndsWith($"/people/{ann.Id}", added.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(("Ann Boss", "ann@example.org", "Asia/Tokyo", CareerStage.Established, "de en"), (ann.Name, ann.Email, ann.TimeZone, ann.Stage, string.Join(' ', ann.Languages)));
        var ben = await (await Add(admin, unit, new TellPersonRequest("Ben", "Staff", ManagerId: ann.Id))).ReadAs<PersonView>();
        Assert.Equal([ann.Id], ben.Chain.Select(above => above.Id));

        using var changed = await Tell(admin, unit.Unit, ben.Id, new TellPersonRequest("Benjamin", "Staff", "2", Stage: CareerStage.Early, ManagerId: ann.Id), "\"1\"");

        Assert.Equal("\"2\"", changed.Headers.ETag!.Tag);
        var now = await unit.Get<PersonView>($"people/{ben.Id}");
        Assert.Equal(("Benjamin Staff", "2", CareerStage.Early), (now.Name, now.ExternalId, now.Stage));
    }

    [Fact]
    public async Task What_cannot_be_is_refused_by_name_and_changes_nothing()
    {
        var unit = await service.AnOrganisation();
        using var admin = unit.Admin;
        var ann = await (await Add(admin, unit, new TellPersonRequest("Ann", "Boss", "1", "ann@example.org"))).ReadAs<PersonView>();
        var ben = await (await Add(admin, unit, new TellPersonRequest("Ben", "Staff", "2", "ben@example.org", ManagerId: ann.Id))).ReadAs<PersonView>();

        using var wrong = await Add(admin, unit, new TellPersonRequest(
            "", new string('x', 301), "a\0b", "nobody", Grade: 100, TimeZone: "Mars", Languages: ["no language"]));
        Assert.Equal(
            ["email", "externalId", "familyName", "givenName", "grade", "languages", "timeZone"], (await wrong.Refused(HttpStatusCode.BadRequest, "invalid")).Errors!.Keys.Order());
        await (await Add(admin, unit, new TellPersonRequest("Cleo", "Third", "1"))).Refused(HttpStatusCode.Conflict, "external-id-taken");
        await (await Add(admin, unit, new TellPersonRequest("Cleo", "Third", Email: "BEN@example.org"))).Refused(HttpStatusCode.Conflict, "email-taken");
        await (await Add(admin, unit, new TellPersonRequest("Cleo", "Third", ManagerId: Guid.CreateVersion7()))).Refused(HttpStatusCode.UnprocessableEntity, "manager-unknown");
        await (await Tell(admin, unit.Unit, ann.Id, new TellPersonRequest("Ann", "Other", "1", ManagerId: ben.Id), "\"1\"")).Refused(HttpStatusCode.UnprocessableEntity, "reporting-cycle");
        await (await Tell(admin, unit.Unit, ann.Id, new TellPersonRequest("Ann", "Other"), "\"7\"")).Refused(HttpStatusCode.PreconditionFailed, "stale");
        await (await Tell(admin, unit.Unit, Guid.CreateVersion7(), new TellPersonRequest("Ann", "Other"), "*")).Refused(HttpStatusCode.NotFound, "not-found");
        using var somebody = unit.Somebody(ann.Id);
        await (await Add(somebody, unit, new TellPersonRequest("Cleo", "Third"))).Refused(HttpStatusCode.Forbidden, "role-missing");

        Assert.Equal(["Ann Boss", "Ben Staff"], (await unit.Get<Page<PersonItem>>("people")).Items.Where(person => person.ExternalId is not null).Select(person => person.Name));
    }

    [Fact]
    public async Task Nobody_gets_more_people_above_them_than_are_kept()
    {
        var unit = await service.AnOrganisation();
        using var admin = unit.Admin;
        await unit.Import("people", "externalId,givenName,familyName,managerExternalId\n"
            + string.Concat(Enumerable.Range(1, 51).Select(i => $"{i},Ann,Number {i},{(i == 1 ? "" : i - 1)}\n")) + "top,Zoe,Above,\n");
        var people = await unit.People();

        await (await Add(admin, unit, new TellPersonRequest("Ben", "Low", ManagerId: people["51"].Id))).Refused(HttpStatusCode.UnprocessableEntity, "line-too-long");
        await (await Tell(admin, unit.Unit, people["1"].Id, new TellPersonRequest("Ann", "Number 1", "1", ManagerId: people["top"].Id), "*"))
            .Refused(HttpStatusCode.UnprocessableEntity, "line-too-long");
        await Tell(admin, unit.Unit, people["2"].Id, new TellPersonRequest("Ann", "Number 2", "2", ManagerId: people["top"].Id), "*").Gives(HttpStatusCode.OK);

        Assert.Equal(50, (await unit.People())["51"].Chain.Count);
        await Add(admin, unit, new TellPersonRequest("Ben", "Low", ManagerId: people["50"].Id)).Gives(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Whoever_takes_part_is_shown_elsewhere_as_they_are_now()
    {
        var staff = await Staff.Of(service, ("Chief", "executive"), ("Manager", "established"), ("Junior", "early"));
        using var admin = staff.Admin();
        await admin.PostYaml(staff.Unit.At("programmes"), $"{CreatingAProgramme.File}\nslug: ai\n").Gives(HttpStatusCode.Created);
        await admin.Post(staff.Unit.At("programmes/ai/open")).Gives(HttpStatusCode.OK);
        using var junior = staff.As("Junior");
        await junior.Post(staff.Unit.At("enrolments"), new { programme = "ai", side = "mentor", consent = true }).Gives(HttpStatusCode.Created);
        Assert.Equal("Berlin", (await service.Bus.Of<ParticipantChanged>(staff.Unit)).Snapshot.Location);
        var now = new TellPersonRequest("Junior", "Example", "Junior", Staff.Email("Junior"), "Title", "Unit", CareerStage.Early, null, "Oslo", "Europe/Berlin", ["en", "de"], staff["Chief"]);

        await Tell(admin, staff.Unit, staff["Junior"], now, "*").Gives(HttpStatusCode.OK);

        Assert.Equal("Oslo", (await service.Bus.Of<ParticipantChanged>(staff.Unit, told => told.Version == 2)).Snapshot.Location);
        await service.Bus.Of<PersonChanged>(staff.Unit, told => told.PersonId == staff["Junior"] && told.Location == "Oslo");
        // A title is no part of what was agreed to.
        await Tell(admin, staff.Unit, staff["Junior"], now with { Title = "New" }, "*").Gives(HttpStatusCode.OK);
        await service.Bus.Of<PersonChanged>(staff.Unit, told => told.PersonId == staff["Junior"] && told.Title == "New");
        Assert.DoesNotContain(service.Bus.All<ParticipantChanged>(staff.Unit), told => told.Version == 3);
        Assert.Empty(service.Bus.All<ReportingLineChanged>(staff.Unit));
    }

    [Fact]
    public async Task Whoever_becomes_known_elsewhere_at_that_moment_is_told_of()
    {
        var unit = await service.AnOrganisation();
        using var admin = unit.Admin;
        var ann = await (await Add(admin, unit, new TellPersonRequest("Ann", "Boss"))).ReadAs<PersonView>();

        using var answer = await service.AskDuring(
            unit.Unit,
            $"update people set known_elsewhere = true, version = version + 1 where id = {ann.Id}",
            () => Tell(admin, unit.Unit, ann.Id, new TellPersonRequest("Ann", "Boss", Title: "New"), "*"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(("New", 3L), (await service.Bus.Of<PersonChanged>(unit.Unit, told => told.PersonId == ann.Id) is var told ? (told.Title, told.Version) : default));
    }

    private static Task<HttpResponseMessage> Add(HttpClient client, Organisation unit, TellPersonRequest request) =>
        client.PostAsJsonAsync(unit.Unit.At("people"), request, Json.Options);

    private static async Task<HttpResponseMessage> Tell(HttpClient client, TestUnit unit, Guid id, TellPersonRequest request, string version)
    {
        using var message = new HttpRequestMessage(HttpMethod.Put, unit.At($"people/{id}"));
        message.Headers.TryAddWithoutValidation("If-Match", version);
        message.Content = JsonContent.Create(request, options: Json.Options);
        return await client.SendAsync(message);
    }
}
