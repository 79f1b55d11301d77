using System.Net;
using System.Net.Http.Json;
using Mentoring.Contracts.Participants;
using Mentoring.Participants.Imports;
using Mentoring.Participants.People;
using Mentoring.ServiceDefaults;

namespace Mentoring.Participants.Tests.People;

public sealed class MappingStages(ParticipantsService service)
{
    private const string File = """
        externalId,givenName,familyName,title,grade,managerExternalId,stage
        1,Ann,Boss,Chief Executive,12,,
        2,Ben,Lead,Manager,8,1,
        3,Cleo,Staff,Engineer,3,2,
        4,Dan,Staff,Engineer,,2,
        5,Eve,Told,Engineer,3,2,senior
        """;

    private static readonly StageMapping ByBoth = new(
        [new("chief executive", CareerStage.Executive), new("MANAGER", CareerStage.Established)],
        [new(7, CareerStage.Senior), new(2, CareerStage.Early), new(10, CareerStage.Senior)]);

    [Fact]
    public async Task A_title_goes_before_the_grade_and_the_grade_before_established()
    {
        var unit = await service.AnOrganisation();
        await unit.Import("people", File);

        using var answer = await Put(unit, ByBoth, "\"0\"");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("executive established early established senior", await Stages(unit));
        var kept = await unit.Get<StageMapping>("people/stage-mapping");
        Assert.Equal([2, 7, 10], kept.Grades!.Select(grade => grade.From));
        // What comes later follows it as well, and what a file does not tell still counts: titles here, grades there.
        await unit.Import("people", File.Replace("2,Ben,Lead,Manager,8", "2,Ben,Lead,Director,8", StringComparison.Ordinal));
        Assert.Equal("executive senior early established senior", await Stages(unit));
        var same = await unit.Import("people", "externalId,givenName,familyName,managerExternalId\n1,Ann,Boss,\n2,Ben,Lead,1\n3,Cleo,Staff,2\n");
        Assert.Equal(new ImportResult(0, 0, 3, 0, 0), same.Result);
        await unit.Import("people", "externalId,givenName,familyName,managerExternalId,grade\n1,Ann,Boss,,3\n2,Ben,Lead,1,3\n4,Dan,Staff,2,1\n");
        Assert.Equal("executive early early established senior", await Stages(unit));
    }

    [Fact]
    public async Task A_preview_tells_who_would_change_and_changes_nothing()
    {
        var unit = await service.AnOrganisation();
        await unit.Import("people", File);
        var before = await unit.People();

        var preview = await Preview(unit, ByBoth);

        Assert.Equal(2, preview.Changed);
        Assert.Equal(
            [new StageChanges(CareerStage.Established, CareerStage.Early, 1), new StageChanges(CareerStage.Established, CareerStage.Executive, 1)], preview.Changes);
        Assert.Equal(
            [("Ann Boss", CareerStage.Executive), ("Cleo Staff", CareerStage.Early)],
            preview.People.Items.Select(change => (change.Name, change.To)).OrderBy(change => change.Name));
        // The administrator has neither title nor grade, Dan no grade.
        Assert.Equal([("Engineer", 1L), (null, 1L)], preview.Unmapped.OrderBy(row => row.Title is null).Select(row => (row.Title, row.People)));
        Assert.All(await unit.People(), pair => Assert.Equal((before[pair.Key].Stage, before[pair.Key].Version), (pair.Value.Stage, pair.Value.Version)));
        Assert.Empty((await unit.Get<StageMapping>("people/stage-mapping")).Rules);
    }

    [Fact]
    public async Task What_was_previewed_is_what_then_happens()
    {
        var unit = await service.AnOrganisation();
        await unit.Import("people", File);
        var before = await unit.People();
        var first = await Preview(unit, ByBoth, "?limit=1");
        var second = await Preview(unit, ByBoth, $"?limit=1&after={first.People.Next}");
        Assert.Null(second.People.Next);

        using var answer = await Put(unit, ByBoth, "*");

        var after = await unit.People();
        var changed = after.Values.Where(person => before[person.ExternalId!].Version != person.Version).Select(person => (person.Id, person.Stage));
        Assert.Equal(changed.OrderBy(change => change.Id), first.People.Items.Concat(second.People.Items).Select(change => (change.Id, change.To)).OrderBy(change => change.Id));
        Assert.Equal(0, (await Preview(unit, ByBoth)).Changed);
    }

    [Fact]
    public async Task Two_administrators_do_not_overwrite_one_another_and_wrong_grades_are_refused()
    {
        var unit = await service.AnOrganisation();
        using var none = await Put(unit, ByBoth, null);
        await none.Refused(HttpStatusCode.PreconditionRequired, "precondition-required");
        var both = await Task.WhenAll(Put(unit, ByBoth, "\"0\""), Put(unit, new([], []), "\"0\""));
        Assert.Equal([200, 412], both.Select(answer => (int)answer.StatusCode).Order());
        foreach (var answer in both)
            answer.Dispose();
        GradeStage[][] wrong = [[new(0, CareerStage.Early)], [new(100, CareerStage.Early)], [new(4, CareerStage.Early), new(4, CareerStage.Senior)]];
        foreach (var grades in wrong)
        {
            using var refused = await Put(unit, new([], grades), "*");
            Assert.Contains("grades", (await refused.Refused(HttpStatusCode.BadRequest, "invalid")).Errors!.Keys);
            using var preview = await Post(unit, new([], grades));
            await preview.Refused(HttpStatusCode.BadRequest, "invalid");
        }
        using var somebody = unit.Somebody();
        using var forbidden = await somebody.PostAsJsonAsync(unit.Unit.At("people/stage-mapping/preview"), ByBoth, Json.Options);
        await forbidden.Refused(HttpStatusCode.Forbidden, "role-missing");
    }

    private static async Task<string> Stages(Organisation unit) =>
        string.Join(' ', (await unit.People()).OrderBy(pair => pair.Key).Select(pair => Kebab.Of(pair.Value.Stage)));

    private static async Task<StagePreview> Preview(Organisation unit, StageMapping mapping, string query = "")
    {
        using var answer = await Post(unit, mapping, query);
        return await answer.ReadAs<StagePreview>();
    }

    private static async Task<HttpResponseMessage> Post(Organisation unit, StageMapping mapping, string query = "")
    {
        using var client = unit.Admin;
        return await client.PostAsJsonAsync(unit.Unit.At($"people/stage-mapping/preview{query}"), mapping, Json.Options);
    }

    private static async Task<HttpResponseMessage> Put(Organisation unit, StageMapping mapping, string? ifMatch)
    {
        using var client = unit.Admin;
        using var put = new HttpRequestMessage(HttpMethod.Put, unit.Unit.At("people/stage-mapping")) { Content = JsonContent.Create(mapping, options: Json.Options) };
        if (ifMatch is not null)
            put.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await client.SendAsync(put);
    }
}
