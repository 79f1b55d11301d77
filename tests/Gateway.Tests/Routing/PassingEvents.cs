using Mentoring.Gateway.SignOn;
using Mentoring.Gateway.Tests.Platform;
using Mentoring.Testing;
using Microsoft.Extensions.DependencyInjection;

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

    [Fact]
    public async Task A_stream_ends_soon_after_the_membership()
    {
        await using var watchful = GatewayFactory.Another().With("Passport:RecheckStreamsEvery", "00:00:00.2");
        await watchful.InitializeAsync();
        var unit = TestUnit.New();
        var subject = watchful.Member(unit);
        using var client = watchful.SignedIn(subject);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        using var response = await client.GetAsync(unit.At("events"), HttpCompletionOption.ResponseHeadersRead, deadline.Token);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(deadline.Token));
        Assert.Equal("data: first", await reader.ReadLineAsync(deadline.Token));

        watchful.Participants.Members.TryRemove(subject, out _);
        await watchful.Services.GetRequiredService<Memberships>().Forget(watchful.Provider.Issuer, subject);

        await Assert.ThrowsAnyAsync<IOException>(async () => await reader.ReadToEndAsync(deadline.Token));
    }
}
