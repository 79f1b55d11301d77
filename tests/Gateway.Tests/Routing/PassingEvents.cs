using Mentoring.Gateway.Tests.Platform;
using Mentoring.Testing;

namespace Mentoring.Gateway.Tests.Routing;

public sealed class PassingEvents(GatewayFactory gateway)
{
    [Fact]
    public async Task An_event_arrives_while_the_stream_stays_open()
    {
        var unit = TestUnit.New();
        using var client = gateway.SignedIn(gateway.Member(unit));
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        using var response = await client.GetAsync(unit.At("events"), HttpCompletionOption.ResponseHeadersRead, deadline.Token);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(deadline.Token));
        Assert.Equal("data: first", await reader.ReadLineAsync(deadline.Token));
    }
}
