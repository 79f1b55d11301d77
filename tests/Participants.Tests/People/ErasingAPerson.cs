using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Mentoring.Contracts.Audit;
using Mentoring.Contracts.Participants;
using Mentoring.Participants.Tests.Programmes;
using Mentoring.Tenancy;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Tests.People;

public sealed class ErasingAPerson(ParticipantsService service)
{
    /// <summary>A name that no other test of this database uses.</summary>
    private const string Her = "Theodelinde";

    /// <summary>Tombstones: ids alone, kept so that nothing revives what was erased.</summary>
    private static readonly string[] s_tombstones = ["platform.versions", "public.erased_people"];

    [Fact]
    public async Task Nothing_of_theirs_is_left_in_any_table_but_the_id_in_the_ledger()
    {
        var staff = await WithAProgramme(Her);
        var id = staff[Her];
        await LeavesTracesEverywhere(staff);
        var before = await service.TracesOf(Her, id.ToString());
        foreach (var table in new[]
        {
            "public.people", "public.known_topics", "public.profiles", "public.participants", "public.consents", "public.programmes", "public.programme_files", "public.guest_offers", "public.delegates",
            "public.audit_aliases", "public.import_errors", "public.imports", "public.machine_clients", "platform.memberships", "platform.timers", "platform.idempotency", "platform.dead_letters",
        })
        {
            Assert.Contains(table, before);
        }

        using var admin = staff.Admin();
        await Erase(admin, staff, id, new { successor = "chief@example.org" }).Gives(HttpStatusCode.NoContent);

        await service.Bus.Of<PersonErased>(staff.Unit, erased => erased.PersonId == id);
        // Facts on their way name an id until they are out.
        await Eventually.Holds(async () => Assert.Empty((await service.TracesOf(Her, id.ToString())).Except(s_tombstones)));
        Assert.Equal(1L, await service.AsOwner<long>($"select count(*) from erased_people where person_id = '{id}'"));
        Assert.Equal(id, Assert.Single((await admin.Get(staff.Unit.At("people/erased"), HttpStatusCode.OK)).GetProperty("items").EnumerateArray()).GetProperty("id").GetGuid());
        await admin.GetAsync(staff.Unit.At($"people/{id}")).IsRefused(404, "not-found");
        await Erase(admin, staff, id).IsRefused(404, "not-found");
    }

