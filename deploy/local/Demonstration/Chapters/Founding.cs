using System.Net;
using System.Text.Json;
using Mentoring.Demonstration.Data;

namespace Mentoring.Demonstration;

/// <summary>Units, people, topics, knowledge, roles.</summary>
internal sealed class Founding(Story story)
{
    public IEnumerable<Step> Steps =>
    [
        new("The operator creates two business units and a university", CreateUnits),
        new("The unit's administrator signs in for the first time", SignIn),
        new("A file that carries birth date and gender is refused, by name", RefuseProtectedColumns),
        new("The employees are imported; titles become career stages", ImportPeople),
        new("A second organisation comes in whole, its file sent in parts: AdventureWorks, with its tree", ImportAdventureWorks),
        new("Its identity provider keeps people by SCIM, with a machine client's token: one joins, moves, leaves and comes back; revoked, the token is refused", Provision),
        new("The topics of ESCO are there; what people know and need is imported", ImportKnowledge),
        new("The gap map shows where insight and authority lie apart, in numbers that name nobody", ReadGapMap),
        new("Roles are given: a programme manager and two safeguarding contacts", GiveRoles),
    ];

    private async Task<string> CreateUnits()
    {
        await Create(story.Home, "Nordlicht AG", "nordlicht.example", story.Cast.UnitAdmin.Email, story.Cast.UnitAdmin.Name);
        await Create(story.Other, "Südwind GmbH", "suedwind.example", Story.OtherAdmin, "Sol Winter");
        await Create(story.University, "The University", "university.example", Story.UniversityAdmin, "Uni Lake");
        await story.Operator.Post("/api/v1/units", Unit(story.Home, "Again", "nordlicht.example", story.Cast.UnitAdmin.Email, "Again")).Refused(409, "unit-exists");
        return $"{story.Home}, {story.Other}, {story.University}; a second unit of the same name is refused";
    }

    private Task<Answer> Create(string slug, string name, string domain, string admin, string adminName) =>
        story.Operator.Post("/api/v1/units", Unit(slug, name, domain, admin, adminName)).Ok();

    private object Unit(string slug, string name, string domain, string admin, string adminName) => new
    {
        slug,
        name,
        timeZone = "Europe/Berlin",
        issuers = new[] { new { issuer = story.Platform.Issuer, domains = new[] { domain } } },
        admin = new { email = admin, name = adminName },
    };

    private async Task<string> SignIn()
    {
        var me = await story.Admin.Get("/api/v1/me").Ok();
        var unit = me["units"].AsArray().Single(unit => unit!.Text("slug") == story.Home)!;
        Expectations.That(unit["roles"]!.AsArray().Any(role => role!.GetValue<string>() == "unit-admin"), $"The administrator has no such role: {me}");
        return $"{me["name"]} is {string.Join(", ", unit["roles"]!.AsArray())} of {unit.Text("name")}";
    }

    private async Task<string> RefuseProtectedColumns()
    {
        var refused = await story.Admin.PostText(story.At("people/imports"), story.Organisation.ToCsv(withProtectedColumns: true), "text/csv").Refused(422, "protected-column");
        return $"\"{refused["detail"]}\" ({string.Join(", ", refused["errors"].AsObject().Select(column => column.Key))})";
    }

    private async Task<string> ImportPeople()
    {
        await story.Admin.Put(story.At("people/stage-mapping"), new
        {
            rules = StageMapping.Rules.Select(rule => new { title = rule.Title, stage = JsonNamingPolicy.KebabCaseLower.ConvertName(rule.Stage.ToString()) }),
        }, ifMatch: "*").Ok();
        var result = await Import("people/imports", story.Organisation.ToCsv(withProtectedColumns: false));
        var people = await story.Admin.All(story.At("people"));
        foreach (var person in people)
        {
            if (person["email"]?.GetValue<string>() is { } email)
                story.Ids[email] = person["id"]!.GetValue<Guid>();
        }
        var tree = TreeOf(people, story.Organisation.People.Select(person => (person.ExternalId, person.Manager?.ExternalId, person.Chain.Count())));
        var again = await Import("people/imports", story.Organisation.ToCsv(withProtectedColumns: false));
        Expectations.That(again["added"]!.GetValue<int>() == 0 && again["changed"]!.GetValue<int>() == 0, $"The same file again changed something: {again.ToJsonString()}");
        return $"{result["added"]} people added, {result["changed"]} changed (e-mail addresses, the chief executive, leads, locations and zones are made up, by seed); {tree}; the same file again changes nothing";
    }

