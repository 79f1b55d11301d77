using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Mentoring.Contracts.Participants;
using Mentoring.Participants.Imports;
using Mentoring.Participants.People;
using Mentoring.Participants.Tests.Scim;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Tests.People;

/// <summary>One by one and by file are two ways to the same: the statements of a file are the independent implementation.</summary>
public sealed class KeepingOnePerson(ParticipantsService service)
{
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private const string Mentoring = "urn:ietf:params:scim:schemas:extension:mentoring:2.0:User";
    private const int Everybody = 6;

    [Fact]
    public void Told_one_by_one_or_in_a_file_the_unit_is_the_same()
    {
        var step = from who in Gen.Choose(1, Everybody)
                   from manager in Gen.Choose(0, Everybody)
                   from title in Gen.Elements("", "Head", "Engineer")
                   from grade in Gen.Elements("", "3", "8")
                   from stage in Gen.Elements("", "", "senior")
                   from place in Gen.Elements("", "Oslo")
                   select (Who: who, Manager: manager, Title: title, Grade: grade, Stage: stage, Place: place);
        Prop.ForAll(Arb.From(Gen.NonEmptyListOf(step).Resize(8)), steps => Check([.. steps]).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(4));

        async Task Check(IReadOnlyList<(int Who, int Manager, string Title, string Grade, string Stage, string Place)> steps)
        {
            var (one, file) = (await AUnit(), await AUnit());
            using var client = ProvisioningPeople.Provider(one);
            var ids = new Dictionary<int, string>();
            foreach (var (who, manager, title, grade, stage, place) in steps)
            {
                var boss = ids.ContainsKey(manager) ? manager : 0;
                var imported = await file.Import("people", $"externalId,givenName,familyName,email,title,grade,stage,location,managerExternalId\nE{who},Given{who},Family,p{who}@example.org,{title},{grade},{stage},{place},{(boss == 0 ? "" : $"E{boss}")}\n");
                var user = $$$"""
                    {"userName":"p{{{who}}}","name":{"givenName":"Given{{{who}}}","familyName":"Family"},"emails":[{"value":"p{{{who}}}@example.org"}],"title":"{{{title}}}",
                     "addresses":[{"locality":"{{{place}}}"}],"{{{Mentoring}}}":{"grade":{{{(grade.Length == 0 ? "null" : grade)}}},"stage":"{{{stage}}}"},
                     "{{{Enterprise}}}":{"employeeNumber":"E{{{who}}}","manager":"{{{(boss == 0 ? "" : ids[boss])}}}"}}
                    """;
                using var answer = ids.TryGetValue(who, out var id)
                    ? await client.Send(HttpMethod.Put, one, $"Users/{id}", user)
                    : await client.Send(HttpMethod.Post, one, "Users", user);
                Assert.True(imported.State == ImportState.Succeeded == answer.IsSuccessStatusCode, $"{imported.State} {await answer.Content.ReadAsStringAsync()}");
                if (answer.IsSuccessStatusCode)
                    ids[who] = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["id"]!.GetValue<string>();
            }
            Assert.Equal(await Written(file), await Written(one));
        }
    }

    private async Task<Organisation> AUnit()
    {
        var unit = await service.AnOrganisation();
        using var admin = unit.Admin;
        using var request = new HttpRequestMessage(HttpMethod.Put, unit.Unit.At("people/stage-mapping"));
        request.Headers.TryAddWithoutValidation("If-Match", "\"0\"");
        request.Content = JsonContent.Create(new { rules = new[] { new { title = "head", stage = "executive" } }, grades = new[] { new { from = 7, stage = "senior" } } });
        using var answer = await admin.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return unit;
    }

    private async Task<string> Written(Organisation unit)
    {
        var people = await service.In(unit.Unit, db => db.People.AsNoTracking().OrderBy(person => person.ExternalId).ToListAsync());
        var names = people.ToDictionary(person => person.Id, person => person.GivenName);
        var text = new StringBuilder();
        foreach (var p in people.Where(person => person.ExternalId is not null))
        {
            text.AppendLine($"{p.ExternalId} {p.Name} {p.FamilyFirst} {p.GivenFirst} {p.Email} {p.Title} {p.UnitPath} {p.Stage} {p.StageTold} {p.Grade} {p.Location} {p.TimeZone} {string.Join(';', p.Languages)} "
                + $"<{(p.ManagerId is { } manager ? names[manager] : "")} {string.Join(' ', p.Chain.Select(above => names[above]))} v{p.Version} {p.Gone} {p.IsGuest} {p.KnownElsewhere} {p.LeftOn}");
        }
        return text.ToString();
    }
}