    [Fact]
    public async Task The_audit_chain_still_holds_and_nobody_can_tell_whose_acts_they_were()
    {
        var staff = await WithAProgramme();
        var id = staff["Wilhelmine"];
        await service.Publish(staff.Unit, new ActionAudited(Guid.CreateVersion7(), id, "review-written", Guid.CreateVersion7(), service.Clock.GetUtcNow()));
        await Eventually.Holds(async () => Assert.Equal(1, await service.In(staff.Unit, db => db.AuditAliases.CountAsync(alias => alias.PersonId == id))));
        var entries = await service.In(staff.Unit, db => db.AuditEntries.CountAsync());
        using var admin = staff.Admin();

        await Erase(admin, staff, id, new { successor = "chief@example.org" }).Gives(HttpStatusCode.NoContent);
        var late = Guid.CreateVersion7();
        await service.Publish(staff.Unit, new ActionAudited(late, id, "review-written", Guid.CreateVersion7(), service.Clock.GetUtcNow()));

        // The erasure itself and the late act are chained, without naming anybody.
        await Eventually.Holds(async () => Assert.Equal(entries + 2, await service.In(staff.Unit, db => db.AuditEntries.CountAsync())));
        var verdict = await admin.Get(staff.Unit.At("audit/verify"), HttpStatusCode.OK);
        Assert.Equal((true, entries + 2), (verdict.GetProperty("intact").GetBoolean(), verdict.GetProperty("entries").GetInt32()));
        Assert.Equal(0, await service.In(staff.Unit, db => db.AuditAliases.CountAsync(alias => alias.PersonId == id)));
        Assert.DoesNotContain(id.ToString(), (await admin.Get(staff.Unit.At("audit"), HttpStatusCode.OK)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Others_are_told_as_of_a_leaver_and_lines_close()
    {
        var staff = await WithAProgramme();
        var id = staff["Wilhelmine"];
        using var junior = staff.As("Junior");
        await junior.Post(staff.Unit.At("enrolments"), new { programme = "ai", side = "mentor", consent = true }).Gives(HttpStatusCode.Created);
        using var admin = staff.Admin();

        await Erase(admin, staff, id, new { successor = "chief@example.org" }).Gives(HttpStatusCode.NoContent);

        await service.Bus.Of<PersonLeft>(staff.Unit, left => left.PersonId == id);
        await service.Bus.Of<MembershipChanged>(staff.Unit, changed => changed.PersonId == id && changed.Ended);
        await service.Bus.Of<ParticipantWithdrawn>(staff.Unit, gone => gone.PersonId == id);
        Assert.Equal([staff["Chief"]], (await service.Bus.Of<ReportingLineChanged>(staff.Unit, line => line.PersonId == staff["Junior"])).Chain);
        // The sponsor's duty and place in the first wave pass on; the file says so too.
        var told = (await service.Bus.Of<ProgrammeChanged>(staff.Unit, changed => changed.Programme.SponsorId == staff["Chief"])).Programme;
        Assert.DoesNotContain(id, told.ManagerIds);
        using var file = await admin.GetAsync(staff.Unit.At("programmes/ai/file"));
        var text = await file.Content.ReadAsStringAsync();
        Assert.Contains("sponsor: chief@example.org", text, StringComparison.Ordinal);
        Assert.DoesNotContain("wilhelmine", text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Somebody_who_left_long_ago_is_found_and_erased_too()
    {
        var staff = await Staff.Of(service, ("Chief", "executive"), ("Wilhelmina", "senior"), ("Junior", "early"));
        var id = staff["Wilhelmina"];
        using var admin = staff.Admin();
        using var leave = new HttpRequestMessage(HttpMethod.Delete, staff.Unit.At($"people/{id}"));
        leave.Headers.TryAddWithoutValidation("If-Match", "*");
        await admin.SendAsync(leave).Gives(HttpStatusCode.NoContent);

        Assert.Empty((await admin.Get(staff.Unit.At("people?search=wilhelmina"), HttpStatusCode.OK)).GetProperty("items").EnumerateArray());
        var gone = Assert.Single((await admin.Get(staff.Unit.At("people?search=wilhelmina&gone=true"), HttpStatusCode.OK)).GetProperty("items").EnumerateArray());
        await Erase(admin, staff, gone.GetProperty("id").GetGuid()).Gives(HttpStatusCode.NoContent);

        await Eventually.Holds(async () => Assert.Empty((await service.TracesOf("wilhelmina", id.ToString())).Except(s_tombstones)));
    }

    [Fact]
    public async Task Who_reported_to_them_reports_to_somebody_who_is_kept_also_of_those_who_left_before()
    {
        var staff = await Staff.Of(service, ("Chief", "executive"), ("Wilhelma", "senior"), ("Junior", "early"), ("Leaver", "early"));
        var (her, junior, leaver) = (staff["Wilhelma"], staff["Junior"], staff["Leaver"]);
        await staff.Import("externalId,givenName,familyName,managerExternalId\nJunior,Junior,Example,Wilhelma\nLeaver,Leaver,Example,Wilhelma\n");
        await staff.Import("externalId,givenName,familyName,managerExternalId,leftOn\nLeaver,Leaver,Example,Wilhelma,2020-01-31\n");
        using var admin = staff.Admin();

        await Erase(admin, staff, her).Gives(HttpStatusCode.NoContent);

        // No key holds them to somebody who is there.
        var managers = await service.In(staff.Unit, db => db.People.Where(person => person.ManagerId != null).ToDictionaryAsync(person => person.Id, person => person.ManagerId));
        Assert.Equal(staff["Chief"], managers[junior]);
        Assert.DoesNotContain(leaver, managers.Keys);
        Assert.DoesNotContain(her, managers.Values.OfType<Guid>());
    }

    [Fact]
    public async Task Where_a_guest_is_erased_at_home_the_host_keeps_nothing_either()
    {
        var host = await Staff.Of(service, ("Chief", "executive"));
        var home = await Staff.Of(service, ("Boss", "executive"), ("Guenevere", "early"));
        await Guests.GuestVisits.Admitted(service, home, host, "Guenevere");
        var guest = await service.In(host.Unit, db => db.People.Where(person => person.IsGuest).Select(person => person.Id).SingleAsync());
        using var admin = home.Admin();

        await Erase(admin, home, home["Guenevere"]).Gives(HttpStatusCode.NoContent);

        await service.Bus.Of<PersonErased>(host.Unit, erased => erased.PersonId == guest);
        await Eventually.Holds(async () =>
            Assert.Empty((await service.TracesOf("guenevere", home["Guenevere"].ToString(), guest.ToString())).Except(s_tombstones)));
    }

    [Fact]
    public async Task What_somebody_answers_for_needs_a_successor_and_the_last_administrator_stays()
    {
        var staff = await WithAProgramme();
        using var admin = staff.Admin();
        using var junior = staff.As("Junior");

        await Erase(admin, staff, staff["Wilhelmine"]).IsRefused(422, "successor-missing");
        await Erase(admin, staff, staff["Wilhelmine"], new { successor = "nobody@example.org" }).IsRefused(422, "successor-unknown");
        await Erase(admin, staff, staff["Wilhelmine"], new { successor = "wilhelmine@example.org" }).IsRefused(422, "successor-unknown");
        await Erase(admin, staff, staff["Admin"]).IsRefused(422, "last-administrator");
        await Erase(junior, staff, staff["Wilhelmine"]).IsRefused(403, "role-missing");
        await Erase(admin, staff, Guid.CreateVersion7()).IsRefused(404, "not-found");
        var elsewhere = await Staff.Of(service, ("Chief", "executive"));
        using var foreign = elsewhere.Admin();
        await foreign.Post(elsewhere.Unit.At($"people/{staff["Wilhelmine"]}/erase"), new { }).IsRefused(404, "not-found");
        await admin.Get(staff.Unit.At($"people/{staff["Wilhelmine"]}"), HttpStatusCode.OK);
    }

    [Fact]
    public async Task Two_at_once_erase_once()
    {
        var staff = await WithAProgramme();
        using var admin = staff.Admin();
        var successor = new { successor = "chief@example.org" };

        var both = await Task.WhenAll(Erase(admin, staff, staff["Wilhelmine"], successor), Erase(admin, staff, staff["Wilhelmine"], successor));

        Assert.Equal([204, 404], both.Select(answer => (int)answer.StatusCode).Order());
        await service.Bus.Of<PersonErased>(staff.Unit);
        Assert.Single(service.Bus.All<PersonErased>(staff.Unit));
    }

    [Fact]
    public async Task A_file_that_comes_in_parts_is_finished_or_given_up_first()
    {
        var staff = await WithAProgramme();
        using var admin = staff.Admin();
        var upload = (await admin.Post(staff.Unit.At("people/imports/uploads")).Gives(HttpStatusCode.Created)).Text("id");
        using var part = new StringContent("externalId,givenName,familyName,managerExternalId\nJunior,Jun", Encoding.UTF8, "text/csv");
        await admin.PostAsync(staff.Unit.At($"people/imports/uploads/{upload}/parts?from=0"), part).Gives(HttpStatusCode.OK);

        await Erase(admin, staff, staff["Junior"]).IsRefused(409, "import-running");

        await admin.Post(staff.Unit.At($"people/imports/uploads/{upload}/cancel")).Gives(HttpStatusCode.NoContent);
        await Erase(admin, staff, staff["Junior"]).Gives(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_change_at_that_moment_is_waited_for()
    {
        var staff = await WithAProgramme();
        using var admin = staff.Admin();

        await service.AskDuring(
            staff.Unit,
            $"update people set version = version + 1 where id = {staff["Wilhelmine"]}",
            () => Erase(admin, staff, staff["Wilhelmine"], new { successor = "chief@example.org" })).Gives(HttpStatusCode.NoContent);
    }

    /// <summary>She sponsors and manages it, and answers for two regions.</summary>
    private static string File(string her, string emea) => CreatingAProgramme.File
        .Replace("Chief@Example.org", $"{her}@Example.org", StringComparison.Ordinal)
        .Replace("manager@example.org", Staff.Email(her), StringComparison.Ordinal)
        + $"\nslug: ai\naccountable: {{ emea: {emea}, apac: {Staff.Email(her)} }}\n";

    private static Task<HttpResponseMessage> Erase(HttpClient client, Staff staff, Guid id, object? request = null) =>
        client.Post(staff.Unit.At($"people/{id}/erase"), request);

    /// <summary>She sponsors and manages it, stands in its first wave and takes part; Junior reports to her.</summary>
    private async Task<Staff> WithAProgramme(string her = "Wilhelmine")
    {
        var staff = await Staff.Of(service, ("Chief", "executive"), (her, "executive"), ("Junior", "early"));
        await staff.Import($"externalId,givenName,familyName,email,managerExternalId\nJunior,Junior,Example,junior@example.org,{her}\n");
        using var admin = staff.Admin();
        await admin.PostYaml(staff.Unit.At("programmes"), File(her, emea: Staff.Email(her))).Gives(HttpStatusCode.Created);
        await admin.Post(staff.Unit.At("programmes/ai/open")).Gives(HttpStatusCode.OK);
        using var sponsor = staff.As(her);
        await sponsor.Post(staff.Unit.At("enrolments"), new { programme = "ai", side = "mentee", consent = true }).Gives(HttpStatusCode.Created);
        return staff;
    }

    private async Task LeavesTracesEverywhere(Staff staff)
    {
        var id = staff[Her];
        using var admin = staff.Admin();
        using var her = service.As(staff.Unit, id, Roles.UnitAdmin);
        using var knowledge = new HttpRequestMessage(HttpMethod.Put, staff.Unit.At("knowledge/mine"))
        {
            Content = JsonContent.Create(new
            {
                offers = new[] { new { topic = "prompt-writing", level = 4, evidence = $"Ask {Her}." } },
                needs = Array.Empty<object>(),
                interests = new[] { "sailing" },
            }),
        };
        knowledge.Headers.TryAddWithoutValidation("If-Match", "*");
        await her.SendAsync(knowledge).Gives(HttpStatusCode.OK);

        // She has named somebody to book for her, and is named herself.
        await Delegates.NamingDelegates.Name(her, staff, "*", "junior@example.org").Gives(HttpStatusCode.OK);
        using var chief = staff.As("Chief");
        await chief.Post(staff.Unit.At("enrolments"), new { programme = "ai", side = "mentee", consent = true }).Gives(HttpStatusCode.Created);
        await Delegates.NamingDelegates.Name(chief, staff, "*", Staff.Email(Her)).Gives(HttpStatusCode.OK);

        // She hands in a newer file: what it changed names her, and so does what it leaves.
        using var newer = new HttpRequestMessage(HttpMethod.Post, staff.Unit.At("programmes/ai/apply"))
        {
            Content = new StringContent(File(Her, emea: "chief@example.org"), Encoding.UTF8, "application/yaml"),
        };
        newer.Headers.TryAddWithoutValidation("If-Match", "*");
        await her.SendAsync(newer).Gives(HttpStatusCode.OK);

        // Her file had a bad row about herself; her last day lies ahead.
        using var upload = new StringContent($"externalId,givenName,familyName,email,managerExternalId,stage\n{Her},{Her},Example,{Staff.Email(Her)},Chief,{Her}\n", Encoding.UTF8, "text/csv");
        var import = (await her.PostAsync(staff.Unit.At("people/imports"), upload).Gives(HttpStatusCode.Accepted)).GetProperty("id").GetGuid();
        await Eventually.Holds(async () =>
            Assert.NotEqual(JsonValueKind.Null, (await admin.Get(staff.Unit.At($"people/imports/{import}"), HttpStatusCode.OK)).GetProperty("finishedAt").ValueKind));
        var day = DateOnly.FromDateTime(service.Clock.GetUtcNow().UtcDateTime).AddDays(30);
        await staff.Import($"externalId,givenName,familyName,email,managerExternalId,leftOn\n{Her},{Her},Example,{Staff.Email(Her)},Chief,{day:yyyy-MM-dd}\n");

        // She has let the HR system in.
        await her.Post(staff.Unit.At("machine-clients"), new { name = "Workday" }).Gives(HttpStatusCode.Created);

        // Somebody repeats a request whose answer names her.
        using var role = new HttpRequestMessage(HttpMethod.Post, staff.Unit.At("members")) { Content = JsonContent.Create(new { email = Staff.Email(Her), role = "safeguarding" }) };
        role.Headers.Add("Idempotency-Key", "once");
        await admin.SendAsync(role).Gives(HttpStatusCode.Created);

        var host = await Staff.Of(service, ("Chief", "executive"));
        await Guests.GuestVisits.Admitted(service, staff, host, Her);

        await service.AsOwner<int>($"""
            insert into platform.dead_letters (id, queue, unit_id, type, ids, body, headers, reason, failed_at)
            values (gen_random_uuid(), 'participants-x', '{staff.Unit.Id}', 'x', array['{id}']::uuid[], '{id}', '', 'x', now())
            """);
        await service.Publish(staff.Unit, new ActionAudited(Guid.CreateVersion7(), id, "review-written", Guid.CreateVersion7(), service.Clock.GetUtcNow()));
        await Eventually.Holds(async () => Assert.True(await service.In(staff.Unit, db => db.AuditAliases.AnyAsync(alias => alias.PersonId == id))));
    }
}
