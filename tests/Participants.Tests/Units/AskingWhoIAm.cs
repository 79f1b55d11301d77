using Mentoring.Participants.Units;
using Mentoring.Tenancy;

namespace Mentoring.Participants.Tests.Units;

public sealed class AskingWhoIAm(ParticipantsService service)
{
    [Fact]
    public async Task All_units_of_a_sign_on_are_shown()
    {
        var unit = await service.AnOrganisation();
        using var client = service.With(new()
        {
            [PassportClaims.Kind] = "person",
            [PassportClaims.Subject] = Guid.CreateVersion7().ToString(),
            [PassportClaims.LoginIssuer] = unit.Issuer,
            [PassportClaims.LoginSubject] = "admin",
            [PassportClaims.LoginEmail] = unit.AdminEmail,
            [PassportClaims.LoginName] = "Ada",
        });

        using var answer = await client.GetAsync(new Uri("/api/v1/me", UriKind.Relative));

        var me = await answer.ReadAs<Me>();
        Assert.Equal(("Ada", unit.AdminEmail, false), (me.Name, me.Email, me.Operator));
        var mine = Assert.Single(me.Units);
        Assert.Equal((unit.Unit.Slug, unit.AdminId), (mine.Slug, mine.PersonId));
        Assert.Equal(["participant", "unit-admin"], mine.Roles);
    }
}
