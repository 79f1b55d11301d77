using System.Text;
using Mentoring.Testing;

namespace Mentoring.Participants.Tests;

public sealed class SendingBrokenBodies(ParticipantsService service)
{
    [Theory]
    // Nothing in the place of an item.
    [InlineData("PUT knowledge/mine", """{"offers":[null],"needs":[]}""", "offers")]
    [InlineData("PUT knowledge/mine", """{"offers":[],"needs":[],"interests":["sailing",null]}""", "interests")]
    [InlineData("PUT people/stage-mapping", """{"rules":[null]}""", "rules")]
    [InlineData("PUT people/imports/header-mapping", """{"columns":[null]}""", "columns")]
    [InlineData("POST enrolments/invitations", """{"programme":"ai","side":"mentor","emails":[null]}""", "emails")]
    [InlineData("POST topics", """{"slug":"x","label":"X","focus":"technology","alternatives":[null]}""", "alternatives")]
    [InlineData("POST topics", """{"slug":"x","label":"X","focus":"technology","labels":{"de":null}}""", "labels")]
    // The one character that no text in PostgreSQL may have.
    [InlineData("PUT knowledge/mine", """{"offers":[{"topic":"prompt-writing","level":4,"evidence":"a\u0000b"}],"needs":[]}""", "offers[0].evidence")]
    [InlineData("PUT knowledge/mine", """{"offers":[],"needs":[],"interests":["a\u0000b"]}""", "interests")]
    [InlineData("POST topics", """{"slug":"x","label":"a\u0000b","focus":"technology"}""", "label")]
    [InlineData("POST topics", """{"slug":"x","label":"X","focus":"technology","labels":{"de":"a\u0000b"}}""", "labels")]
    [InlineData("POST guests", """{"personEmail":"a@example.org","hostUnit":"host","terms":"a\u0000b","expires":"2099-01-01T00:00:00Z"}""", "terms")]
    [InlineData("POST people", """{"externalId":"x","givenName":"A","familyName":"X","languages":[null]}""", "languages")]
    // By the handler itself, which names every fault at once.
    [InlineData("POST people", """{"externalId":"x","givenName":"a\u0000b","familyName":"X"}""", "givenName")]
    public async Task What_no_list_and_no_text_can_hold_is_refused_by_its_field(string route, string body, string field)
    {
        var staff = await Staff.Of(service);
        using var admin = staff.Admin();
        var (method, path) = (route.Split(' ')[0], route.Split(' ')[1]);
        using var request = new HttpRequestMessage(new HttpMethod(method), staff.Unit.At(path)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("If-Match", "*");

        var problem = await admin.SendAsync(request).IsRefused(400, "invalid");

        Assert.Equal(field, Assert.Single(problem.GetProperty("errors").EnumerateObject()).Name);
    }
}
