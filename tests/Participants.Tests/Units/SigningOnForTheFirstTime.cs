using Mentoring.Contracts.Participants;

namespace Mentoring.Participants.Tests.Units;

public sealed class SigningOnForTheFirstTime(ParticipantsService service)
{
    private const string Header = "externalId,givenName,familyName,email,managerExternalId\n";

    [Fact]
    public async Task A_verified_address_of_an_owned_domain_links_to_the_imported_person()
    {
        var unit = await service.AnOrganisation();
        await unit.Import("people", $"{Header}1,Grace,Hopper,{unit.Email("grace")},\n");

        var found = await unit.SignOn("grace");

        var membership = Assert.Single(found.Memberships);
        Assert.Equal((await unit.People())["1"].Id, membership.PersonId);
        Assert.Equal(["participant"], membership.Roles);
        // Being able to sign in is nobody else's business: no details are published.
        await service.Bus.Of<MembershipChanged>(unit.Unit, fact => fact.PersonId == membership.PersonId);
        Assert.DoesNotContain(service.Bus.All<PersonChanged>(unit.Unit), fact => fact.PersonId == membership.PersonId);
    }

    [Fact]
    public async Task An_unverified_address_links_to_nobody()
    {
        var unit = await service.AnOrganisationBeforeAnySignOn();
        Assert.Empty((await service.SignOn(unit.Issuer, "x", unit.AdminEmail, verified: false)).Memberships);
    }

    [Fact]
    public async Task A_provider_that_does_not_own_the_domain_links_to_nobody()
    {
        var unit = await service.AnOrganisationBeforeAnySignOn();
        var other = await service.AnOrganisation();
        Assert.Empty((await service.SignOn(other.Issuer, "x", unit.AdminEmail)).Memberships);
    }

    [Fact]
    public async Task Once_linked_the_sign_on_counts_and_not_the_address()
    {
        var unit = await service.AnOrganisation();
        Assert.Single((await service.SignOn(unit.Issuer, "admin", email: null)).Memberships);
    }

    [Fact]
    public async Task An_address_that_has_changed_hands_does_not_take_over()
    {
        var unit = await service.AnOrganisation();
        Assert.Empty((await service.SignOn(unit.Issuer, "somebody-new", unit.AdminEmail)).Memberships);
    }

    [Fact]
    public async Task Two_first_requests_at_once_link_once()
    {
        var unit = await service.AnOrganisationBeforeAnySignOn();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => service.SignOn(unit.Issuer, "admin", unit.AdminEmail)));
        Assert.All(answers, answer => Assert.Single(answer.Memberships));
        Assert.Single(answers.Select(answer => answer.Memberships[0].PersonId).Distinct());
    }
}
