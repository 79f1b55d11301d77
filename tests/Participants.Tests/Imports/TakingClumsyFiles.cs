using System.Globalization;
using System.Net;
using System.Text;
using Mentoring.Messaging;
using Mentoring.Participants.Imports;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Mentoring.Participants.Tests.Imports;

/// <summary>Files as they come out of spreadsheets and old systems, and what is said of them.</summary>
public sealed class TakingClumsyFiles(ParticipantsService service)
{
    private const string Header = "externalId,givenName,familyName,title,managerExternalId\n";

    [Theory]
    [InlineData(',', "")]
    [InlineData(';', "")]
    [InlineData('\t', "")]
    [InlineData('|', "")]
    [InlineData(';', "sep=;\r\n")]
    [InlineData(',', "SEP=,\n")]
    [InlineData('\t', "\"sep=\t\"\r\n")]
    public async Task Any_usual_separator_is_found_also_where_the_first_line_names_it(char separator, string firstLine)
    {
        var unit = await service.AnOrganisation();
        var file = firstLine + (Header + "1,\"Ann, the first\",Boss,a 5\" pipe fitter,\n2,Ben,,Manager,1\n").Replace(',', separator);

        var import = await unit.Import("people", file, "?onError=skip");

        Assert.Equal((new ImportResult(1, 0, 0, 0, 1), 2), (import.Result!, import.Done));
        var ann = Assert.Single(await unit.People()).Value;
        Assert.Equal(($"Ann{separator} the first", "a 5\" pipe fitter"), (ann.GivenName, ann.Title));
        // The line of the file as it was sent.
        var line = firstLine.Length == 0 ? 3 : 4;
        Assert.Equal([$"{line},familyName,missing"], await Report(unit, "people", import.Id));
    }

    [Theory]
    [InlineData("utf-16", "")]
    [InlineData("utf-16BE", "")]
    [InlineData("utf-16BE", "\uFEFF")]
    public async Task Two_byte_letters_are_read_with_a_mark_and_without(string name, string mark)
    {
        var unit = await service.AnOrganisation();
        await unit.Import("people", mark + Header + "1,Ann,Größe,Chefin,\r\n", encoding: Encoding.GetEncoding(name));
        Assert.Equal("Größe", (await unit.People())["1"].FamilyName);
    }

    [Fact]
    public async Task The_name_of_a_column_may_be_broken_into_lines()
    {
        var unit = await service.AnOrganisation();
        var import = await unit.Import("people", "\"External\nID\",Given name,\"Family\r\nname\",Manager External ID\n1,Ann,Boss,\n");
        Assert.Equal(new ImportResult(1, 0, 0, 0, 0), import.Result);
    }

    [Fact]
    public async Task A_cell_that_is_no_text_or_without_end_is_a_fault_of_its_row_alone()
    {
        var unit = await service.AnOrganisation();
        // Of random letters: what an index cannot even compress to its size.
        var draw = new Random(7);
        var endless = new string([.. Enumerable.Range(0, 60_000).Select(_ => (char)draw.Next('a', 'z' + 1))]);
        var file = Header + $"1,Ann,Boss,Chief,\n2,B\0en,Lead,Manager,1\n{endless},Cleo,Staff,Engineer,1\n4,Dan,Staff,{endless},1\n5,Eve,Staff,Engineer,{endless}\n6,😀Fay,Staff,Engineer,1\n";

        var import = await unit.Import("people", file, "?onError=skip");

        Assert.Equal(new ImportResult(2, 0, 0, 0, 4), import.Result);
        Assert.Equal(["1", "6"], (await unit.People()).Keys.Order());
        Assert.Equal(
            ["3,givenName,not-text", "4,externalId,too-long", "5,title,too-long", "6,managerExternalId,too-long"], await Report(unit, "people", import.Id));
    }

    [Fact]
    public async Task Every_row_may_be_bad_and_every_one_is_reported()
    {
        var unit = await service.AnOrganisation();
        var file = new StringBuilder(Header);
        for (var i = 0; i < 12_000; i++)
            file.Append(CultureInfo.InvariantCulture, $"{i},,Nobody,,\n");

        var import = await unit.Import("people", file.ToString(), "?onError=skip");

        Assert.Equal((ImportState.Succeeded, new ImportResult(0, 0, 0, 0, 12_000)), (import.State, import.Result!));
        var report = await Report(unit, "people", import.Id);
        Assert.Equal(Enumerable.Range(2, 12_000).Select(row => $"{row},givenName,missing"), report);
    }

