using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mentoring.Contracts.Participants;
using Mentoring.Participants.Imports;
using Mentoring.Participants.People;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Tests.Scim;

public sealed class ProvisioningPeople(ParticipantsService service)
{
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private const string Mentoring = "urn:ietf:params:scim:schemas:extension:mentoring:2.0:User";

    [Fact]
    public async Task A_user_is_created_found_and_shown_as_it_was_sent()
    {
        var unit = await service.AnOrganisation();
        using var client = Provider(unit);
        var boss = await client.Create(unit, User("boss", "Ada", "Boss"));

        using var answer = await client.Send(HttpMethod.Post, unit, "Users", $$$"""
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"Ben.Lead@Id.Example","externalId":"00u7","name":{"givenName":"Ben","familyName":"Lead"},
             "title":"Engineer","active":true,"preferredLanguage":"en;q=0.5, de-AT","timezone":"Europe/Oslo","password":"secret","phoneNumbers":[{"value":"+47"}],
             "emails":[{"value":"home@example.org","type":"home"},{"value":"Ben@Example.org","type":"work"}],"addresses":[{"type":"work","locality":"Oslo"}],
             "{{{Enterprise}}}":{"employeeNumber":"E7","department":"Sales / EMEA","manager":{"value":"{{{boss}}}"}},"{{{Mentoring}}}":{"grade":4}}
            """);

        var user = await answer.User(HttpStatusCode.Created);
        var id = user["id"]!.GetValue<string>();
        Assert.EndsWith($"/scim/v2/Users/{id}", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal("application/scim+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(user["meta"]!["version"]!.GetValue<string>(), answer.Headers.ETag!.ToString());
        foreach (var shown in new[] { user, await client.Show(unit, id), (await client.Find(unit, "userName eq \"ben.lead@id.EXAMPLE\"")).Single(), (await client.Find(unit, "externalId eq \"00u7\"")).Single() })
        {
            Assert.Equal(
                "Ben.Lead@Id.Example 00u7 Ben Lead Engineer true de-AT, en Europe/Oslo ben@example.org Oslo E7 Sales / EMEA 4",
                string.Join(' ', shown["userName"], shown["externalId"], shown["displayName"], shown["title"], shown["active"]!.ToJsonString(), shown["preferredLanguage"], shown["timezone"],
                    shown["emails"]![0]!["value"], shown["addresses"]![0]!["locality"], shown[Enterprise]!["employeeNumber"], shown[Enterprise]!["department"], shown[Mentoring]!["grade"]));
            Assert.Equal((boss, "Ada Boss"), (shown[Enterprise]!["manager"]!["value"]!.GetValue<string>(), shown[Enterprise]!["manager"]!["displayName"]!.GetValue<string>()));
            Assert.False(shown.ContainsKey("password") || shown.ContainsKey("phoneNumbers"), shown.ToJsonString());
        }
        var person = await Person(unit, id);
        Assert.Equal((Guid.Parse(boss), CareerStage.Established, false), (person.Chain.Single(), person.Stage, person.StageTold));
    }

    [Fact]
    public async Task Whoever_came_by_a_file_is_found_by_address_or_number_and_goes_on_as_the_same_person()
    {
        var unit = await service.AnOrganisation();
        Assert.Equal(ImportState.Succeeded, (await unit.Import("people", """
            externalId,givenName,familyName,email,title,unitPath,managerExternalId,timeZone
            1,Ann,Boss,ann@example.org,Head,Unit,,Asia/Tokyo
            B2,Ben,Shift,,Baker,Unit,1,
            """)).State);
        var people = await unit.People();
        using var client = Provider(unit);

        foreach (var written in new[] { "B2", "b2" })
            Assert.Equal(people["B2"].Id.ToString(), (await client.Find(unit, $"userName eq \"{written}\"")).Single()["id"]!.GetValue<string>());
        var ann = (await client.Find(unit, "userName eq \"Ann@Example.org\"")).Single();
        Assert.Equal(people["1"].Id.ToString(), ann["id"]!.GetValue<string>());
        await client.Patch(unit, people["1"].Id, """{"op":"add","path":"externalId","value":"00u1"},{"op":"replace","path":"userName","value":"ann@id.example"},{"op":"replace","path":"title","value":"Chief"}""");

        Assert.Equal(people["1"].Id.ToString(), (await client.Find(unit, "userName eq \"ann@id.example\"")).Single()["id"]!.GetValue<string>());
        Assert.Empty(await client.Find(unit, "userName eq \"ann@example.org\""));
        var now = await Person(unit, people["1"].Id);
        Assert.Equal(("1", "Chief", "Asia/Tokyo", "ann@example.org"), (now.ExternalId, now.Title, now.TimeZone, now.Email));
        // And the next file knows them by the key it has always known.
        Assert.Equal(new ImportResult(0, 1, 0, 0, 0), (await unit.Import("people", "externalId,givenName,familyName,managerExternalId,title\n1,Ann,Boss,,Head\n")).Result);
    }

    [Fact]
    public async Task The_same_again_changes_nothing()
    {
        var unit = await service.AnOrganisation();
        using var client = Provider(unit);
        var id = await client.Create(unit, User("ann", "Ann", "Boss"));
        var before = await client.Show(unit, id);

        await client.Put(unit, id, User("ann", "Ann", "Boss"));
        await client.Put(unit, id, before.ToJsonString());
        await client.Patch(unit, Guid.Parse(id), """{"op":"replace","path":"active","value":"True"},{"op":"replace","value":{"displayName":"Annie"}}""");

        Assert.True(JsonNode.DeepEquals(before, await client.Show(unit, id)));
        Assert.DoesNotContain(service.Bus.All<PersonChanged>(unit.Unit), person => person.PersonId == Guid.Parse(id));
    }

    [Fact]
    public async Task Whoever_is_known_elsewhere_is_told_of_and_nobody_else()
    {
        var unit = await service.AnOrganisation();
        using var client = Provider(unit);
        var (boss, lead) = (await client.Create(unit, User("boss", "Ada", "Boss")), await client.Create(unit, User("lead", "Ben", "Lead")));
        var (below, apart) = (await client.Create(unit, User("below", "Cleo", "Low", lead)), await client.Create(unit, User("apart", "Dan", "Apart", lead)));
        var (gone, deeper) = (await client.Create(unit, User("gone", "Eve", "Gone", lead)), await client.Create(unit, User("deeper", "Fay", "Gone", below)));
        await service.In(unit.Unit, db => db.Database.ExecuteSqlAsync($"update people set known_elsewhere = true where id in ({Guid.Parse(below)}, {Guid.Parse(gone)}, {Guid.Parse(deeper)})"));
        foreach (var leaver in new[] { gone, deeper })
            await client.Patch(unit, Guid.Parse(leaver), """{"op":"replace","path":"active","value":false}""");

        await client.Patch(unit, Guid.Parse(lead), $$$"""{"op":"add","path":"{{{Enterprise}}}:manager","value":"{{{boss}}}"}""");

        var told = await service.Bus.Of<ReportingLineChanged>(unit.Unit);
        Assert.Equal((Guid.Parse(below), $"{lead} {boss}"), (told.PersonId, string.Join(' ', told.Chain)));
        Assert.Equal([Guid.Parse(lead), Guid.Parse(boss)], (await service.Bus.Of<PersonChanged>(unit.Unit, person => person.PersonId == Guid.Parse(below))).Chain);
        Assert.Equal([Guid.Parse(lead), Guid.Parse(boss)], (await Person(unit, apart)).Chain);
        Assert.Equal([Guid.Parse(lead)], (await Person(unit, gone)).Chain);
        Assert.Equal([Guid.Parse(below), Guid.Parse(lead)], (await Person(unit, deeper)).Chain);
        Assert.Equal([Guid.Parse(below)], service.Bus.All<PersonChanged>(unit.Unit).Select(person => person.PersonId).Where(id => id != unit.AdminId).Distinct());
    }

    [Fact]
    public async Task Inactive_is_left_and_active_again_is_somebody_new_under_the_same_id()
    {
        var unit = await service.AnOrganisation();
        using var client = Provider(unit);
        var boss = await client.Create(unit, User("boss", "Ada", "Boss"));
        var id = await client.Create(unit, User("lead", "Ben", "Lead", boss));
        var below = await client.Create(unit, User("below", "Cleo", "Low", id));
        await service.In(unit.Unit, db => db.Database.ExecuteSqlAsync($"update people set known_elsewhere = true where id = {Guid.Parse(id)}"));

        await client.Patch(unit, Guid.Parse(id), """{"op":"Replace","path":"active","value":"False"}""");

        Assert.Equal(Guid.Parse(id), (await service.Bus.Of<PersonLeft>(unit.Unit)).PersonId);
        Assert.Equal([Guid.Parse(boss)], (await Person(unit, below)).Chain);
        Assert.False((await client.Show(unit, id))["active"]!.GetValue<bool>());
        Assert.False((await client.Find(unit, "userName eq \"lead\"")).Single()["active"]!.GetValue<bool>());
        Assert.Equal([id], (await client.Find(unit, "active eq false")).Select(user => user["id"]!.GetValue<string>()));

        await client.Patch(unit, Guid.Parse(id), """{"op":"Replace","path":"active","value":"True"}""");
        await client.Patch(unit, Guid.Parse(below), $$$"""{"op":"replace","path":"{{{Enterprise}}}:manager","value":"{{{id}}}"}""");

        var back = await client.Show(unit, id);
        Assert.Equal(("true", "Ben Lead", boss), (back["active"]!.ToJsonString(), back["displayName"]!.GetValue<string>(), back[Enterprise]!["manager"]!["value"]!.GetValue<string>()));
        var person = (await service.In(unit.Unit, db => db.People.AsNoTracking().Where(known => known.Email == "lead@example.org" && !known.Gone).ToListAsync())).Single();
        Assert.NotEqual(Guid.Parse(id), person.Id);
        Assert.False(person.KnownElsewhere);
        Assert.Equal([person.Id, Guid.Parse(boss)], (await Person(unit, below)).Chain);
        Assert.Equal(id, (await client.Show(unit, below))[Enterprise]!["manager"]!["value"]!.GetValue<string>());
        await client.GetAsync(At(unit, $"Users/{person.Id}")).IsScim(404, null);
        Assert.Equal(3 + 1, (await client.Find(unit, null)).Count);
    }

    [Fact]
    public async Task A_deleted_user_has_left_and_is_nobody_any_more()
    {
        var unit = await service.AnOrganisation();
        using var client = Provider(unit);
        var id = await client.Create(unit, User("ann", "Ann", "Boss"));

        using (var answer = await client.Send(HttpMethod.Delete, unit, $"Users/{id}", null))
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);

        Assert.True((await Person(unit, id)).Gone);
        await client.GetAsync(At(unit, $"Users/{id}")).IsScim(404, null);
        await client.Send(HttpMethod.Delete, unit, $"Users/{id}", null).IsScim(404, null);
        await client.Send(HttpMethod.Patch, unit, $"Users/{id}", Operations("""{"op":"replace","path":"active","value":true}""")).IsScim(404, null);
        Assert.Empty(await client.Find(unit, "userName eq \"ann\""));
        Assert.NotEqual(id, await client.Create(unit, User("ann", "Ann", "Boss")));
    }

    [Fact]
    public async Task Names_numbers_and_addresses_belong_to_one()
    {
        var unit = await service.AnOrganisation();
        await unit.Import("people", "externalId,givenName,familyName,email,managerExternalId\n1,Ann,Boss,ann@example.org,\nB2,Ben,Shift,,1\n");
        using var client = Provider(unit);
        var id = await client.Create(unit, User("cleo", "Cleo", "Third"));

        foreach (var taken in new[]
        {
            User("CLEO", "Dan", "Fourth").Replace("CLEO@example.org", "dan@example.org", StringComparison.Ordinal),
            User("ann@example.org", "Dan", "Fourth").Replace("ann@example.org@example.org", "dan@example.org", StringComparison.Ordinal),
            User("B2", "Dan", "Fourth"), User("b2", "Dan", "Fourth"), User("ann", "Dan", "Fourth"),
            $$$"""{"userName":"dan","name":{"givenName":"Dan","familyName":"Fourth"},"{{{Enterprise}}}":{"employeeNumber":"1"}}""",
        })
            await client.Send(HttpMethod.Post, unit, "Users", taken).IsScim(409, "uniqueness");
        foreach (var taken in new[] { """{"op":"replace","path":"userName","value":"b2"}""", """{"op":"replace","path":"emails","value":[{"value":"ANN@example.org"}]}""" })
            await client.Send(HttpMethod.Patch, unit, $"Users/{id}", Operations(taken)).IsScim(409, "uniqueness");

        Assert.Equal(4, (await client.Find(unit, null)).Count);
        Assert.Equal("cleo", (await client.Show(unit, id))["userName"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_cannot_be_taken_is_refused_with_its_reason_and_changes_nothing()
    {
        var unit = await service.AnOrganisation();
        using var client = Provider(unit);
        var boss = await client.Create(unit, User("boss", "Ada", "Boss"));
        var lead = await client.Create(unit, User("lead", "Ben", "Lead", boss));
        var gone = await client.Create(unit, User("gone", "Eve", "Gone"));
        await client.Patch(unit, Guid.Parse(gone), """{"op":"replace","path":"active","value":false}""");
        var before = (await client.Show(unit, boss)).ToJsonString();

        foreach (var (body, type, word) in new[]
        {
            ("""{"name":{"givenName":"A","familyName":"B"}}""", "invalidValue", "userName"),
            ("""{"userName":"x","displayName":"Single"}""", "invalidValue", "name.givenName"),
            ("""{"userName":"x","displayName":"A B","active":false}""", "invalidValue", "active"),
            ("""{"userName":"x","displayName":"A B","emails":[{"value":"nobody"}]}""", "invalidValue", "emails"),
            ("""{"userName":"x","displayName":"A B","timezone":"W. Europe Standard Time"}""", "invalidValue", "timezone"),
            ("""{"userName":"x","displayName":"A B","preferredLanguage":"english please"}""", "invalidValue", "preferredLanguage"),
            ("""{"userName":"x","displayName":"A B","birthDate":"1990-01-01"}""", "invalidValue", "birthDate"),
            ("""{"userName":"x","displayName":"A B","title":7}""", "invalidValue", "title"),
            ($$$"""{"userName":"x","displayName":"A B","title":"{{{new string('t', 301)}}}"}""", "invalidValue", "title"),
            ($$$"""{"userName":"x","displayName":"A B","{{{Enterprise}}}":{"manager":{"value":"{{{Guid.CreateVersion7()}}}"} }}""", "invalidValue", "manager"),
            ($$$"""{"userName":"x","displayName":"A B","{{{Enterprise}}}":{"manager":"{{{gone}}}"}}""", "invalidValue", "manager"),
            ($$$"""{"userName":"x","displayName":"A B","{{{Mentoring}}}":{"grade":100}}""", "invalidValue", "grade"),
            ("""{"userName":"x","displayName":"A B","title":"\u0000"}""", "invalidValue", "title"),
            ("""{"userName":"x","displayName":"A B","title":"\ud800"}""", "invalidSyntax", "JSON"),
            ("""{"userName":"x","displayName":"A B","\ud800":"x"}""", "invalidSyntax", "JSON"),
            ("""{"userName":"x","userName":"y"}""", "invalidSyntax", "twice"),
            ("[]", "invalidSyntax", "object"),
            ("{", "invalidSyntax", "JSON"),
        })
            Assert.Contains(word, await client.Send(HttpMethod.Post, unit, "Users", body).IsScim(400, type), StringComparison.Ordinal);
        Assert.Contains("back to this user", await client.Send(
            HttpMethod.Patch, unit, $"Users/{boss}", Operations($$$"""{"op":"replace","path":"title","value":"New"},{"op":"add","path":"{{{Enterprise}}}:manager","value":"{{{lead}}}"}""")).IsScim(400, "invalidValue"), StringComparison.Ordinal);
        await client.Send(HttpMethod.Patch, unit, $"Users/{boss}", Operations($$$"""{"op":"add","path":"{{{Enterprise}}}:manager","value":"{{{boss}}}"}""")).IsScim(400, "invalidValue");
        await client.Send(HttpMethod.Post, unit, "Users", $$$"""{"userName":"{{{new string('x', 300_000)}}}"}""").IsScim(413, null);
        await client.GetAsync(At(unit, "Users?filter=title%20gt%20%22x%22")).IsScim(400, "invalidFilter");
        foreach (var filter in new[] { "userName eq \"\\u0000\"", "title co \"\\ud800\"", "title co \"\0\"", "title eq \"x" })
            await client.GetAsync(At(unit, $"Users?filter={Uri.EscapeDataString(filter)}")).IsScim(400, "invalidFilter");
        await client.GetAsync(At(unit, "Users?attributes=%00[")).IsScim(400, "invalidPath");
        await client.GetAsync(At(unit, "Users?startIndex=x")).IsScim(400, "invalidValue");
        await client.GetAsync(At(unit, "Groups")).IsScim(404, null);

        Assert.Equal(before, (await client.Show(unit, boss)).ToJsonString());
        Assert.Equal(4, (await client.Find(unit, null)).Count);
    }

    [Fact]
    public async Task A_change_from_an_older_version_is_refused_where_the_version_is_told()
    {
        var unit = await service.AnOrganisation();
        using var client = Provider(unit);
        var id = await client.Create(unit, User("ann", "Ann", "Boss"));
        var version = (await client.Show(unit, id))["meta"]!["version"]!.GetValue<string>();
        await client.Patch(unit, Guid.Parse(id), """{"op":"replace","path":"externalId","value":"new"}""");

        await client.Send(HttpMethod.Patch, unit, $"Users/{id}", Operations("""{"op":"replace","path":"title","value":"x"}"""), version).IsScim(412, null);
        using var answer = await client.Send(HttpMethod.Patch, unit, $"Users/{id}", Operations("""{"op":"replace","path":"title","value":"x"}"""), (await client.Show(unit, id))["meta"]!["version"]!.GetValue<string>());
        Assert.Equal("x", (await answer.User(HttpStatusCode.OK))["title"]!.GetValue<string>());
    }

    [Fact]
    public async Task Users_are_listed_in_pages_by_filters_and_with_the_attributes_asked_for()
    {
        var unit = await service.AnOrganisation();
        using var client = Provider(unit);
        foreach (var name in new[] { "ann", "ben", "cleo" })
        {
            service.Clock.Advance(TimeSpan.FromMilliseconds(2));
            await client.Create(unit, User(name, name, "Example"));
        }

        var page = await client.Page(unit, "?startIndex=2&count=2");
        Assert.Equal((4, 2, 2), (page["totalResults"]!.GetValue<int>(), page["startIndex"]!.GetValue<int>(), page["itemsPerPage"]!.GetValue<int>()));
        Assert.Equal(["ann", "ben"], page["Resources"]!.AsArray().Select(user => user!["userName"]!.GetValue<string>()));
        Assert.Equal((4, 0), ((await client.Page(unit, "?count=0"))["totalResults"]!.GetValue<int>(), (await client.Page(unit, "?count=0"))["Resources"]!.AsArray().Count));
        foreach (var (filter, found) in new[]
        {
            ("name.givenName eq \"Ann\"", "ann"), ("emails[type eq \"work\" and value sw \"b\"]", "ben"), ("emails.value ew \"@example.org\" and not (userName eq \"ben\")", "ann cleo"),
            ("displayName co \"LEO EX\" or userName eq \"ann\"", "ann cleo"), ("title pr", ""), ($"{Enterprise}:department eq \"\" and emails eq \"cleo@example.org\"", "cleo"), ("userName eq null", ""),
            ("nickName pr", ""), ("addresses[type eq \"work\"]", ""), ("externalId ne \"x\" and userName sw \"c\"", "cleo"), ("userName co \"_\"", ""), ("userName co \"%\"", ""),
        })
            Assert.Equal(found, string.Join(' ', (await client.Find(unit, filter)).Select(user => user["userName"]!.GetValue<string>())));

        var asked = (await client.Page(unit, $"?attributes=userName,emails.value,{Enterprise}:manager&filter={Uri.EscapeDataString("userName eq \"ann\"")}"))["Resources"]![0]!;
        Assert.Equal($$$"""{"id":{{{asked["id"]!.ToJsonString()}}},"userName":"ann","emails":[{"value":"ann@example.org"}],"{{{Enterprise}}}":{}}""", With(asked, without: "schemas"));
        var rest = (await client.Page(unit, $"?excludedAttributes=name,meta,emails.type,id&filter={Uri.EscapeDataString("userName eq \"ann\"")}"))["Resources"]![0]!.AsObject();
        Assert.True(rest.ContainsKey("id") && !rest.ContainsKey("name") && !rest.ContainsKey("meta"), rest.ToJsonString());
        Assert.Equal("""{"value":"ann@example.org","primary":true}""", rest["emails"]![0]!.ToJsonString());
    }

    [Fact]
    public async Task Only_the_unit_s_own_provider_and_administrators_see_it()
    {
        var (unit, other) = (await service.AnOrganisation(), await service.AnOrganisation());
        using var client = Provider(unit);
        var id = await client.Create(unit, User("ann", "Ann", "Boss"));

        using var elsewhere = Provider(other);
        await elsewhere.GetAsync(At(other, $"Users/{id}")).IsScim(404, null);
        using var somebody = unit.Somebody();
        using (var refused = await somebody.GetAsync(At(unit, "Users")))
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var admin = unit.Admin;
        Assert.Equal("ann", (await admin.Show(unit, id))["userName"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_guest_is_the_business_of_their_home()
    {
        var unit = await service.AnOrganisation();
        using var client = Provider(unit);
        var id = await client.Create(unit, User("ann", "Ann", "Visiting"));
        await service.In(unit.Unit, db => db.Database.ExecuteSqlAsync($"update people set is_guest = true where id = {Guid.Parse(id)}"));

        Assert.Single(await client.Find(unit, null));
        await client.GetAsync(At(unit, $"Users/{id}")).IsScim(404, null);
        await client.Send(HttpMethod.Patch, unit, $"Users/{id}", Operations("""{"op":"replace","path":"title","value":"x"}""")).IsScim(404, null);
    }

    [Fact]
    public async Task What_it_offers_is_described()
    {
        var unit = await service.AnOrganisation();
        using var client = Provider(unit);

        var offered = await client.Page(unit, "", "ServiceProviderConfig");
        Assert.Equal("true false true", $"{offered["patch"]!["supported"]!.ToJsonString()} {offered["bulk"]!["supported"]!.ToJsonString()} {offered["filter"]!["supported"]!.ToJsonString()}");
        Assert.Equal("/Users", (await client.Page(unit, "", "ResourceTypes"))["Resources"]![0]!["endpoint"]!.GetValue<string>());
        var schemas = (await client.Page(unit, "", "Schemas"))["Resources"]!.AsArray();
        Assert.Equal(3, schemas.Count);
        foreach (var schema in schemas)
            Assert.True(JsonNode.DeepEquals(schema, await client.Page(unit, "", $"Schemas/{schema!["id"]!.GetValue<string>()}")));
        Assert.Equal("userName", schemas[0]!["attributes"]!.AsArray().Single(attribute => attribute!["required"]!.GetValue<bool>())!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Two_of_the_same_at_once_make_one()
    {
        var unit = await service.AnOrganisation();
        using var client = Provider(unit);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => client.Send(HttpMethod.Post, unit, "Users", User("ann", "Ann", "Boss"))));

        Assert.Equal([201, 409, 409, 409], answers.Select(answer => (int)answer.StatusCode).Order());
        Assert.Equal(2, (await client.Find(unit, null)).Count);
    }

    [Fact]
    public async Task Two_who_would_report_to_one_another_at_once_make_no_cycle()
    {
        var unit = await service.AnOrganisation();
        using var client = Provider(unit);
        var (ann, ben) = (await client.Create(unit, User("ann", "Ann", "One")), await client.Create(unit, User("ben", "Ben", "Two")));

        var answers = await Task.WhenAll(new[] { (ann, ben), (ben, ann) }.Select(pair => client.Send(
            HttpMethod.Patch, unit, $"Users/{pair.Item1}", Operations($$$"""{"op":"add","path":"{{{Enterprise}}}:manager","value":"{{{pair.Item2}}}"}"""))));

        Assert.Equal([200, 400], answers.Select(answer => (int)answer.StatusCode).Order());
    }

    [Fact]
    public async Task Erased_means_that_the_provider_s_names_are_gone_too()
    {
        var unit = await service.AnOrganisation();
        using var client = Provider(unit);
        var id = await client.Create(unit, User("unforgettable", "Ann", "Boss").Replace("\"name\"", "\"externalId\":\"00uUnforgettable\",\"name\"", StringComparison.Ordinal));
        using var admin = unit.Admin;
        using (var export = await admin.GetAsync(unit.Unit.At($"people/{id}/export")))
            Assert.Contains("\"provisioned\":{\"userName\":\"unforgettable\",\"externalId\":\"00uUnforgettable\"}", (await export.Content.ReadAsStringAsync()).Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal), StringComparison.Ordinal);

        using (var erased = await admin.PostAsync(unit.Unit.At($"people/{id}/erase"), null))
            Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);

        Assert.Empty(await service.TracesOf("unforgettable"));
        await client.GetAsync(At(unit, $"Users/{id}")).IsScim(404, null);
    }

    internal static string User(string name, string given, string family, string? manager = null)
    {
        var line = manager is null ? "" : $$$""","{{{Enterprise}}}":{"manager":{"value":"{{{manager}}}"}}""";
        return $$$"""{"userName":"{{{name}}}","name":{"givenName":"{{{given}}}","familyName":"{{{family}}}"},"emails":[{"value":"{{{name}}}@example.org","type":"work"}]{{{line}}}}""";
    }

    internal static HttpClient Provider(Organisation unit) => unit.Service.AsMachine(unit.Unit, Guid.CreateVersion7());

    internal static string Operations(string operations) => $$$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{{{operations}}}]}""";

    internal static Uri At(Organisation unit, string path) => unit.Unit.At($"scim/v2/{path}");

    private Task<Person> Person(Organisation unit, string id) => Person(unit, Guid.Parse(id));

    private Task<Person> Person(Organisation unit, Guid id) => service.In(unit.Unit, db => db.People.AsNoTracking().SingleAsync(person => person.Id == id));

    private static string With(JsonNode user, string without)
    {
        var left = user.DeepClone().AsObject();
        left.Remove(without);
        return left.ToJsonString();
    }
}

internal static class ScimCalls
{
    public static async Task<HttpResponseMessage> Send(this HttpClient client, HttpMethod method, Organisation unit, string path, string? body, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, ProvisioningPeople.At(unit, path));
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/scim+json");
        if (ifMatch is not null)
            request.Headers.IfMatch.Add(EntityTagHeaderValue.Parse(ifMatch));
        return await client.SendAsync(request);
    }

    public static async Task<string> Create(this HttpClient client, Organisation unit, string user)
    {
        using var answer = await client.Send(HttpMethod.Post, unit, "Users", user);
        return (await answer.User(HttpStatusCode.Created))["id"]!.GetValue<string>();
    }

    public static async Task Put(this HttpClient client, Organisation unit, string id, string user)
    {
        using var answer = await client.Send(HttpMethod.Put, unit, $"Users/{id}", user);
        await answer.User(HttpStatusCode.OK);
    }

    public static async Task Patch(this HttpClient client, Organisation unit, Guid id, string operations)
    {
        using var answer = await client.Send(HttpMethod.Patch, unit, $"Users/{id}", ProvisioningPeople.Operations(operations));
        await answer.User(HttpStatusCode.OK);
    }

    public static Task<JsonObject> Show(this HttpClient client, Organisation unit, string id) => client.Page(unit, $"/{id}");

    public static async Task<IReadOnlyList<JsonObject>> Find(this HttpClient client, Organisation unit, string? filter) =>
        [.. (await client.Page(unit, filter is null ? "" : $"?filter={Uri.EscapeDataString(filter)}"))["Resources"]!.AsArray().Select(user => user!.AsObject())];

    public static async Task<JsonObject> Page(this HttpClient client, Organisation unit, string query, string path = "Users")
    {
        using var answer = await client.GetAsync(ProvisioningPeople.At(unit, path + query));
        return await answer.User(HttpStatusCode.OK);
    }

    public static async Task<JsonObject> User(this HttpResponseMessage answer, HttpStatusCode status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{(int)answer.StatusCode}: {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>A refusal in the protocol's form; its words.</summary>
    public static async Task<string> IsScim(this Task<HttpResponseMessage> call, int status, string? type)
    {
        using var answer = await call;
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode}: {text}");
        var error = JsonNode.Parse(text)!.AsObject();
        Assert.Equal("urn:ietf:params:scim:api:messages:2.0:Error", error["schemas"]![0]!.GetValue<string>());
        Assert.Equal((status.ToString(System.Globalization.CultureInfo.InvariantCulture), type), (error["status"]!.GetValue<string>(), error["scimType"]?.GetValue<string>()));
        return error["detail"]!.GetValue<string>();
    }
}
