using System.Net;
using System.Net.Http.Json;
using Mentoring.Contracts.Participants;
using Mentoring.Participants.Topics;
using Mentoring.Participants.Units;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;

namespace Mentoring.Participants.Tests.Units;

public sealed class CreatingAUnit(ParticipantsService service)
{
    [Fact]
    public async Task It_has_its_first_administrator_and_the_starter_topics_at_once()
    {
        var unit = await service.AnOrganisation();

        var found = await service.SignOn(unit.Issuer, "admin", unit.AdminEmail);
        var membership = Assert.Single(found.Memberships);
        Assert.Equal(["participant", "unit-admin"], membership.Roles);
        Assert.Equal("Ada Lovelace", membership.Name);
        Assert.Equal(unit.Unit.Slug, membership.Unit);
        Assert.False(found.Operator);
        var topics = await unit.Get<Page<TopicView>>("topics?search=generative");
        Assert.Contains(topics.Items, topic => topic.Slug == "generative-ai-at-work");

        var told = await service.Bus.Of<MembershipChanged>(unit.Unit, fact => fact.Identities.Count == 1);
        Assert.Equal(unit.AdminId, told.PersonId);
        Assert.Equal(new SignOn(unit.Issuer, "admin"), Assert.Single(told.Identities));
        Assert.Equal(unit.AdminEmail, (await service.Bus.Of<PersonChanged>(unit.Unit)).Email);
    }

    [Fact]
    public async Task A_slug_is_given_once()
    {
        var unit = await service.AnOrganisation();
        using var client = service.AsOperator();
        using var answer = await client.PostAsJsonAsync("/api/v1/units", Organisation.Request(unit.Unit.Slug), Json.Options);
        await answer.Refused(HttpStatusCode.Conflict, "unit-exists");
    }

    [Fact]
    public async Task Only_an_operator_creates_or_lists_units()
    {
        var unit = await service.AnOrganisation();
        using var client = unit.Admin;
        using var create = await client.PostAsJsonAsync("/api/v1/units", Organisation.Request("another"), Json.Options);
        await create.Refused(HttpStatusCode.Forbidden, "role-missing");
        using var list = await client.GetAsync(new Uri("/api/v1/units", UriKind.Relative));
        await list.Refused(HttpStatusCode.Forbidden, "role-missing");
    }

    [Fact]
    public async Task What_is_wrong_is_told_by_field()
    {
        using var client = service.AsOperator();
        using var answer = await client.PostAsJsonAsync("/api/v1/units", new CreateUnitRequest(
            "No Slug", " ", "Middle/Earth", [new IssuerOfUnit("https://id.example.org", ["example.org"])], new FirstAdmin("ada@elsewhere.org", "Ada")), Json.Options);
        var problem = await answer.Refused(HttpStatusCode.BadRequest, "invalid");
        Assert.Equal(["admin.email", "name", "slug", "timeZone"], problem.Errors!.Keys.Order());
    }

    [Fact]
    public async Task An_operator_pages_through_the_units()
    {
        var one = await service.AnOrganisation();
        var other = await service.AnOrganisation();
        using var client = service.AsOperator();
        var slugs = new List<string>();
        string? next = null;
        do
        {
            using var answer = await client.GetAsync(new Uri($"/api/v1/units?limit=1&after={next}", UriKind.Relative));
            var page = await answer.ReadAs<Page<UnitItem>>();
            slugs.AddRange(page.Items.Select(item => item.Slug));
            next = page.Next;
        }
        while (next is not null);
        Assert.Equal(slugs.Distinct().Order(StringComparer.Ordinal), slugs);
        Assert.Contains(one.Unit.Slug, slugs);
        Assert.Contains(other.Unit.Slug, slugs);
    }

    [Fact]
    public async Task The_operator_comes_from_configuration_and_only_by_a_trusted_provider()
    {
        Assert.True((await service.SignOn(ParticipantsService.OperatorIssuer, "op", ParticipantsService.OperatorEmail)).Operator);
        Assert.False((await service.SignOn(ParticipantsService.OperatorIssuer, "op", ParticipantsService.OperatorEmail, verified: false)).Operator);
        Assert.False((await service.SignOn("https://id.evil.example", "op", ParticipantsService.OperatorEmail)).Operator);
    }

    [Fact]
    public async Task Only_the_gateway_asks_for_memberships()
    {
        var unit = await service.AnOrganisation();
        using var client = unit.Admin;
        using var answer = await client.PostAsJsonAsync("/gateway/memberships", new FindMembershipsRequest(unit.Issuer, "admin"), Json.Options);
        await answer.Refused(HttpStatusCode.Forbidden, "role-missing");
    }

    [Fact]
    public async Task An_operator_passport_opens_no_unit()
    {
        var unit = await service.AnOrganisation();
        using var client = service.With(new() { [PassportClaims.Kind] = "person", [PassportClaims.Subject] = Guid.CreateVersion7().ToString(), [PassportClaims.Roles] = new[] { Roles.Operator } });
        using var answer = await client.GetAsync(unit.Unit.At("people"));
        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.Forbidden });
    }
}