    [Fact]
    public async Task Whoever_is_in_the_file_twice_is_one_superior_through_whom_a_circle_is_still_found()
    {
        var unit = await service.AnOrganisation();
        const string header = "externalId,givenName,familyName,email,managerExternalId\n";

        var byKey = await unit.Import("people", header + "1,Ann,Boss,,4\n2,Ben,Lead,,1\n2,Ben,Lead,,1\n3,Cleo,Staff,,2\n4,Dan,Staff,,3\n");
        // The administrator is known by the address alone, so both rows are them.
        var byAddress = await unit.Import("people", header + $"1,Ann,Boss,{unit.AdminEmail},3\n2,Anna,Boss,{unit.AdminEmail},3\n3,Ben,Lead,,1\n");

        Assert.Equal(
            [
                "2,managerExternalId,reporting-cycle", "3,externalId,duplicate", "4,externalId,duplicate", "5,managerExternalId,reporting-cycle",
                "6,managerExternalId,reporting-cycle",
            ],
            await Report(unit, "people", byKey.Id));
        Assert.Equal(["2,email,email-twice", "3,email,email-twice", "4,managerExternalId,reporting-cycle"], await Report(unit, "people", byAddress.Id));
    }

    [Fact]
    public async Task An_address_is_taken_until_whoever_has_it_gives_it_up()
    {
        var unit = await service.AnOrganisation();
        const string header = "externalId,givenName,familyName,email,managerExternalId\n";
        await unit.Import("people", header + "1,Ann,Boss,a@x.example,\n2,Ben,Lead,b@x.example,1\n");

        var taken = await unit.Import("people", header + "2,Ben,Lead,a@x.example,1\n3,Cleo,Staff,a@x.example,1\n4,Dan,Staff,b@x.example,1\n");
        var given = await unit.Import("people", header + "1,Ann,Boss,,\n3,Cleo,Staff,a@x.example,1\n");

        Assert.Equal(
            ["2,email,email-taken", "2,email,email-twice", "3,email,email-taken", "3,email,email-twice"], (await Report(unit, "people", taken.Id)).Order());
        Assert.Equal(new ImportResult(1, 1, 0, 0, 0), given.Result);
        Assert.Equal("a@x.example", (await unit.People())["3"].Email);
    }

    [Fact]
    public async Task An_address_that_is_kept_after_all_is_not_given_to_somebody_else_and_the_rest_is_taken()
    {
        var unit = await service.AnOrganisation();
        const string header = "externalId,givenName,familyName,email,managerExternalId\n";
        await unit.Import("people", header + "1,Ann,Boss,a@x.example,\n2,Ben,Lead,b@x.example,1\n3,Cleo,Lead,c@x.example,1\n");

        // Ben's new manager is nobody, so Ben keeps his address, so Cleo keeps hers, so Dan has none.
        const string file = "2,Ben,Lead,new@x.example,99\n3,Cleo,Lead,b@x.example,1\n4,Dan,Staff,c@x.example,1\n5,Eve,Staff,e@x.example,1\n";
        var dry = await unit.Import("people", header + file, "?onError=skip&dryRun=true");
        var import = await unit.Import("people", header + file, "?onError=skip");

        foreach (var one in new[] { dry, import })
        {
            Assert.Equal(ImportState.Succeeded, one.State);
            Assert.Equal(["2,managerExternalId,manager-unknown", "3,email,email-taken", "4,email,email-taken"], (await Report(unit, "people", one.Id)).Order());
        }
        Assert.Equal(new ImportResult(1, 0, 0, 0, 3), import.Result);
        var people = await unit.People();
        Assert.Equal(["a@x.example", "b@x.example", "c@x.example", "e@x.example"], people.Values.Select(person => person.Email).Order());
    }

    [Fact]
    public async Task A_manager_is_looked_for_in_the_file_and_in_the_unit_and_said_to_be_gone_skipped_or_unknown()
    {
        var unit = await service.AnOrganisation();
        const string header = "externalId,givenName,familyName,managerExternalId,leftOn\n";
        await unit.Import("people", header + "1,Ann,Boss,,\n2,Ben,Lead,1,\n3,Cleo,Staff,2,\n");

        var import = await unit.Import(
            "people", header + "2,Ben,Lead,1,2026-01-12\n5,Eve,Staff,2,\n6,Fay,,1,\n7,Gus,Staff,6,\n8,Hal,Staff,99,\n9,Ida,Staff,3,\n", "?onError=skip");

        Assert.Equal(
            ["3,managerExternalId,manager-left", "4,familyName,missing", "5,managerExternalId,manager-skipped", "6,managerExternalId,manager-unknown"],
            await Report(unit, "people", import.Id));
        Assert.Equal(new ImportResult(1, 0, 0, 1, 4), import.Result);
        var people = await unit.People();
        Assert.Equal([people["3"].Id, people["1"].Id], people["9"].Chain);
    }

