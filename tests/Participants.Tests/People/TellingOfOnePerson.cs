using System.Net;
using System.Net.Http.Json;
using Mentoring.Contracts.Participants;
using Mentoring.Participants.People;
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

        using var changed = await Tell(admin, unit, ben.Id, new TellPersonRequest("Benjamin", "Staff", "2", Stage: CareerStage.Early, ManagerId: ann.Id), "\"1\"");

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
        await (await Tell(admin, unit, ann.Id, new TellPersonRequest("Ann", "Other", "1", ManagerId: ben.Id), "\"1\"")).Refused(HttpStatusCode.UnprocessableEntity, "reporting-cycle");
        await (await Tell(admin, unit, ann.Id, new TellPersonRequest("Ann", "Other"), "\"7\"")).Refused(HttpStatusCode.PreconditionFailed, "stale");
        await (await Tell(admin, unit, Guid.CreateVersion7(), new TellPersonRequest("Ann", "Other"), "*")).Refused(HttpStatusCode.NotFound, "not-found");
        using var somebody = unit.Somebody(ann.Id);
        await (await Add(somebody, unit, new TellPersonRequest("Cleo", "Third"))).Refused(HttpStatusCode.Forbidden, "role-missing");

        Assert.Equal(["Ann Boss", "Ben Staff"], (await unit.Get<Page<PersonItem>>("people")).Items.Where(person => person.ExternalId is not null).Select(person => person.Name));
    }

    private static Task<HttpResponseMessage> Add(HttpClient client, Organisation unit, TellPersonRequest request) =>
        client.PostAsJsonAsync(unit.Unit.At("people"), request, Json.Options);

    private static async Task<HttpResponseMessage> Tell(HttpClient client, Organisation unit, Guid id, TellPersonRequest request, string version)
    {
        using var message = new HttpRequestMessage(HttpMethod.Put, unit.Unit.At($"people/{id}"));
        message.Headers.TryAddWithoutValidation("If-Match", version);
        message.Content = JsonContent.Create(request, options: Json.Options);
        return await client.SendAsync(message);
    }
}
