using System.Net;
using System.Text.Json;
using Mentoring.Testing;

namespace Mentoring.Participants.Tests.Guests;

/// <summary>Guests named by how far they have come.</summary>
internal static class GuestVisits
{
    /// <summary>Home would offer the person and has asked; the host knows of nobody.</summary>
    public static async Task<Guid> Asked(ParticipantsService service, Staff home, Staff host, string name)
    {
        using var admin = home.Admin();
        return (await admin.Post(home.Unit.At("guests"), new
        {
            personEmail = Staff.Email(name),
            hostUnit = host.Unit.Slug,
            terms = "Guest terms of January.",
            expires = service.Clock.GetUtcNow().AddDays(90),
        }).Gives(HttpStatusCode.Created)).GetProperty("id").GetGuid();
    }

    /// <summary>The person has said yes and the host has heard.</summary>
    public static async Task<Guid> Offered(ParticipantsService service, Staff home, Staff host, string name)
    {
        var id = await Asked(service, home, host, name);
        using var person = home.As(name);
        await person.Post(home.Unit.At($"guests/{id}/accept"), new { terms = true, snapshot = true }).Gives(HttpStatusCode.NoContent);
        using var admin = host.Admin();
        await Eventually.Holds(async () => Assert.Equal($"{name} Example", (await Only(admin, host, "hosted")).Text("name")));
        return id;
    }

    /// <summary>Admitted at the host, and home has heard.</summary>
    public static async Task<Guid> Admitted(ParticipantsService service, Staff home, Staff host, string name)
    {
        var id = await Offered(service, home, host, name);
        using var admin = host.Admin();
        await admin.Post(host.Unit.At($"guests/{id}/admit"), new { sponsor = "chief@example.org" }).Gives(HttpStatusCode.OK);
        using var homeAdmin = home.Admin();
        await Eventually.Holds(async () => Assert.Equal("admitted", (await Only(homeAdmin, home, "offered")).Text("state")));
        return id;
    }

    public static async Task<JsonElement> Only(HttpClient client, Staff staff, string direction) =>
        Assert.Single((await client.Get(staff.Unit.At($"guests?direction={direction}"), HttpStatusCode.OK)).GetProperty("items").EnumerateArray());
}
