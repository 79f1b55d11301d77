using System.Net;
using System.Text.Json;
using Mentoring.Contracts.Participants;
using Mentoring.Participants.Tests.Guests;
using Mentoring.Participants.Tests.Programmes;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Tests.Enrolment;

public sealed class InvitingPeople(ParticipantsService service)
{
    [Fact]
    public async Task An_invitation_is_told_and_enrols_nobody()
    {
        var (staff, programme) = await Open();
        using var manager = staff.As("Manager", (programme, Roles.ProgrammeManager));

        await Invite(manager, staff, "junior@example.org", " Junior@Example.org ").Gives(HttpStatusCode.Accepted);

        var invited = await service.Bus.Of<ParticipantInvited>(staff.Unit);
        Assert.Equal((programme, "ai", staff["Junior"], Side.Mentor), (invited.ProgrammeId, invited.Slug, invited.PersonId, invited.Side));
        Assert.Single(service.Bus.All<ParticipantInvited>(staff.Unit));
        await service.Bus.Of<PersonChanged>(staff.Unit, person => person.PersonId == staff["Junior"]);
        Assert.Equal(0, await service.In(staff.Unit, async db => await db.Participants.CountAsync() + await db.Consents.CountAsync()));
        using var junior = staff.As("Junior");
        Assert.Empty((await junior.Get(staff.Unit.At("enrolments/mine"), HttpStatusCode.OK)).GetProperty("items").EnumerateArray());
        // Only the person's own yes makes a part of it.
        await junior.Post(staff.Unit.At("enrolments"), new { programme = "ai", side = "mentor", consent = true }).Gives(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Whoever_becomes_known_elsewhere_at_that_moment_is_invited_all_the_same()
    {
        var (staff, programme) = await Open();
        using var manager = staff.As("Manager", (programme, Roles.ProgrammeManager));

        await service.AskDuring(
            staff.Unit,
            $"update people set known_elsewhere = true, version = version + 1 where id = {staff["Junior"]}",
            () => Invite(manager, staff, "junior@example.org")).Gives(HttpStatusCode.Accepted);
        await service.Bus.Of<ParticipantInvited>(staff.Unit);
        Assert.DoesNotContain(service.Bus.All<PersonChanged>(staff.Unit), person => person.PersonId == staff["Junior"]);
    }

    [Fact]
    public async Task Whoever_leaves_at_that_moment_is_not_invited_and_stays_unknown_elsewhere()
    {
        var (staff, programme) = await Open();
        using var manager = staff.As("Manager", (programme, Roles.ProgrammeManager));

        await service.AskDuring(
            staff.Unit,
            $"update people set gone = true, version = version + 1 where id = {staff["Junior"]}",
            () => Invite(manager, staff, "junior@example.org")).IsRefused(422, "person-unknown");
        Assert.Empty(service.Bus.All<ParticipantInvited>(staff.Unit));
        Assert.DoesNotContain(service.Bus.All<PersonChanged>(staff.Unit), person => person.PersonId == staff["Junior"]);
    }

    [Fact]
    public async Task Several_are_waited_for_in_the_order_of_their_ids()
    {
        var (staff, programme) = await Open();
        using var manager = staff.As("Manager", (programme, Roles.ProgrammeManager));
        await staff.Import("externalId,givenName,familyName,email,managerExternalId,stage\n1,One,Example,one@example.org,,early\n2,Two,Example,two@example.org,,early\n");
        var two = await service.In(staff.Unit, db => db.People.Where(person => person.ExternalId == "1" || person.ExternalId == "2").Select(person => person.Id).OrderBy(id => id).ToListAsync());
        // By its address, and by its place in the table, the first comes after the second.
        await service.In(staff.Unit, db => db.Database.ExecuteSqlAsync(
            $"update people set email = case id when {two[0]} then 'z@example.org' else 'a@example.org' end, version = version + 1 where id = any ({two})"));
        await service.In(staff.Unit, db => db.Database.ExecuteSqlAsync($"update people set version = version + 1 where id = {two[0]}"));

        // Two who invite the same two in different orders would wait for one another for good.
        await service.AskDuring(
            staff.Unit,
            $"update people set version = version + 1 where id = {two[1]}",
            () => Invite(manager, staff, "a@example.org", "z@example.org"),
            async () => Assert.True(await service.IsLocked(two[0]))).Gives(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Nobody_is_invited_to_a_programme_that_takes_nobody_yet_or_any_more()
    {
        var staff = await Staff.Of(service, ("Chief", "executive"), ("Manager", "established"), ("Junior", "early"));
        using var admin = staff.Admin();
        await admin.PostYaml(staff.Unit.At("programmes"), $"{CreatingAProgramme.File}\nslug: ai\n").Gives(HttpStatusCode.Created);

        await Invite(admin, staff, "junior@example.org").IsRefused(422, "programme-not-open");
        await admin.Post(staff.Unit.At("programmes/ai/open")).Gives(HttpStatusCode.OK);
        await Invite(admin, staff, "junior@example.org").Gives(HttpStatusCode.Accepted);
        await admin.Post(staff.Unit.At("programmes/ai/close")).Gives(HttpStatusCode.OK);
        await Invite(admin, staff, "junior@example.org").IsRefused(422, "programme-not-open");
    }

    [Fact]
    public async Task A_hundred_addresses_are_the_most()
    {
        var (staff, programme) = await Open();
        using var manager = staff.As("Manager", (programme, Roles.ProgrammeManager));
        string[] hundred = [.. Enumerable.Repeat("junior@example.org", 100)];

        await Invite(manager, staff, hundred).Gives(HttpStatusCode.Accepted);
        await Invite(manager, staff, [.. hundred, "junior@example.org"]).IsRefused(400, "invalid");
    }

    [Fact]
    public async Task Whom_no_wave_is_for_is_not_invited_as_a_mentee()
    {
        var (staff, programme) = await Open("waves: [{ name: board, mentees: { stages: [executive] } }]\n");
        using var manager = staff.As("Manager", (programme, Roles.ProgrammeManager));

        await Invite(manager, staff, Side.Mentee, "senior@example.org").IsRefused(422, "not-eligible");
        await Invite(manager, staff, Side.Mentee, "chief@example.org").Gives(HttpStatusCode.Accepted);
        await Invite(manager, staff, "junior@example.org").Gives(HttpStatusCode.Accepted);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("here", false)]
    [InlineData("there", true)]
    [InlineData("elsewhere", false)]
    public async Task A_guest_is_invited_where_the_side_is_for_guests_of_that_home(string? home, bool mayCome)
    {
        var visitors = await Staff.Of(service, ("Boss", "executive"), ("Visitor", "early"));
        var (staff, programme) = await Open(home switch
        {
            "here" => "",
            "there" => $"guests: {{ side: mentor, home: {visitors.Unit.Slug}, terms: T }}\n",
            "elsewhere" => "guests: { side: mentor, home: some-other-university, terms: T }\n",
            _ => "guests: { side: mentor, terms: T }\n",
        });
        await GuestVisits.Admitted(service, visitors, staff, "Visitor");
        using var manager = staff.As("Manager", (programme, Roles.ProgrammeManager));
        var guest = await service.In(staff.Unit, db => db.People.Where(person => person.IsGuest).Select(person => person.Email!).SingleAsync());

        if (mayCome)
            await Invite(manager, staff, guest).Gives(HttpStatusCode.Accepted);
        else
            await Invite(manager, staff, guest).IsRefused(422, "not-eligible");
    }

    [Fact]
    public async Task Nobody_is_invited_where_one_address_is_wrong_or_nobody_may()
    {
        var (staff, programme) = await Open();
        using var manager = staff.As("Manager", (programme, Roles.ProgrammeManager));
        using var junior = staff.As("Junior");

        var unknown = await Invite(manager, staff, "junior@example.org", "nobody@example.org").IsRefused(422, "person-unknown");
        Assert.Equal("emails[1]", Assert.Single(unknown.GetProperty("errors").EnumerateObject()).Name);
        await Invite(manager, staff, "chief@example.org").IsRefused(422, "not-eligible");
        await Invite(manager, staff).IsRefused(400, "invalid");
        await Invite(junior, staff, "junior@example.org").IsRefused(403, "role-missing");
        await manager.Post(staff.Unit.At("enrolments/invitations"), new { programme = "no-such", side = "mentor", emails = new[] { "junior@example.org" } }).IsRefused(404, "not-found");
        Assert.Empty(service.Bus.All<ParticipantInvited>(staff.Unit));
    }

    [Fact]
    public async Task The_line_manager_is_told_the_time_once_and_only_where_the_person_agreed()
    {
        var (staff, programme) = await Open();
        using var junior = staff.As("Junior");
        using var senior = staff.As("Senior");

        var preview = await senior.Get(staff.Unit.At("enrolments/preview?programme=ai&side=mentee"), HttpStatusCode.OK);
        Assert.Contains("line-manager", Whom(preview));
        var without = await junior.Get(staff.Unit.At("enrolments/preview?programme=ai&side=mentor&briefManager=false"), HttpStatusCode.OK);
        Assert.DoesNotContain("line-manager", Whom(without));
        await junior.Post(staff.Unit.At("enrolments"), new { programme = "ai", side = "mentor", consent = true, briefManager = false }).Gives(HttpStatusCode.Created);
        await senior.Post(staff.Unit.At("enrolments"), new { programme = "ai", side = "mentee", consent = true }).Gives(HttpStatusCode.Created);

        var briefed = await service.Bus.Of<ManagerBriefed>(staff.Unit);
        Assert.Equal((programme, staff["Senior"], staff["Chief"]), (briefed.ProgrammeId, briefed.PersonId, briefed.ManagerId));
        var time = preview.GetProperty("time");
        Assert.Equal(
            (time.GetProperty("minutesAMonth").GetInt32(), time.GetProperty("preparationMinutes").GetInt32(), time.GetProperty("months").GetInt32()),
            (briefed.MinutesAMonth, briefed.PreparationMinutes, briefed.Months));
        // Every fourteen days an hour, for six months.
        Assert.Equal((180, 6), (briefed.MinutesAMonth, briefed.Months));
        Assert.Single(service.Bus.All<ManagerBriefed>(staff.Unit));
        var kept = await service.In(staff.Unit, db => db.Consents.ToListAsync());
        Assert.Equal([false, true], kept.OrderBy(consent => consent.PersonId == staff["Senior"]).Select(consent => consent.ShownTo!.Any(shown => shown.Whom == "line-manager")));
        // Nobody is above the chief.
        using var chief = staff.As("Chief");
        Assert.DoesNotContain("line-manager", Whom(await chief.Get(staff.Unit.At("enrolments/preview?programme=ai&side=mentee"), HttpStatusCode.OK)));
    }

    [Fact]
    public async Task A_team_that_enrols_at_once_is_taken_whole_though_all_have_one_manager()
    {
        var (staff, _) = await Open();
        await staff.Import("externalId,givenName,familyName,email,managerExternalId,stage\n" + string.Concat(
            Enumerable.Range(1, 8).Select(n => $"T{n},Team,Member{n},t{n}@example.org,Senior,early\n")));
        var team = await service.In(staff.Unit, db => db.People.Where(person => person.ManagerId == staff["Senior"]).Select(person => person.Id).ToListAsync());
        Assert.Equal(8, team.Count);

        var answers = await Task.WhenAll(team.Select(async id =>
        {
            using var one = service.As(staff.Unit, id);
            using var answer = await one.Post(staff.Unit.At("enrolments"), new { programme = "ai", side = "mentor", consent = true });
            return answer.StatusCode;
        }));

        Assert.All(answers, status => Assert.Equal(HttpStatusCode.Created, status));
        // Where the brief is written, name and address arrive once.
        await service.Bus.Of<PersonChanged>(staff.Unit, person => person.PersonId == staff["Senior"]);
        await Testing.Eventually.Holds(() =>
        {
            Assert.Equal(8, service.Bus.All<ManagerBriefed>(staff.Unit).Count);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Of_a_manager_who_has_left_by_then_nothing_is_told_elsewhere()
    {
        var (staff, programme) = await Open();
        await service.In(staff.Unit, db => db.Database.ExecuteSqlAsync($"update people set gone = true, version = version + 1 where id = {staff["Junior"]}"));
        var message = Guid.CreateVersion7();

        await service.Publish(staff.Unit, new ManagerBriefed(Guid.CreateVersion7(), 1, programme, staff["Senior"], staff["Junior"], 180, 15, 6), message);
        await service.HasConsumed(message, "tell-of-manager-when-manager-briefed");

        Assert.False(await service.In(staff.Unit, db => db.People.Where(person => person.Id == staff["Junior"]).Select(person => person.KnownElsewhere).SingleAsync()));
        Assert.DoesNotContain(service.Bus.All<PersonChanged>(staff.Unit), person => person.PersonId == staff["Junior"]);
    }

    private static IEnumerable<string?> Whom(JsonElement preview) => preview.GetProperty("shownTo").EnumerateArray().Select(shown => shown.Text("whom"));

    private static Task<HttpResponseMessage> Invite(HttpClient client, Staff staff, params string[] emails) => Invite(client, staff, Side.Mentor, emails);

    private static Task<HttpResponseMessage> Invite(HttpClient client, Staff staff, Side side, params string[] emails) =>
        client.Post(staff.Unit.At("enrolments/invitations"), new { programme = "ai", side = side is Side.Mentor ? "mentor" : "mentee", emails });

    private async Task<(Staff Staff, Guid Programme)> Open(string more = "")
    {
        var staff = await Staff.Of(service, ("Chief", "executive"), ("Senior", "senior"), ("Manager", "established"), ("Junior", "early"));
        using var admin = staff.Admin();
        var id = (await admin.PostYaml(staff.Unit.At("programmes"), $"{CreatingAProgramme.File}\nslug: ai\n{more}").Gives(HttpStatusCode.Created)).GetProperty("id").GetGuid();
        await admin.Post(staff.Unit.At("programmes/ai/open")).Gives(HttpStatusCode.OK);
        return (staff, id);
    }
}
