using Mentoring.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mentoring.Gateway.Tests.ServiceDefaults;

public sealed class CallingAnotherService : IAsyncLifetime
{
    private readonly WebApplication _replica;
    private readonly WebApplication _caller;
    private int _asked;
    private int _failFirst;

    public CallingAnotherService()
    {
        var replica = WebApplication.CreateSlimBuilder();
        replica.Logging.ClearProviders();
        _replica = replica.Build();
        _replica.Urls.Add("http://127.0.0.1:0");
        _replica.MapFallback(() => Interlocked.Increment(ref _asked) <= _failFirst ? Results.StatusCode(503) : Results.Text("answered"));

        var caller = WebApplication.CreateBuilder();
        caller.Logging.ClearProviders();
        caller.AddServiceDefaults();
        _caller = caller.Build();
    }

    private HttpClient Client => _caller.Services.GetRequiredService<IHttpClientFactory>().CreateClient("participants");

    public async ValueTask InitializeAsync() => await _replica.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _replica.DisposeAsync();
        await _caller.DisposeAsync();
    }

    [Fact]
    public async Task A_name_leads_to_whichever_replica_answers()
    {
        // Nobody listens at the first.
        Know("http://127.0.0.1:1", _replica.Urls.Single());
        for (var i = 0; i < 4; i++)
            Assert.Equal("answered", await Client.GetStringAsync(new Uri("http://participants/anything")));
        Assert.Equal(4, _asked);
    }

    [Fact]
    public async Task A_short_outage_is_waited_for()
    {
        _failFirst = 2;
        Know(_replica.Urls.Single());
        Assert.Equal("answered", await Client.GetStringAsync(new Uri("http://participants/anything")));
        Assert.Equal(3, _asked);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public async Task A_post_is_repeated_only_when_it_merely_asks(bool repeatable, int times)
    {
        _failFirst = 1;
        Know(_replica.Urls.Single());
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://participants/anything") { Content = new StringContent("question") };
        if (repeatable) request.Options.Set(ServiceClients.Repeatable, true);
        using var response = await Client.SendAsync(request);
        Assert.Equal(times, _asked);
        Assert.Equal(repeatable, response.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Another_host_is_left_alone()
    {
        Know("http://127.0.0.1:1");
        Assert.Equal("answered", await Client.GetStringAsync(new Uri(_replica.Urls.Single())));
    }

    private void Know(params string[] addresses)
    {
        for (var i = 0; i < addresses.Length; i++) _caller.Configuration[$"services:participants:http:{i}"] = addresses[i];
    }
}
