using System.Net;
using System.Net.Http.Json;
using Mentoring.Contracts.Participants;
using Mentoring.Participants.Units;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;

namespace Mentoring.Participants.Tests.Units;

public sealed class HoldingRoles(ParticipantsService service)
{
    private const string Header = "externalId,givenName,familyName,email,managerExternalId\n";

    [Fact]
    public async Task Whoever_is_given_one_holds_it_and_becomes_known_to_the_others()
    {
        var unit = await AnOrganisationWithGrace();

        var member = await Give(unit, new AddRoleRequest(unit.Email("grace"), Roles.Safeguarding));

        Assert.Equal(["participant", "safeguarding"], member.Roles);
        Assert.False(member.SignedOn);
        Assert.Equal(["participant", "safeguarding"], (await unit.SignOn("grace")).Memberships.Single().Roles);
        var told = await service.Bus.Of<PersonChanged>(unit.Unit, fact => fact.Name == "Grace Hopper");
        Assert.Equal(member.Person.Id, told.PersonId);
        await service.Bus.Of<MembershipChanged>(unit.Unit, fact => fact.PersonId == told.PersonId && fact.Roles.Contains(Roles.Safeguarding));
    }

    [Fact]
    public async Task Whoever_becomes_known_elsewhere_at_that_moment_is_given_one_all_the_same()
    {
        var unit = await AnOrganisationWithGrace();
        using var client = unit.Admin;

        using var given = await service.AskDuring(
            unit.Unit,
            $"update people set known_elsewhere = true, version = version + 1 where email = {unit.Email("grace")}",
            () => client.PostAsJsonAsync(unit.Unit.At("members"), new AddRoleRequest(unit.Email("grace"), Roles.Safeguarding), Json.Options));

        Assert.Equal(HttpStatusCode.Created, given.StatusCode);
        await service.Bus.Of<MembershipChanged>(unit.Unit, fact => fact.Roles.Contains(Roles.Safeguarding));
        Assert.DoesNotContain(service.Bus.All<PersonChanged>(unit.Unit), fact => fact.Name == "Grace Hopper");
    }

    [Fact]
    public async Task Whoever_leaves_at_that_moment_is_given_none()
    {
        var unit = await AnOrganisationWithGrace();
        using var client = unit.Admin;

        using var given = await service.AskDuring(
            unit.Unit,
            $"update people set gone = true, version = version + 1 where email = {unit.Email("grace")}",
            () => client.PostAsJsonAsync(unit.Unit.At("members"), new AddRoleRequest(unit.Email("grace"), Roles.Safeguarding), Json.Options));

        await given.Refused(HttpStatusCode.UnprocessableEntity, "person-unknown");
    }

    [Fact]
    public async Task Somebody_from_outside_is_added_by_name()
    {
        var unit = await service.AnOrganisation();
        using var client = unit.Admin;
        using var unknown = await client.PostAsJsonAsync(unit.Unit.At("members"), new AddRoleRequest("ombud@outside.example", Roles.Safeguarding), Json.Options);
        await unknown.Refused(HttpStatusCode.UnprocessableEntity, "person-unknown");

        var member = await Give(unit, new AddRoleRequest("ombud@outside.example", Roles.Safeguarding, Name: "Olga Ombud"));

        Assert.Equal("Olga Ombud", member.Person.Name);
        Assert.Contains((await unit.Get<Page<Member>>("members")).Items, item => item.Id == member.Id);
    }

