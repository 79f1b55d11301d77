using System.Text;
using Mentoring.Gateway.Tests.Platform;

namespace Mentoring.Gateway.Tests.ServiceDefaults;

public sealed class RefusingBadInput(TinyService service) : IClassFixture<TinyService>
{
    [Theory]
    [InlineData("""{"name":"a","colour":"red","count":""", 400, "malformed", null)]
    [InlineData("", 400, "malformed", null)]
    [InlineData("null", 400, "malformed", null)]
    [InlineData("""{"name":"a","colour":"red","coulnt":2}""", 400, "unknown-field", "coulnt")]
    [InlineData("""{"colour":"red"}""", 400, "invalid", "name")]
    [InlineData("""{"name":null,"colour":"red"}""", 400, "invalid", "name")]
    [InlineData("""{"name":"a","colour":"red","count":"two"}""", 400, "invalid", "count")]
    [InlineData("""{"name":"a","colour":"red","count":"2"}""", 400, "invalid", "count")]
    [InlineData("""{"name":"a","colour":"green"}""", 400, "invalid", "colour")]
    [InlineData("""{"name":"a","colour":1}""", 400, "invalid", "colour")]
    [InlineData("[]", 400, "invalid", "body")]
    public async Task A_body_is_refused_with_what_is_wrong(string body, int status, string code, string? field)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await service.Client.PostAsync(new Uri("/things", UriKind.Relative), content);
        var refused = await Refused.With(status, code, response);
        if (field is null) Assert.Null(refused.Errors);
        else Assert.Contains(field, refused.Errors!.Keys);
    }

    [Fact]
    public async Task Enums_are_words_and_optional_members_may_be_left_out()
    {
        using var content = new StringContent("""{"name":"a","colour":"deep-blue"}""", Encoding.UTF8, "application/json");
        using var response = await service.Client.PostAsync(new Uri("/things", UriKind.Relative), content);
        Assert.Equal("""{"name":"a","colour":"deep-blue","count":1,"note":null}""", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("GET", "/nothing", 404, "not-found")]
    [InlineData("GET", "/things/no-id", 404, "not-found")]
    [InlineData("DELETE", "/things", 405, "method-not-allowed")]
    [InlineData("GET", "/counted", 400, "invalid")]
    [InlineData("GET", "/counted?count=many", 400, "invalid")]
    [InlineData("GET", "/things?limit=0", 400, "invalid")]
    [InlineData("GET", "/things?limit=201", 400, "invalid")]
    [InlineData("GET", "/things?limit=many", 400, "invalid")]
    [InlineData("GET", "/things?after=invented", 400, "invalid")]
    [InlineData("GET", "/broken", 500, "internal")]
    public async Task An_address_is_refused_with_what_is_wrong(string method, string path, int status, string code)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        using var response = await service.Client.SendAsync(request);
        Assert.DoesNotContain("secret", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await Refused.With(status, code, response);
    }

    [Fact]
    public async Task Another_media_type_and_a_large_body_are_refused()
    {
        using var text = new StringContent("name", Encoding.UTF8, "text/plain");
        using var unsupported = await service.Client.PostAsync(new Uri("/things", UriKind.Relative), text);
        await Refused.With(415, "unsupported-media-type", unsupported);

        using var large = new StringContent($$"""{"name":"{{new string('x', 1024 * 1024)}}"}""", Encoding.UTF8, "application/json");
        // Asked first, as otherwise the server closes while the client is still sending.
        using var asking = new HttpRequestMessage(HttpMethod.Post, new Uri("/things", UriKind.Relative)) { Content = large };
        asking.Headers.ExpectContinue = true;
        using var tooLarge = await service.Client.SendAsync(asking);
        await Refused.With(413, "too-large", tooLarge);
    }
}
