using System.Net;
using Mentoring.Host;

namespace Mentoring.Benches;

/// <summary>
/// The gateway, bare YARP and nginx in front of one upstream, each a process of its own. The gateway is the real program under its real
/// variables; only Scheduling's address is the upstream's, and the limits are raised, not switched off.
/// </summary>
internal sealed class Proxies : IAsyncDisposable
{
    private const int MostPerMinuteOfPerson = 1_000_000;
    private const int MostPerMinuteOfUnit = 10_000_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<Child> _children = [];
    private readonly LocalState _tools;

    private Proxies(LocalState tools) => _tools = tools;

    public string Gateway => Address("gateway");

    private string BareYarp => Address("bare-yarp");

    private string Nginx => Address("nginx");

    private string Upstream => Address("upstream");

    public static async Task<Proxies> Start(LocalState tools, OwnPlatform platform, CancellationToken ct)
    {
        var proxies = new Proxies(tools);
        try
        {
            await proxies.StartAll(platform, ct);
            return proxies;
        }
        catch
        {
            await proxies.DisposeAsync();
            throw;
        }
    }

    /// <summary>Side by side: in each round every proxy has its turn, and the order moves on, so that a slow moment of the machine hits none more.</summary>
    public async Task Measure(Person member, string unit, Effort effort, Table table, Progress progress, CancellationToken ct)
    {
        // Answered by Scheduling, and so by the upstream.
        var path = $"/api/v1/units/{unit}/sessions/mine";
        await MakeSure(member, path, ct);

        var wrk = new Wrk(path, member.Token);
        string[] proxies = [Gateway, BareYarp, Nginx];
        foreach (var proxy in proxies)
            await wrk.Run(proxy, effort.WarmUp, ct);

        var loads = proxies.ToDictionary(proxy => proxy, _ => new List<Load>());
        for (var round = 0; round < effort.Rounds; round++)
        {
            progress.Say($"gateway, bare YARP and nginx: round {round + 1} of {effort.Rounds}");
            for (var turn = 0; turn < proxies.Length; turn++)
            {
                var proxy = proxies[(round + turn) % proxies.Length];
                loads[proxy].Add(await wrk.Run(proxy, effort.Round, ct));
            }
        }

        Figure Rate(string proxy) => Figure.MedianOf([.. loads[proxy].Select(load => load.RequestsPerSecond)]);
        Figure P99(string proxy) => Figure.MedianOf([.. loads[proxy].Select(load => load.P99Milliseconds)]);
        Figure Ratio(string proxy, string to) => Figure.MedianOf([.. loads[proxy].Zip(loads[to], (one, other) => one.RequestsPerSecond / other.RequestsPerSecond)]);

        table.Add("gateway with sign-on and limits", "1/s", Rate(Gateway));
        table.Add("bare YARP", "1/s", Rate(BareYarp));
        table.Add("nginx", "1/s", Rate(Nginx));
        table.Add("gateway / bare YARP", "", Ratio(Gateway, BareYarp), Aim.AtLeast(0.8));
        table.Add("gateway / nginx", "", Ratio(Gateway, Nginx));
        table.Add("bare YARP / nginx", "", Ratio(BareYarp, Nginx));
        table.Add("gateway, p99 at that load", "ms", P99(Gateway));
        table.Add("bare YARP, p99 at that load", "ms", P99(BareYarp));
        table.Add("nginx, p99 at that load", "ms", P99(Nginx));
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(_children.Select(child => child.DisposeAsync().AsTask()));

    private async Task StartAll(OwnPlatform platform, CancellationToken ct)
    {
        Start("upstream", Benches.Nginx.Upstream(_tools, _tools.Port("upstream")), () => Probe.Health(new Uri(Upstream)));
        Start("nginx", Benches.Nginx.Proxy(_tools, _tools.Port("nginx"), _tools.Port("upstream")), () => Probe.Health(new Uri(Nginx)));
        Start("bare-yarp", new Launch("dotnet", [Path.Combine(AppContext.BaseDirectory, "Benches.dll"), "bare-yarp", BareYarp, Upstream]), () => Probe.Health(new Uri(BareYarp)));
        Start("gateway", platform.Gateway(new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = Gateway,
            ["services__scheduling__http__0"] = Upstream,
            ["Limits__PersonPerMinute"] = $"{MostPerMinuteOfPerson}",
            ["Limits__UnitPerMinute"] = $"{MostPerMinuteOfUnit}",
        }), () => Probe.Health(new Uri($"{Gateway}/alive")));
        foreach (var child in _children)
            await child.UntilReady(Patience, ct);
    }

    private void Start(string name, Launch launch, Func<Task<bool>> isReady)
    {
        var child = new Child(name, _tools, () => launch, isReady, echo: false);
        _children.Add(child);
        child.Start();
    }

    /// <summary>That the gateway asks who is there and counts, and that what it passes on comes from the upstream.</summary>
    private async Task MakeSure(Person member, string path, CancellationToken ct)
    {
        using var http = new HttpClient();
        using var stranger = await http.GetAsync(new Uri(Gateway + path), ct);
        if (stranger.StatusCode != HttpStatusCode.Unauthorized)
            throw new BenchFailed($"The gateway answers a stranger with {(int)stranger.StatusCode}.");
        using var passed = await member.Get(path, ct);
        var (answer, direct) = (await passed.Content.ReadAsStringAsync(ct), await http.GetStringAsync(new Uri(Upstream + path), ct));
        if (answer != direct)
            throw new BenchFailed($"The gateway answers a member with {(int)passed.StatusCode} {answer}, the upstream with {direct}.");
        if (!passed.Headers.TryGetValues("RateLimit-Limit", out var limits) || limits.Single() != $"{MostPerMinuteOfPerson}")
            throw new BenchFailed("The gateway does not count requests.");
    }

    private string Address(string name) => $"http://127.0.0.1:{_tools.Port(name)}";
}
