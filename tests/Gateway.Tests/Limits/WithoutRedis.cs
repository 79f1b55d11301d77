using System.Diagnostics;
using Mentoring.Gateway.Tests.Platform;
using Mentoring.Testing;

namespace Mentoring.Gateway.Tests.Limits;

/// <summary>A Redis of the test's own, killed and started again.</summary>
public sealed class WithoutRedis : IAsyncLifetime
{
    private readonly int _port = FreePort();
    private readonly GatewayFactory _gateway = GatewayFactory.Another();
    private Process? _redis;

    public async ValueTask InitializeAsync()
    {
        StartRedis();
        _gateway.With("ConnectionStrings:redis", $"127.0.0.1:{_port}");
        await _gateway.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillRedis();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task Everybody_still_gets_in_and_is_limited_again_once_it_is_back()
    {
        var unit = TestUnit.New();
        var subject = _gateway.Member(unit);
        using var client = _gateway.SignedIn(subject);
        await Eventually.Holds(async () => Assert.True(await IsLimited(client, unit)));

        await KillRedis();
        Assert.False(await IsLimited(client, unit));

        // A change still works, though no fact can evict anything: what is in memory lives for seconds.
        _gateway.Participants.Members.TryRemove(subject, out _);
        await Eventually.Holds(async () =>
        {
            using var response = await client.GetAsync(unit.At("sessions/mine"));
            await Refused.With(404, "not-found", response);
        });
        _gateway.Admit(subject, unit, Guid.CreateVersion7(), []);

        StartRedis();
        await Eventually.Holds(async () => Assert.True(await IsLimited(client, unit)), TimeSpan.FromSeconds(30));
    }

    private static async Task<bool> IsLimited(HttpClient client, TestUnit unit)
    {
        using var response = await client.GetAsync(unit.At("sessions/mine"));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return response.Headers.Contains("RateLimit-Limit");
    }

    private void StartRedis() => _redis = Process.Start(new ProcessStartInfo("redis-server", ["--port", $"{_port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
    {
        RedirectStandardOutput = true,
        WorkingDirectory = Path.GetTempPath(),
    });

    private async Task KillRedis()
    {
        if (_redis is null) return;
        _redis.Kill();
        await _redis.WaitForExitAsync();
        _redis.Dispose();
        _redis = null;
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
