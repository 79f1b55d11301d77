using System.Net;
using Mentoring.Gateway.Tests.Platform;
using Mentoring.Testing;

namespace Mentoring.Gateway.Tests.Limits;

public sealed class ReadingSecretLinksTooOften(ReadingSecretLinksTooOften.LimitedGateway gateway) : IClassFixture<ReadingSecretLinksTooOften.LimitedGateway>
{
    private const int PerLink = 6;
    private const int AllLinks = 40;

    public sealed class LimitedGateway : GatewayFactory
    {
        public LimitedGateway() => WithoutBroker().With("Limits:LinkPerMinute", $"{PerLink}").With("Limits:LinksPerMinute", $"{AllLinks}");
    }

    [Fact]
    public async Task One_link_read_too_often_waits_and_another_does_not()
    {
        var unit = TestUnit.New();
        using var client = gateway.Anonymous();
        var answers = await Task.WhenAll(Enumerable.Range(0, PerLink * 2).Select(async _ => (int)(await client.GetAsync(Link(unit, "busy"))).StatusCode));
        Assert.InRange(answers.Count(status => status == 200), PerLink, PerLink + 1);

        using var refused = await client.GetAsync(Link(unit, "busy"));
        var problem = await Refused.With(429, "too-many-requests", refused);
        Assert.StartsWith("This link has", problem.Detail, StringComparison.Ordinal);
        Assert.InRange((int)refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60 / PerLink + 1);
        using var other = await client.GetAsync(Link(unit, "calm"));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);

        // Whoever tries many, in whichever unit, is stopped by what all have together; those who are signed in are not.
        var tried = await Task.WhenAll(Enumerable.Range(0, AllLinks * 2).Select(async i => await client.GetAsync(Link(TestUnit.New(), $"guess-{i}"))));
        Assert.InRange(tried.Count(answer => answer.StatusCode == HttpStatusCode.OK), 1, AllLinks);
        var stopped = tried.First(answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.StartsWith("All links together have", (await GatewayFactory.Read<Refused>(stopped)).Detail, StringComparison.Ordinal);
        using var member = gateway.SignedIn(gateway.Member(unit));
        Assert.Equal(HttpStatusCode.OK, (await member.GetAsync(unit.At("sessions/mine"))).StatusCode);
    }

    private static Uri Link(TestUnit unit, string token) => new($"/l/{unit.Slug}/sessions/{token}", UriKind.Relative);
}