    [Fact]
    public async Task Several_at_the_top_are_taken_and_named()
    {
        var unit = await service.AnOrganisation();
        var import = await unit.Import("people", Header + "1,Ann,Boss,Chief,\n2,Ben,Lead,Manager,1\n3,Cleo,Forgotten,Engineer,\n");

        Assert.Equal((ImportState.Succeeded, new ImportResult(3, 0, 0, 0, 0, Notices: 2)), (import.State, import.Result!));
        Assert.Equal(["2,managerExternalId,one-of-several-tops", "4,managerExternalId,one-of-several-tops"], await Report(unit, "people", import.Id));
        var repaired = await unit.Import("people", Header + "3,Cleo,Forgotten,Engineer,2\n");
        Assert.Equal(0, repaired.Result!.Notices);
        // Who comes later without a manager is one of several, though the file has no other.
        Assert.Equal(1, (await unit.Import("people", Header + "4,Dan,Late,Engineer,\n")).Result!.Notices);
    }

    [Fact]
    public async Task Free_text_is_not_searched_for_what_columns_may_not_hold()
    {
        var unit = await service.AnOrganisation();
        var people = await unit.Import("people", "externalId,givenName,familyName,title,unitPath,managerExternalId\n1,Ann,Sex,Head of Gender and Age 50+ Programmes,Religion / Birth date,\n");
        var knowledge = await unit.Import("knowledge", "externalId,kind,topic,level,evidence\n1,offer,speaking-up,4,\"Born 1961, a woman, in a union\"\n");
        Assert.Equal((new ImportResult(1, 0, 0, 0, 0), new ImportResult(1, 0, 0, 0, 0)), (people.Result!, knowledge.Result!));
        Assert.Equal("Head of Gender and Age 50+ Programmes", (await unit.People())["1"].Title);
    }

    [Fact]
    public async Task What_was_imported_is_listed_the_newest_first()
    {
        var unit = await service.AnOrganisation();
        var first = await unit.Import("people", Header + "1,Ann,Boss,Chief,\n");
        // Within one millisecond neither is the newer.
        service.Clock.Advance(TimeSpan.FromMilliseconds(2));
        var second = await unit.Import("people", Header + "2,,Lead,Manager,1\n");
        await unit.Import("knowledge", "externalId,kind,topic,level\n1,need,speaking-up,1\n");

        var page = await unit.Get<Page<ImportView>>("people/imports?limit=1");
        var last = await unit.Get<Page<ImportView>>($"people/imports?limit=1&after={page.Next}");

        Assert.Equal((second.Id, ImportState.Refused), (Assert.Single(page.Items).Id, page.Items[0].State));
        Assert.Equal((first.Id, null), (Assert.Single(last.Items).Id, last.Next));
        using var client = unit.Somebody();
        using var refused = await client.GetAsync(unit.Unit.At("people/imports"));
        await refused.Refused(HttpStatusCode.Forbidden, "role-missing");
        Assert.Empty((await (await service.AnOrganisation()).Get<Page<ImportView>>("people/imports")).Items);
    }

    [Fact]
    public async Task Bad_rows_are_kept_for_thirty_days_and_then_gone()
    {
        var unit = await service.AnOrganisation();
        var import = await unit.Import("people", Header + "1,,Boss,Chief,\n");
        var timer = await service.In(unit.Unit, db => db.Set<TimerRow>().SingleAsync(t => t.UnitId == unit.Unit.Id));
        Assert.Equal((ForgetImportErrors.Name, import.Id.ToString()), (timer.Name, timer.Key));
        Assert.Equal(30, (timer.DueAt - import.FinishedAt!.Value).TotalDays, 0.1);

        await using (var scope = service.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<UnitContext>().Enter(unit.Unit.Id);
            await scope.ServiceProvider.GetRequiredService<ForgetImportErrors>().Fire(new TimerFired(timer.Key, timer.DueAt, "null"), CancellationToken.None);
        }

        Assert.Equal(0, await service.In(unit.Unit, db => db.ImportErrors.CountAsync()));
        using var client = unit.Admin;
        using var report = await client.GetAsync(unit.Unit.At($"people/imports/{import.Id}/errors"));
        await report.Refused(HttpStatusCode.Gone, "report-gone");
        Assert.Equal(1, (await unit.Get<ImportView>($"people/imports/{import.Id}")).Result!.Errors);
    }

    /// <summary>Row, column and code of every line.</summary>
    private static async Task<IEnumerable<string>> Report(Organisation unit, string area, Guid import)
    {
        using var client = unit.Admin;
        var report = await client.GetStringAsync(unit.Unit.At($"{area}/imports/{import}/errors"));
        return report.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => string.Join(',', line.Split(',').Take(3)));
    }
}
