using System.Net;
using System.Net.Http.Json;
using Mentoring.Participants.Imports;
using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Tests.Imports;

public sealed class MappingHeaders(ParticipantsService service)
{
    private static readonly MappedColumn[] Theirs =
    [
        new("Pers.-Nr.", "externalId"), new("Vorname", "givenName"), new("Nachname", "family_name"), new("Vorgesetzter", "managerExternalId"),
        new("title", null), new("Funktion", "Title"), new("Kostenstelle", null), new("Gehaltsband", null),
    ];

    private const string File = "PERS.-NR.;vorname;Nachname;Vorgesetzter;Title;Funktion;Kostenstelle;Gehaltsband\n1;Ann;Boss;;Dr.;Chefin;4711;\n2;Ben;Lead;1;;Leiter;4712;E\n";

    [Fact]
    public async Task What_is_kept_once_reads_every_later_file()
    {
        var unit = await service.AnOrganisation();
        using var before = await unit.Post("people", File);
        var unknown = await before.Refused(HttpStatusCode.UnprocessableEntity, "unknown-column");
        Assert.Contains("PERS.-NR.", unknown.Errors!.Keys);

        using var kept = await Put(unit, Theirs, "\"0\"");

        Assert.Equal("\"1\"", kept.Headers.ETag!.Tag);
        var import = await unit.Import("people", File);
        Assert.Equal((ImportState.Succeeded, new ImportResult(2, 0, 0, 0, 0)), (import.State, import.Result!));
        var people = await unit.People();
        // "Title" is theirs for something else, and left out; their "Funktion" is our title.
        Assert.Equal(("Ann", "Boss", "Chefin"), (people["1"].GivenName, people["1"].FamilyName, people["1"].Title));
        Assert.Equal(people["1"].Id, people["2"].ManagerId);
        // Our own names still do, and the same two people are meant.
        Assert.Equal(new ImportResult(0, 0, 2, 0, 0), (await unit.Import("people", "externalId,givenName,familyName,managerExternalId\n1,Ann,Boss,\n2,Ben,Lead,1\n")).Result);
    }

    [Fact]
    public async Task Faults_are_reported_by_our_name_and_a_row_that_is_too_short_is_one()
    {
        var unit = await service.AnOrganisation();
        using var kept = await Put(unit, Theirs, "*");
        var import = await unit.Import("people", "Pers.-Nr.;Vorname;Nachname;Vorgesetzter;Kostenstelle\n1;;Boss;;4711\n2;Ben;Lead;\n");
        using var client = unit.Admin;
        var report = await client.GetStringAsync(unit.Unit.At($"people/imports/{import.Id}/errors"));
        Assert.Contains("2,givenName,missing", report, StringComparison.Ordinal);
        Assert.Contains("3,,cells-missing-or-extra", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Geburtsdatum", "title")]
    [InlineData("Alter", null)]
    [InlineData("fechanac", "leftOn")]
    public async Task A_protected_column_is_refused_whatever_it_is_mapped_to(string source, string? column)
    {
        var unit = await service.AnOrganisation();

        using var answer = await Put(unit, [.. Theirs, new(source, column)], "*");

        Assert.Equal([source], (await answer.Refused(HttpStatusCode.UnprocessableEntity, "protected-column")).Errors!.Keys);
        Assert.Empty((await unit.Get<HeaderMappingView>("people/imports/header-mapping")).Columns);
        Assert.Equal(0, await service.In(unit.Unit, db => db.HeaderMappings.CountAsync()));
        using var kept = await Put(unit, Theirs, "*");
        using var file = await unit.Post("people", $"Pers.-Nr.;Vorname;Nachname;Vorgesetzter;{source}\n1;Ann;Boss;;1961\n");
        await file.Refused(HttpStatusCode.UnprocessableEntity, "protected-column");
    }

    [Fact]
    public async Task Two_columns_of_a_file_cannot_both_be_the_same_of_ours()
    {
        var unit = await service.AnOrganisation();
        using var kept = await Put(unit, [new("Chef", "managerExternalId"), new("Vorgesetzter", "managerExternalId")], "*");
        using var twice = await unit.Post("people", "externalId,givenName,familyName,Chef,Vorgesetzter\n");
        Assert.Equal(["managerExternalId"], (await twice.Refused(HttpStatusCode.UnprocessableEntity, "unknown-column")).Errors!.Keys);
        // A column that is needed may not be left out.
        using var left = await Put(unit, [new("familyName", null)], "*");
        using var missing = await unit.Post("people", "externalId,givenName,familyName,managerExternalId\n");
        Assert.Equal(["familyName"], (await missing.Refused(HttpStatusCode.UnprocessableEntity, "missing-column")).Errors!.Keys);
    }

    [Fact]
    public async Task A_mapping_that_means_nothing_is_refused_and_two_administrators_do_not_overwrite_one_another()
    {
        var unit = await service.AnOrganisation();
        MappedColumn[][] wrong = [[new("Chef", "boss")], [new(" ", "title")], [new("Funk tion", "title"), new("FUNKTION", null)], [new(new string('x', 301), null)]];
        foreach (var columns in wrong)
        {
            using var refused = await Put(unit, columns, "*");
            Assert.Contains("columns", (await refused.Refused(HttpStatusCode.BadRequest, "invalid")).Errors!.Keys);
        }
        using var first = await Put(unit, Theirs, "\"0\"");
        using var stale = await Put(unit, [], "\"0\"");
        await stale.Refused(HttpStatusCode.PreconditionFailed, "stale");
        using var none = await Put(unit, [], null);
        await none.Refused(HttpStatusCode.PreconditionRequired, "precondition-required");
        Assert.Equal(Theirs.Length, (await unit.Get<HeaderMappingView>("people/imports/header-mapping")).Columns.Count);
        using var gone = await Put(unit, [], "\"1\"");
        Assert.Empty((await unit.Get<HeaderMappingView>("people/imports/header-mapping")).Columns);
    }

    [Fact]
    public async Task It_is_the_units_own_and_of_one_kind_of_file()
    {
        var unit = await service.AnOrganisation();
        using var kept = await Put(unit, Theirs, "*");
        Assert.Empty((await unit.Get<HeaderMappingView>("knowledge/imports/header-mapping")).Columns);
        var other = await service.AnOrganisation();
        Assert.Empty((await other.Get<HeaderMappingView>("people/imports/header-mapping")).Columns);
        using var theirs = await other.Post("people", File);
        await theirs.Refused(HttpStatusCode.UnprocessableEntity, "unknown-column");
        using var somebody = unit.Somebody();
        using var refused = await somebody.GetAsync(unit.Unit.At("people/imports/header-mapping"));
        await refused.Refused(HttpStatusCode.Forbidden, "role-missing");
    }

    private static async Task<HttpResponseMessage> Put(Organisation unit, IReadOnlyList<MappedColumn> columns, string? ifMatch)
    {
        using var client = unit.Admin;
        using var put = new HttpRequestMessage(HttpMethod.Put, unit.Unit.At("people/imports/header-mapping"))
        {
            Content = JsonContent.Create(new HeaderMappingView(columns), options: Json.Options),
        };
        if (ifMatch is not null)
            put.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await client.SendAsync(put);
    }
}