    [Fact]
    public async Task A_role_is_taken_back()
    {
        var unit = await AnOrganisationWithGrace();
        var member = await Give(unit, new AddRoleRequest(unit.Email("grace"), Roles.UnitAdmin));

        using var gone = await Take(unit, member.Id, Roles.UnitAdmin, "*");

        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        Assert.Equal(["participant"], (await unit.Get<Member>($"members/{member.Id}")).Roles);
        using var again = await Take(unit, member.Id, Roles.UnitAdmin, "*");
        await again.Refused(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task One_that_is_given_no_more_is_still_shown_and_can_be_taken_back()
    {
        var staff = await Staff.Of(service, ("Chief", "executive"), ("Manager", "established"), ("Grace", "early"));
        using var admin = staff.Admin();
        await admin.PostYaml(staff.Unit.At("programmes"), $"{Programmes.CreatingAProgramme.File}\nslug: ai\n").Gives(HttpStatusCode.Created);
        var request = new { email = Staff.Email("Grace"), role = "delegate", programme = "ai" };
        await admin.Post(staff.Unit.At("members"), request).IsRefused(400, "invalid");
        var member = (await admin.Post(staff.Unit.At("members"), request with { role = Roles.Sponsor }).Gives(HttpStatusCode.Created)).Text("id");
        await service.AsOwner<int>($"update platform.programme_roles set role = 'delegate' where membership_id = '{member}'");

        var shown = (await admin.Get(staff.Unit.At($"members/{member}"), HttpStatusCode.OK)).GetProperty("programmeRoles");
        using var taken = new HttpRequestMessage(HttpMethod.Delete, staff.Unit.At($"members/{member}/roles/delegate?programme=ai"));
        taken.Headers.TryAddWithoutValidation("If-Match", "*");
        await admin.SendAsync(taken).Gives(HttpStatusCode.NoContent);

        Assert.Equal(("ai", "delegate"), Assert.Single(shown.EnumerateArray().Select(held => (held.Text("programme"), held.Text("role")))));
        Assert.Empty((await admin.Get(staff.Unit.At($"members/{member}"), HttpStatusCode.OK)).GetProperty("programmeRoles").EnumerateArray());
    }

    [Fact]
    public async Task The_last_administrator_stays()
    {
        var unit = await service.AnOrganisation();
        var admin = (await unit.Get<Page<Member>>("members")).Items.Single();
        using var answer = await Take(unit, admin.Id, Roles.UnitAdmin, "*");
        await answer.Refused(HttpStatusCode.UnprocessableEntity, "last-administrator");
    }

    [Fact]
    public async Task Two_administrators_cannot_remove_each_other_at_once()
    {
        var unit = await AnOrganisationWithGrace();
        // Whether two requests really meet is chance; six times, it is not.
        for (var round = 0; round < 6; round++)
        {
            await Give(unit, new AddRoleRequest(unit.AdminEmail, Roles.UnitAdmin));
            await Give(unit, new AddRoleRequest(unit.Email("grace"), Roles.UnitAdmin));
            var members = (await unit.Get<Page<Member>>("members")).Items;

            var answers = await Task.WhenAll(members.Select(member => Take(unit, member.Id, Roles.UnitAdmin, "*")));

            Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.NoContent);
        }
    }

    [Fact]
    public async Task A_change_from_an_old_reading_is_refused()
    {
        var unit = await AnOrganisationWithGrace();
        var member = await Give(unit, new AddRoleRequest(unit.Email("grace"), Roles.Safeguarding));
        using var stale = await Take(unit, member.Id, Roles.Safeguarding, "\"0\"");
        await stale.Refused(HttpStatusCode.PreconditionFailed, "stale");
        using var missing = await Take(unit, member.Id, Roles.Safeguarding, null);
        await missing.Refused(HttpStatusCode.PreconditionRequired, "precondition-required");
    }

    [Fact]
    public async Task Wrong_roles_are_told_by_field()
    {
        var unit = await AnOrganisationWithGrace();
        using var client = unit.Admin;
        using var nobody = await client.PostAsJsonAsync(unit.Unit.At("members"), new AddRoleRequest(unit.Email("grace"), Roles.Operator), Json.Options);
        Assert.Contains("role", (await nobody.Refused(HttpStatusCode.BadRequest, "invalid")).Errors!.Keys);
        using var nowhere = await client.PostAsJsonAsync(unit.Unit.At("members"), new AddRoleRequest(unit.Email("grace"), Roles.Sponsor), Json.Options);
        Assert.Contains("programme", (await nowhere.Refused(HttpStatusCode.BadRequest, "invalid")).Errors!.Keys);
        using var unknown = await client.PostAsJsonAsync(unit.Unit.At("members"), new AddRoleRequest(unit.Email("grace"), Roles.Sponsor, "no-such"), Json.Options);
        await unknown.Refused(HttpStatusCode.UnprocessableEntity, "programme-unknown");
    }

    [Fact]
    public async Task Only_administrators_give_and_see_them()
    {
        var unit = await AnOrganisationWithGrace();
        using var client = unit.Somebody();
        using var give = await client.PostAsJsonAsync(unit.Unit.At("members"), new AddRoleRequest(unit.Email("grace"), Roles.UnitAdmin), Json.Options);
        await give.Refused(HttpStatusCode.Forbidden, "role-missing");
        using var see = await client.GetAsync(unit.Unit.At("members"));
        await see.Refused(HttpStatusCode.Forbidden, "role-missing");
    }

    [Fact]
    public async Task Another_units_members_answer_like_missing_ones()
    {
        var unit = await service.AnOrganisation();
        var other = await service.AnOrganisation();
        var theirs = (await other.Get<Page<Member>>("members")).Items.Single();
        using var client = unit.Admin;
        using var missing = await client.GetAsync(unit.Unit.At($"members/{Guid.CreateVersion7()}"));
        using var foreign = await client.GetAsync(unit.Unit.At($"members/{theirs.Id}"));
        using var elsewhere = await client.GetAsync(other.Unit.At($"members/{theirs.Id}"));
        var expected = (await missing.Refused(HttpStatusCode.NotFound, "not-found")) with { TraceId = null };
        Assert.Equal(expected, (await foreign.Refused(HttpStatusCode.NotFound, "not-found")) with { TraceId = null });
        Assert.Equal(expected, (await elsewhere.Refused(HttpStatusCode.NotFound, "not-found")) with { TraceId = null });
    }

    private async Task<Organisation> AnOrganisationWithGrace()
    {
        var unit = await service.AnOrganisation();
        await unit.Import("people", $"{Header}1,Grace,Hopper,{unit.Email("grace")},\n");
        return unit;
    }

    private static async Task<Member> Give(Organisation unit, AddRoleRequest request)
    {
        using var client = unit.Admin;
        using var answer = await client.PostAsJsonAsync(unit.Unit.At("members"), request, Json.Options);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await answer.ReadAs<Member>();
    }

    private static async Task<HttpResponseMessage> Take(Organisation unit, Guid member, string role, string? ifMatch)
    {
        using var client = unit.Admin;
        using var request = new HttpRequestMessage(HttpMethod.Delete, unit.Unit.At($"members/{member}/roles/{role}"));
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await client.SendAsync(request);
    }
}