    private async Task<string> ImportAdventureWorks()
    {
        var files = AdventureWorks.Load(AdventureWorks.Folder);
        var address = files.People.Single(person => person.ManagerExternalId is null).Email;
        await Create(story.AdventureWorks, "Adventure Works", AdventureWorks.Domain, address, "Ken Ken0");
        var admin = story.Api.As(address);
        var path = $"/api/v1/units/{story.AdventureWorks}/people";
        await admin.PostText($"{path}/imports", files.ToCsv(withProtectedColumns: true), "text/csv").Refused(422, "protected-column");
        var result = await Imports.TakeInParts(admin, $"{path}/imports", files.ToCsv(withProtectedColumns: false));
        var tree = TreeOf(await admin.All(path), files.People.Select(person => (person.ExternalId, person.ManagerExternalId, person.Depth)));
        return $"{result["added"]!.GetValue<int>() + result["changed"]!.GetValue<int>()} people; {tree}";
    }

    private async Task<string> Provision()
    {
        const string enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
        var people = AdventureWorks.Load(AdventureWorks.Folder).People;
        var head = people.Single(person => person.ManagerExternalId is null);
        var admin = story.Api.As(head.Email);
        var unit = new BusinessUnit(story.Api, story.AdventureWorks);
        var made = await admin.Post(unit.At("machine-clients"), new { name = "Identity provider" }).Ok(HttpStatusCode.Created);
        var provider = story.Api.Bearing(made["token"].GetValue<string>(), "identity provider");

        var ken = await Find(head.Email);
        var lead = await Find(people.First(person => person.ManagerExternalId == head.ExternalId).Email);
        var joined = await provider.Post(unit.At("scim/v2/Users"), new Dictionary<string, object>
        {
            ["userName"] = "late.joiner@id.example",
            ["name"] = new { givenName = "Late", familyName = "Joiner" },
            ["emails"] = new[] { new { value = $"late.joiner@{AdventureWorks.Domain}", type = "work" } },
            [enterprise] = new { employeeNumber = "99001", manager = new { value = ken } },
        }).Ok(HttpStatusCode.Created);
        var at = unit.At($"scim/v2/Users/{joined["id"]}");
        Expectations.That(await Above() == 1, "The joiner is not right below the head.");
        await Change($"{enterprise}:manager", new { value = lead });
        Expectations.That(await Above() == 2, "The joiner is not below the head's report.");
        await Change("active", false);
        await admin.Get(unit.At($"people/{joined["id"]}")).Refused(404, "not-found");
        await Change("active", true);
        Expectations.That((await provider.Get(at).Ok())["active"].GetValue<bool>(), "The joiner has not come back.");
        await provider.Get(unit.At("programmes")).Refused(403, "role-missing");

        await admin.Delete(unit.At($"machine-clients/{made["client"]["id"]}"), ifMatch: "*").Ok(HttpStatusCode.NoContent);
        await Expectations.Eventually(async () => (await provider.Get(at)).Status is HttpStatusCode.Unauthorized ? "refused" : null, "the revoked token is refused", seconds: 30);
        return $"{joined["displayName"]} joined as {joined["userName"]}, with the same SCIM id after coming back as somebody new; programmes are not for it; revoked";

        async Task<string> Find(string email) =>
            (await provider.Get(unit.At($"scim/v2/Users?filter={Uri.EscapeDataString($"userName eq \"{email}\"")}")).Ok())["Resources"][0]!.Text("id");

        async Task<int> Above() => (await admin.Get(unit.At($"people/{joined["id"]}")).Ok())["chain"].AsArray().Count;

        Task<Answer> Change(string path, object value) => provider.Patch(at, new
        {
            schemas = new[] { "urn:ietf:params:scim:api:messages:2.0:PatchOp" },
            Operations = new[] { new { op = "replace", path, value } },
        }).Ok(HttpStatusCode.OK);
    }

    /// <summary>What the API tells of everybody's manager, compared with the file; in words.</summary>
    private static string TreeOf(IReadOnlyCollection<System.Text.Json.Nodes.JsonNode> people, IEnumerable<(string ExternalId, string? Manager, int Depth)> file)
    {
        var known = people.Where(person => person["externalId"] is not null).ToDictionary(person => person.Text("externalId"));
        var byId = known.Values.ToDictionary(person => person["id"]!.GetValue<Guid>());
        var (roots, deepest) = (0, 0);
        foreach (var (externalId, manager, depth) in file)
        {
            Expectations.That(known.Remove(externalId, out var person), $"{externalId} of the file is not there.");
            var above = 0;
            for (var at = person!; at["managerId"]?.GetValue<Guid>() is { } id && above <= depth; at = byId[id])
            {
                Expectations.That(above > 0 || byId[id].Text("externalId") == manager, $"{externalId} reports to another than in the file.");
                above++;
            }
            Expectations.That(above == depth, $"{externalId} is not {depth} below the top, as in the file.");
            roots += depth == 0 ? 1 : 0;
            deepest = Math.Max(deepest, depth);
        }
        Expectations.That(known.Count == 0 && roots == 1, $"{known.Count} who are not in the file; {roots} roots.");
        return $"{byId.Count} in one tree with one root, {deepest} levels below it, everybody below the same manager as in the file";
    }

    private async Task<string> ImportKnowledge()
    {
        var topics = await story.Admin.Get(story.At("topics?search=web&limit=5")).Ok();
        Expectations.That(topics.Items.Count > 0, "No topic is found by 'web'.");
        var result = await Import("knowledge/imports", Knowledge.Derive(story.Organisation).ToCsv());
        return $"{result["added"]} offers and needs, derived by seed as the file has none; e.g. topics: {string.Join(", ", topics.Items.Select(topic => topic!.Text("label")))}";
    }

    private async Task<string> ReadGapMap()
    {
        const int shown = 12;
        var gaps = await Expectations.Eventually(async () =>
        {
            var map = await story.Admin.Get(story.At($"gap-map?limit={shown}")).Ok();
            return map.Items.Count == shown && map.Items[0]!["suggestedTemplate"] is not null ? map.Items : null;
        }, "the gap map is counted");
        var topic = gaps[0]!.Text("topic");
        var gap = await story.Admin.Get(story.At($"gap-map/{topic}")).Ok();
        var parts = await story.Admin.All(story.At($"gap-map/{topic}/units"));
        var suggestion = gap["suggestion"];
        var table = new List<string> { $"{"topic",-32} {"held",6} {"held above",11} {"needed above",13} {"imbalance",10}  template" };
        table.AddRange(gaps.OfType<System.Text.Json.Nodes.JsonNode>().Select(item => $"{item.Text("label"),-32} {Count(item, "holders"),6} {Count(item, "holdersWithAuthority"),11} {Count(item, "needs"),13} {Count(item, "imbalance"),10}  {item["suggestedTemplate"]}"));
        table.Add($"{gap["label"]} in {parts.Count} parts of the unit: {string.Join("; ", parts.Select(part => $"{part.Text("unitPath")} {Count(part, "holders")} / {Count(part, "needs")}"))}");
        table.Add($"suggested: {suggestion.Text("template")}, {string.Join("+", suggestion["mentors"]!["stages"]!.AsArray())} mentor {string.Join("+", suggestion["mentees"]!["stages"]!.AsArray())}, topics {string.Join(", ", suggestion["topics"]!.AsArray())}");
        Expectations.That(gaps.Concat(parts).SelectMany(row => new[] { "holders", "holdersWithAuthority", "needs" }.Select(count => row![count]))
            .All(count => count is null || count.GetValue<int>() >= 5), "The map shows a number of fewer than five people.");
        return string.Join('\n', table);

        static string Count(System.Text.Json.Nodes.JsonNode row, string field) => row[field]?.ToJsonString() ?? "·";
    }

    private Task<System.Text.Json.Nodes.JsonNode> Import(string path, string csv) => Imports.Take(story.Admin, story.At(path), csv);

    private async Task<string> GiveRoles()
    {
        foreach (var contact in story.Cast.SafeguardingContacts)
            await story.Admin.Post(story.At("members"), new { email = contact.Email, role = "safeguarding" }).Ok();
        return $"safeguarding: {string.Join(", ", story.Cast.SafeguardingContacts.Select(contact => contact.Name))}; programme manager will be {story.Cast.ProgrammeManager.Name}";
    }
}
