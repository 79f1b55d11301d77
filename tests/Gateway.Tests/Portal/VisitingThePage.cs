using Mentoring.Gateway.Tests.Platform;

namespace Mentoring.Gateway.Tests.Portal;

public sealed class VisitingThePage(VisitingThePage.GatewayWithPage gateway) : IClassFixture<VisitingThePage.GatewayWithPage>
{
    public sealed class GatewayWithPage : GatewayFactory
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("portal-");

        public GatewayWithPage()
        {
            File.WriteAllText(Path.Combine(_folder.FullName, "index.html"), "<!doctype html><title>The page</title>");
            File.WriteAllText(Path.Combine(_folder.CreateSubdirectory("assets").FullName, "index-abc123.js"), "export {}");
            WithoutBroker().With("Portal:Folder", _folder.FullName);
        }

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            _folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/sessions/0196c0de-0000-7000-8000-000000000000")]
    [InlineData("/signed-in")]
    public async Task A_link_leads_to_the_page_which_may_talk_to_the_provider_and_to_nobody_else(string path)
    {
        using var client = Visitor();
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Contains("The page", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("no-cache", response.Headers.CacheControl?.ToString());
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains($"connect-src 'self' {gateway.Provider.Issuer};", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_with_a_hash_in_their_name_are_kept_by_browsers()
    {
        using var client = Visitor();
        using var response = await client.GetAsync(new Uri("/assets/index-abc123.js", UriKind.Relative));
        Assert.Contains("immutable", response.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/nothing")]
    [InlineData("/assets/index-gone.js")]
    public async Task What_is_not_there_is_not_the_page(string path)
    {
        using var client = Visitor();
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
        await Refused.With(404, "not-found", response);
    }

    private HttpClient Visitor()
    {
        var client = gateway.Anonymous();
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        return client;
    }
}
