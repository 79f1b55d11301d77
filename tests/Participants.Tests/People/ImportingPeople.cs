using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Participants.Imports;
using Mentoring.Participants.People;
using Mentoring.Participants.Units;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Mentoring.Participants.Tests.People;

public sealed class ImportingPeople(ParticipantsService service)
{
    private const string Header = "externalId,givenName,familyName,title,managerExternalId\n";
    private const string Three = Header + "1,Ann,Boss,Chief Executive,\n2,Ben,Lead,Manager,1\n3,Cleo,Staff,Engineer,2\n";

    [Fact]
    public async Task Everybody_goes_in_with_the_line_above_them()
    {
        var unit = await service.AnOrganisation();

        var import = await unit.Import("people", Three);

        Assert.Equal((ImportState.Succeeded, 3, 3), (import.State, import.Done, import.Total));
        Assert.Equal(new ImportResult(3, 0, 0, 0, 0), import.Result);
        var people = await unit.People();
        Assert.Equal([people["2"].Id, people["1"].Id], people["3"].Chain);
        Assert.Empty(people["1"].Chain);
        Assert.Equal("Europe/Berlin", people["3"].TimeZone);
        var shown = await unit.Get<PersonView>($"people/{people["3"].Id}");
        Assert.Equal(["Ben Lead", "Ann Boss"], shown.Chain.Select(above => above.Name));
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing()
    {
        var unit = await service.AnOrganisation();
        await unit.Import("people", Three);
        var before = await unit.People();

        var again = await unit.Import("people", Three);

        Assert.Equal(new ImportResult(0, 0, 3, 0, 0), again.Result);
        Assert.All(await unit.People(), pair => Assert.Equal(before[pair.Key].Version, pair.Value.Version));
    }

    [Fact]
    public async Task A_file_with_birth_date_and_sex_is_refused_naming_the_columns_and_keeps_nothing()
    {
        var unit = await service.AnOrganisation();

        using var answer = await unit.Post("people", "externalId,givenName,familyName,birth_date,gender,managerExternalId\n1,Ann,Boss,1950-01-01,F,\n");

        var problem = await answer.Refused(HttpStatusCode.UnprocessableEntity, "protected-column");
        Assert.Equal(["birth_date", "gender"], problem.Errors!.Keys.Order());
        Assert.Equal(0, await service.In(unit.Unit, db => db.Set<ImportChunk>().CountAsync()));
        Assert.Equal(0, await service.In(unit.Unit, db => db.Imports.CountAsync()));
    }

    [Fact]
    public async Task An_unknown_or_missing_column_is_refused_by_name()
    {
        var unit = await service.AnOrganisation();
        using var unknown = await unit.Post("people", "externalId,givenName,familyName,boss\n");
        Assert.Equal(["boss"], (await unknown.Refused(HttpStatusCode.UnprocessableEntity, "unknown-column")).Errors!.Keys);
        using var missing = await unit.Post("people", "externalId,givenName,familyName\n");
        Assert.Equal(["managerExternalId"], (await missing.Refused(HttpStatusCode.UnprocessableEntity, "missing-column")).Errors!.Keys);
        using var empty = await unit.Post("people", "");
        await empty.Refused(HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public async Task One_bad_row_refuses_the_file_unless_asked_otherwise()
    {
        var unit = await service.AnOrganisation();
        var file = Header + "1,Ann,Boss,Chief,\n2,,Lead,Manager,1\n";

        var refused = await unit.Import("people", file);
        Assert.Equal((ImportState.Refused, 1), (refused.State, refused.Result!.Errors));
        Assert.Empty(await unit.People());

        var taken = await unit.Import("people", file, "?onError=skip");
        Assert.Equal(new ImportResult(1, 0, 0, 0, 1), taken.Result);
        Assert.Equal(["1"], (await unit.People()).Keys);
    }

    [Fact]
    public async Task A_dry_run_tells_and_changes_nothing()
    {
        var unit = await service.AnOrganisation();
        var import = await unit.Import("people", Three, "?dryRun=true");
        Assert.Equal((ImportState.Succeeded, new ImportResult(3, 0, 0, 0, 0)), (import.State, import.Result!));
        Assert.Empty(await unit.People());
    }

    [Fact]
    public async Task Every_fault_is_reported_by_row_and_column_in_cells_that_run_nothing()
    {
        var unit = await service.AnOrganisation();
        var import = await unit.Import("people", """
            externalId,givenName,familyName,email,managerExternalId,stage,grade,timeZone,leftOn
            1,Ann,Boss,ann@a.example,,executive,99,Europe/Berlin,
            2,Ben,Lead,=cmd|' /C calc'!A0,1,,,,
            3,Cleo,Staff,,99,,,,
            4,Dan,Staff,,4,,,,
            5,Eve,Staff,,1,junior,,,
            6,Fay,Staff,,1,,,Mars/Base,
            7,Gus,Staff,,1,,,,yesterday
            8,Hal,Staff,ann@a.example,1,,,,
            9,Ida,Staff,,1,,,
            10,Jon,Staff,,1,,,,
            10,Jon,Staff,,5,,,,
            11,Kim,Staff,,12,,,,
            12,Lea,Staff,,11,,,,
            13,Max,Staff,,1,,0,,
            14,Nia,Staff,,1,,100,,
            15,Ola,Staff,,1,,SEO,,
            16,Pia,Staff,,1,,4.5,,
            17,Quy,Staff,,1,,+4,,
            """);
        Assert.Equal(ImportState.Refused, import.State);
        using var client = unit.Admin;
        var report = await client.GetStringAsync(unit.Unit.At($"people/imports/{import.Id}/errors"));
        var rows = report.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => line.Split(',')).Select(cells => $"{cells[0]} {cells[1]} {cells[2]}");
        Assert.Equal(
            [
                "2 email email-twice", "3 email not-an-address", "4 managerExternalId manager-unknown", "5 managerExternalId own-manager", "6 stage stage-unknown",
                "7 timeZone time-zone-unknown", "8 leftOn not-a-date", "9 email email-twice", "10  cells-missing-or-extra",
                "11 managerExternalId two-managers", "12 managerExternalId two-managers", "13 managerExternalId reporting-cycle", "14 managerExternalId reporting-cycle",
                "15 grade grade-unknown", "16 grade grade-unknown", "17 grade grade-unknown", "18 grade grade-unknown", "19 grade grade-unknown",
            ],
            rows);
        Assert.Contains("'=cmd|", report, StringComparison.Ordinal);
        Assert.DoesNotContain(",=cmd|", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whose_managers_row_is_left_out_is_left_out_as_well()
    {
        var unit = await service.AnOrganisation();
        var import = await unit.Import("people", Header + "1,Ann,Boss,Chief,\n2,Ben,Lead,Manager,77\n3,Cleo,Staff,Engineer,2\n4,Dan,Staff,Engineer,1\n", "?onError=skip");
        Assert.Equal(new ImportResult(2, 0, 0, 0, 2), import.Result);
        Assert.Equal(["1", "4"], (await unit.People()).Keys.Order());
    }

    [Fact]
    public async Task A_line_is_refused_where_it_grows_too_long_whether_below_or_above_whoever_comes()
    {
        var unit = await service.AnOrganisation();
        using var client = unit.Admin;
        // The fifty-first has fifty people above.
        var line = Header + string.Concat(Enumerable.Range(1, 54).Select(i => $"{i},Ann,Number {i},Lead,{(i == 1 ? "" : i - 1)}\n"));

        var refused = await unit.Import("people", line);
        Assert.Equal(ImportState.Refused, refused.State);
        Assert.Equal(["53 managerExternalId line-too-long"], await Faults(refused));
        Assert.DoesNotContain("1", (await unit.People()).Keys);
        var taken = await unit.Import("people", line, "?onError=skip");
        Assert.Equal(new ImportResult(51, 0, 0, 0, 3), taken.Result);
        Assert.Equal(
            ["53 managerExternalId line-too-long", "54 managerExternalId manager-skipped", "55 managerExternalId manager-skipped"], await Faults(taken));
        Assert.Equal(50, (await unit.People())["51"].Chain.Count);

        await unit.Import("people", Header + "top,Zoe,Above,Chief,\n");
        var moved = await unit.Import("people", Header + "2,Ann,Number 2,Lead,top\n1,Ann,Number 1,Lead,top\n");
        Assert.Equal((ImportState.Succeeded, 50), (moved.State, (await unit.People())["51"].Chain.Count));
        var back = await unit.Import("people", Header + "2,Ann,Number 2,Lead,1\n");
        Assert.Equal(ImportState.Refused, back.State);
        Assert.Equal(["2 managerExternalId line-too-long"], await Faults(back));

        async Task<string[]> Faults(ImportView import) =>
            [.. (await client.GetStringAsync(unit.Unit.At($"people/imports/{import.Id}/errors"))).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1)
                .Select(row => row.Split(',')).Select(cells => $"{cells[0]} {cells[1]} {cells[2]}")];
    }

    [Fact]
    public async Task A_cycle_made_by_what_is_here_and_what_comes_is_found()
    {
        var unit = await service.AnOrganisation();
        await unit.Import("people", Three);
        var import = await unit.Import("people", Header + "1,Ann,Boss,Chief Executive,3\n", "?onError=skip");
        Assert.Equal(1, import.Result!.Errors);
        Assert.Empty((await unit.People())["1"].Chain);
    }

    [Fact]
    public async Task Stages_follow_the_units_own_mapping_from_titles()
    {
        var unit = await service.AnOrganisation();
        using var client = unit.Admin;
        client.DefaultRequestHeaders.IfMatch.Add(System.Net.Http.Headers.EntityTagHeaderValue.Any);
        using var mapped = await client.PutAsJsonAsync(unit.Unit.At("people/stage-mapping"), new StageMapping(
            [new("chief executive", CareerStage.Executive), new("Engineer", CareerStage.Early)]), Json.Options);
        Assert.Equal(HttpStatusCode.OK, mapped.StatusCode);

        await unit.Import("people", Three);
        Assert.Equal([CareerStage.Executive, CareerStage.Established, CareerStage.Early], (await unit.People()).OrderBy(p => p.Key).Select(p => p.Value.Stage));

        using var again = await client.PutAsJsonAsync(unit.Unit.At("people/stage-mapping"), new StageMapping([new("MANAGER", CareerStage.Senior)]), Json.Options);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal([CareerStage.Established, CareerStage.Senior, CareerStage.Established], (await unit.People()).OrderBy(p => p.Key).Select(p => p.Value.Stage));
    }

    [Fact]
    public async Task A_grade_is_kept_as_told_and_another_grade_is_a_new_version()
    {
        var unit = await service.AnOrganisation();
        const string header = "externalId,givenName,familyName,managerExternalId,grade\n";
        await unit.Import("people", header + "1,Ann,Boss,,99\n2,Ben,Lead,1,7\n3,Cleo,Staff,2,\n");
        var before = await unit.People();
        Assert.Equal([99, 7, null], before.OrderBy(p => p.Key).Select(p => p.Value.Grade));

        var import = await unit.Import("people", header + "1,Ann,Boss,,99\n2,Ben,Lead,1,8\n3,Cleo,Staff,2,\n");

        Assert.Equal(new ImportResult(0, 1, 2, 0, 0), import.Result);
        var after = await unit.People();
        Assert.Equal((8, before["2"].Version + 1), (after["2"].Grade, after["2"].Version));
        Assert.Equal(8, (await unit.Get<PersonView>($"people/{after["2"].Id}")).Grade);
        Assert.Equal([99, 8, null], (await unit.Get<Page<PersonItem>>("people")).Items.Where(p => p.ExternalId is not null).OrderBy(p => p.ExternalId).Select(p => p.Grade));
        // Told empty is told: the grade goes.
        await unit.Import("people", header + "2,Ben,Lead,1,\n");
        Assert.Null((await unit.People())["2"].Grade);
    }

    [Fact]
    public async Task A_reorganisation_tells_exactly_those_known_elsewhere_whose_line_changed()
    {
        var unit = await service.AnOrganisation();
        await unit.Import("people", Header + "1,Ann,Boss,Chief,\n2,Ben,Lead,Manager,1\n3,Cleo,Staff,Engineer,2\n4,Dan,Staff,Engineer,2\n5,Eve,Lead,Manager,1\n6,Fay,Staff,Engineer,5\n");
        var people = await unit.People();
        await BecomeKnown(unit, "3", "6");

        // Ben now reports to Eve: Ben, Cleo and Dan have another line, of whom only Cleo is known elsewhere.
        var import = await unit.Import("people", Header + "2,Ben,Lead,Manager,5\n");

        Assert.Equal(new ImportResult(0, 1, 0, 0, 0), import.Result);
        var told = await service.Bus.Of<ReportingLineChanged>(unit.Unit);
        Assert.Equal(people["3"].Id, told.PersonId);
        Assert.Equal([people["2"].Id, people["5"].Id, people["1"].Id], told.Chain);
        var after = await unit.People();
        Assert.Equal([people["2"].Id, people["5"].Id, people["1"].Id], after["4"].Chain);
        // Facts of one commit are published in order: had there been another, it would be here by the time a later one is.
        await unit.Import("people", Header + "6,Fay,Renamed,Engineer,5\n");
        await service.Bus.Of<PersonChanged>(unit.Unit, fact => fact.Name == "Fay Renamed");
        Assert.Single(service.Bus.All<ReportingLineChanged>(unit.Unit));
    }

    [Fact]
    public async Task A_leaver_is_out_at_once_and_the_line_closes()
    {
        var unit = await service.AnOrganisation();
        await unit.Import("people", $"externalId,givenName,familyName,email,managerExternalId\n1,Ann,Boss,,\n2,Ben,Lead,{unit.Email("ben")},1\n3,Cleo,Staff,,2\n");
        await BecomeKnown(unit, "3");
        await Give(unit, "ben", Roles.Safeguarding);
        Assert.Single((await unit.SignOn("ben")).Memberships);
        var people = await unit.People();

        var import = await unit.Import("people", $"externalId,givenName,familyName,email,managerExternalId,leftOn\n2,Ben,Lead,{unit.Email("ben")},1,2026-01-12\n");

        Assert.Equal(new ImportResult(0, 0, 0, 1, 0), import.Result);
        Assert.Empty((await unit.SignOn("ben")).Memberships);
        Assert.Equal([people["1"].Id], (await unit.People())["3"].Chain);
        await service.Bus.Of<PersonLeft>(unit.Unit, fact => fact.PersonId == people["2"].Id);
        var ended = await service.Bus.Of<MembershipChanged>(unit.Unit, fact => fact.Ended);
        Assert.Equal("sub-ben", Assert.Single(ended.Identities).Subject);
        await service.Bus.Of<ReportingLineChanged>(unit.Unit, fact => fact.PersonId == people["3"].Id);
        var again = await unit.Import("people", $"externalId,givenName,familyName,email,managerExternalId,leftOn\n2,Ben,Lead,{unit.Email("ben")},1,2026-01-12\n");
        Assert.Equal(new ImportResult(0, 0, 1, 0, 0), again.Result);
    }

    [Fact]
    public async Task Whoever_comes_back_is_a_new_person()
    {
        var unit = await service.AnOrganisation();
        await unit.Import("people", Three);
        var before = (await unit.People())["3"].Id;
        await Remove(unit, before);
        var import = await unit.Import("people", Three);
        Assert.Equal(new ImportResult(1, 0, 2, 0, 0), import.Result);
        Assert.NotEqual(before, (await unit.People())["3"].Id);
    }

    [Fact]
    public async Task An_administrator_dismisses_somebody_whose_reports_then_report_further_up()
    {
        var unit = await service.AnOrganisation();
        await unit.Import("people", Three);
        var people = await unit.People();
        await Remove(unit, people["2"].Id);
        var after = await unit.People();
        Assert.Equal(["1", "3"], after.Keys.Order());
        Assert.Equal([people["1"].Id], after["3"].Chain);
        Assert.Equal(people["1"].Id, after["3"].ManagerId);
        using var client = unit.Admin;
        using var gone = await client.GetAsync(unit.Unit.At($"people/{people["2"].Id}"));
        await gone.Refused(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Whoever_leaves_goes_out_of_the_chain_of_everybody_below_and_of_nobody_else()
    {
        var unit = await service.AnOrganisation();
        await unit.Import("people", "externalId,givenName,familyName,managerExternalId\n1,Ann,Boss,\n2,Ben,Lead,1\n3,Cleo,Lead,2\n4,Dan,Staff,3\n5,Eve,Staff,4\n6,Fay,Staff,1\n");
        var before = await unit.People();

        await Remove(unit, before["2"].Id);

        var after = await unit.People();
        Assert.Equal([before["4"].Id, before["3"].Id, before["1"].Id], after["5"].Chain);
        Assert.Equal([before["3"].Id, before["1"].Id], after["4"].Chain);
        Assert.Equal([before["1"].Id], after["3"].Chain);
        Assert.Equal([before["1"].Id, before["3"].Id, before["4"].Id, before["1"].Id], new[] { "3", "4", "5", "6" }.Select(key => after[key].ManagerId!.Value));
        Assert.Equal([0, 1, 1, 1, 0], new[] { "1", "3", "4", "5", "6" }.Select(key => after[key].Version - before[key].Version));
    }

    [Fact]
    public async Task Whoever_leaves_on_a_day_to_come_leaves_on_that_day_unless_it_was_taken_back()
    {
        var unit = await service.AnOrganisation();
        const string header = "externalId,givenName,familyName,managerExternalId,leftOn\n";
        var day = DateOnly.FromDateTime(service.Clock.GetUtcNow().UtcDateTime).AddDays(45);
        await unit.Import("people", header + $"1,Ann,Boss,,\n2,Ben,Lead,1,{day:yyyy-MM-dd}\n3,Cleo,Staff,2,{day:yyyy-MM-dd}\n");
        var people = await unit.People();
        Assert.Equal(["1", "2", "3"], people.Keys.Order());
        var due = StartOf(day);
        Assert.Equal([due, due], await Timers());

        await unit.Import("people", header + $"3,Cleo,Staff,2,{day.AddDays(31):yyyy-MM-dd}\n");
        Assert.Equal([due, StartOf(day.AddDays(31))], await Timers());
        await Fire(unit, people["2"].Id, due);
        await Fire(unit, people["3"].Id, due);

        var after = await unit.People();
        Assert.Equal(["1", "3"], after.Keys.Order());
        Assert.Equal([people["1"].Id], after["3"].Chain);

        Task<List<DateTimeOffset>> Timers() =>
            service.In(unit.Unit, db => db.Set<TimerRow>().Where(t => t.UnitId == unit.Unit.Id).OrderBy(t => t.DueAt).Select(t => t.DueAt).ToListAsync());

        static DateTimeOffset StartOf(DateOnly day)
        {
            var midnight = day.ToDateTime(TimeOnly.MinValue);
            return new DateTimeOffset(midnight, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin").GetUtcOffset(midnight)).ToUniversalTime();
        }
    }

    [Fact]
    public async Task An_operator_has_the_state_told_again()
    {
        var unit = await service.AnOrganisation();
        await unit.Import("people", Three);
        await BecomeKnown(unit, "3");
        using var client = service.AsOperator();

        using var answer = await client.PostAsJsonAsync("/api/v1/operations/participants/republish", new { unitId = unit.Unit.Id });

        Assert.True(answer.IsSuccessStatusCode);
        var told = await service.Bus.Of<PersonChanged>(unit.Unit, fact => fact.Name == "Cleo Staff");
        Assert.Equal(2, told.Chain.Count);
        await Testing.Eventually.Holds(() =>
        {
            Assert.Equal(2, service.Bus.All<MembershipChanged>(unit.Unit).Count(fact => fact.Identities.Count == 1));
            return Task.CompletedTask;
        });
        Assert.DoesNotContain(service.Bus.All<PersonChanged>(unit.Unit), fact => fact.Name == "Ben Lead");
    }

    [Fact]
    public async Task Two_people_may_swap_their_addresses()
    {
        var unit = await service.AnOrganisation();
        const string header = "externalId,givenName,familyName,email,managerExternalId\n";
        await unit.Import("people", header + "1,Ann,Boss,a@x.example,\n2,Ben,Lead,b@x.example,1\n");
        var import = await unit.Import("people", header + "1,Ann,Boss,b@x.example,\n2,Ben,Lead,a@x.example,1\n");
        Assert.Equal(new ImportResult(0, 2, 0, 0, 0), import.Result);
        Assert.Equal("b@x.example", (await unit.People())["1"].Email);
    }

    [Fact]
    public async Task The_first_administrator_becomes_the_person_of_the_file()
    {
        var unit = await service.AnOrganisation();
        await unit.Import("people", $"externalId,givenName,familyName,email,managerExternalId\n1,Augusta Ada,King,{unit.AdminEmail},\n");
        var person = (await unit.People())["1"];
        Assert.Equal((unit.AdminId, "Augusta Ada King"), (person.Id, person.Name));
    }

    [Fact]
    public async Task A_column_the_file_lacks_is_left_alone()
    {
        var unit = await service.AnOrganisation();
        await unit.Import("people", "externalId,givenName,familyName,managerExternalId,location,languages,stage,grade\n1,Ann,Boss,,Graz,de;en,executive,12\n");
        var import = await unit.Import("people", "externalId,givenName,familyName,managerExternalId\n1,Ann,Boss,\n");
        Assert.Equal(new ImportResult(0, 0, 1, 0, 0), import.Result);
        var person = (await unit.People())["1"];
        Assert.Equal(("Graz", CareerStage.Executive, 12), (person.Location, person.Stage, person.Grade));
        Assert.Equal(["de", "en"], person.Languages);
    }

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("windows-1252", false)]
    [InlineData("utf-16", true)]
    public async Task Separators_quotes_and_encodings_of_spreadsheets_are_understood(string name, bool mark)
    {
        var unit = await service.AnOrganisation();
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        Encoding encoding = Encoding.GetEncoding(name);
        var csv = (mark ? "\uFEFF" : "") + "External ID;given_name;Family-Name;managerExternalId;unitPath\r\n1;\"Jörg;\nder \"\"Große\"\"\";Müller;;\"A / B\"\r\n";
        var import = await unit.Import("people", csv, encoding: encoding);
        Assert.Equal(new ImportResult(1, 0, 0, 0, 0), import.Result);
        var person = (await unit.People())["1"];
        Assert.Equal(("Jörg;\nder \"Große\"", "Müller", "A / B"), (person.GivenName, person.FamilyName, person.UnitPath));
        var found = await unit.Get<Page<PersonItem>>("people?search=MULLER");
        Assert.Equal(person.Id, Assert.Single(found.Items).Id);
    }

    [Fact]
    public async Task Whoever_imports_people_finds_every_column_in_the_description_of_the_api()
    {
        using var client = service.AsOperator();
        var document = await client.Get(new Uri("/openapi/v1.json", UriKind.Relative), HttpStatusCode.OK);
        var description = document.GetProperty("paths").GetProperty("/api/v1/units/{unit}/people/imports").GetProperty("post").Text("description");
        Assert.All(LoadPeople.Columns, column => Assert.Contains($"- `{column.Name}`", description, StringComparison.Ordinal));
        Assert.Contains("from 1, the lowest, to 99", description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quote_that_never_closes_refuses_the_whole_file()
    {
        var unit = await service.AnOrganisation();
        var import = await unit.Import("people", Header + "1,Ann,Boss,Chief,\n2,\"Ben,Lead,Manager,1\n3,Cleo,Staff,Engineer,2\n", "?onError=skip");
        Assert.Equal(ImportState.Refused, import.State);
        Assert.Empty(await unit.People());
    }

    [Fact]
    public async Task It_can_be_cancelled_and_has_then_changed_nothing()
    {
        var unit = await service.AnOrganisation();
        var started = await unit.Upload("people", Many(60_000));
        using var client = unit.Admin;
        using var cancel = await client.PostAsync(unit.Unit.At($"people/imports/{started.Id}/cancel"), null);
        var end = await unit.Finished("people", started.Id);
        Assert.Equal(cancel.StatusCode == HttpStatusCode.OK ? ImportState.Cancelled : ImportState.Succeeded, end.State);
        Assert.Equal(HttpStatusCode.OK, cancel.StatusCode);
        Assert.Empty(await unit.People());
        Assert.Equal(0, await service.In(unit.Unit, db => db.Set<ImportChunk>().CountAsync()));
    }

    [Fact]
    public async Task A_killed_import_starts_again_and_happens_once()
    {
        var unit = await service.AnOrganisation();
        var started = await unit.Upload("people", Many(20_000));
        await Testing.Eventually.Holds(async () =>
            Assert.Equal(ImportState.Running, (await unit.Get<ImportView>($"people/imports/{started.Id}")).State));

        // The sessions that claim it and carry it out end at once, as when their process is killed. Other tests keep theirs.
        await service.AsOwner<long>("""
            select count(pg_terminate_backend(pid)) from (
                select distinct l.pid from pg_locks l join pg_class c on c.oid = l.relation
                where l.database = (select oid from pg_database where datname = current_database())
                and c.relname in ('waiting_imports', 'row_faults') and l.pid <> pg_backend_pid()) importing
            """);

        var end = await unit.Finished("people", started.Id);
        Assert.Equal((ImportState.Succeeded, new ImportResult(20_000, 0, 0, 0, 0)), (end.State, end.Result!));
        Assert.Equal(20_000, await service.In(unit.Unit, db => db.People.CountAsync(p => p.ExternalId != null)));
    }

    [Fact]
    public async Task Ten_thousand_people_are_imported_whole()
    {
        var unit = await service.AnOrganisation();
        var import = await unit.Import("people", Many(10_000));
        Assert.Equal(10_000, import.Result!.Added);
    }

    [Fact]
    public async Task Only_administrators_import()
    {
        var unit = await service.AnOrganisation();
        using var client = unit.Somebody();
        using var body = new StringContent(Three, Encoding.UTF8, "text/csv");
        using var answer = await client.PostAsync(unit.Unit.At("people/imports"), body);
        await answer.Refused(HttpStatusCode.Forbidden, "role-missing");
        using var json = new StringContent("{}", Encoding.UTF8, "application/json");
        using var admin = unit.Admin;
        using var wrong = await admin.PostAsync(unit.Unit.At("people/imports"), json);
        await wrong.Refused(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    /// <summary>A chief, and everybody else reporting to the one a tenth of the way up.</summary>
    private static string Many(int count)
    {
        var file = new StringBuilder("externalId,givenName,familyName,email,title,unitPath,managerExternalId\n");
        for (var i = 1; i <= count; i++)
        {
            var manager = i == 1 ? "" : (1 + (i / 10)).ToString(CultureInfo.InvariantCulture);
            if (manager == i.ToString(CultureInfo.InvariantCulture))
                manager = "1";
            file.Append(CultureInfo.InvariantCulture, $"{i},Given{i},Family{i},p{i}@x.example,Engineer,Company / Unit {i % 7},{(i == 1 ? "" : manager)}\n");
        }
        return file.ToString();
    }

    /// <summary>As when somebody enrols.</summary>
    private async Task BecomeKnown(Organisation unit, params string[] externalIds)
    {
        var people = await unit.People();
        await service.In(unit.Unit, async db =>
        {
            var ids = externalIds.Select(id => people[id].Id).ToArray();
            foreach (var person in await db.People.Where(p => ids.Contains(p.Id)).ToListAsync())
                person.BecomeKnownElsewhere();
            return await db.SaveChangesAsync();
        });
    }

    /// <summary>As the sweep of timers does.</summary>
    private async Task Fire(Organisation unit, Guid person, DateTimeOffset due)
    {
        await using var scope = service.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<UnitContext>().Enter(unit.Unit.Id);
        await scope.ServiceProvider.GetRequiredService<LeaveWhenTheDayComes>().Fire(new TimerFired(person.ToString(), due, "null"), CancellationToken.None);
    }

    private static async Task Give(Organisation unit, string name, string role)
    {
        using var client = unit.Admin;
        using var answer = await client.PostAsJsonAsync(unit.Unit.At("members"), new AddRoleRequest(unit.Email(name), role), Json.Options);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    private static async Task Remove(Organisation unit, Guid person)
    {
        using var client = unit.Admin;
        using var request = new HttpRequestMessage(HttpMethod.Delete, unit.Unit.At($"people/{person}"));
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }
}
