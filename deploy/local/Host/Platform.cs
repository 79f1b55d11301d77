using Mentoring.Host.Servers;

namespace Mentoring.Host;

/// <summary>The whole platform on this machine: servers, sign-on, mail, migrations, services, and the demonstration's data.</summary>
internal sealed class Platform(LocalState state, UpOptions options)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Progress _progress = new();
    private readonly List<Child> _children = [];
    private readonly Programs _programs = new(state);

    public async Task<int> Run(CancellationToken stop)
    {
        if (options.Fresh)
            Wipe();
        state.ForgetTakenPorts();
        foreach (var service in Topology.Services)
            _programs.Refresh(service.Project);
        await using var servers = new ServerGroup(state, _progress, throwaway: false, options.Logs, Topology.BrokerUsers);
        try
        {
            var environments = new Environments(state, servers.PostgreSql, servers.RabbitMq, servers.Redis, options.Otlp);
            // Services retry until the broker is there, so they need not wait for it: it takes longest.
            await AllOrFirstFailure(stop, servers.StartBroker, servers.StartRedis, ct => StartNodes(environments, ct), ct => StartServices(servers, environments, ct));
            Announce(servers, environments);
            if (options.Demo)
                await LoadDemo(stop);
            Daemon.SayReady(state);
            _progress.Say(options.Detached ? "ready; deploy/local/down stops it" : "ready; Ctrl-C stops it");
            await Daemon.Until(stop);
            return 0;
        }
        finally
        {
            if (stop.IsCancellationRequested)
                _progress.Say("stopping");
            // The gateway first, so that nobody asks services that are going.
            if (_children.Find(child => child.Name == Topology.Gateway) is { } gateway)
                await gateway.DisposeAsync();
            await Task.WhenAll(_children.Where(child => child.Name != Topology.Gateway).Select(child => child.DisposeAsync().AsTask()));
        }
    }

    /// <summary>What fails is told at once, and not when the last of the others has lost its patience.</summary>
    private static async Task AllOrFirstFailure(CancellationToken stop, params Func<CancellationToken, Task>[] starts)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var running = Array.ConvertAll(starts, start => start(giveUp.Token));
        await foreach (var ended in Task.WhenEach(running))
        {
            if (ended.IsCompletedSuccessfully)
                continue;
            await giveUp.CancelAsync();
            await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
            await ended;
        }
    }

    private async Task StartNodes(Environments environments, CancellationToken stop)
    {
        var started = Topology.Nodes.Select(node => Start(node.Name, () => new Launch("node", [Path.Combine("deploy", "local", node.Name, "server.js")])
        {
            Variables = environments.OfNode(node),
        })).ToArray();
        foreach (var child in started)
            await _progress.Ready(child, Patience, stop);
    }

    private async Task StartServices(ServerGroup servers, Environments environments, CancellationToken stop)
    {
        await servers.StartDatabase(stop);
        await new Migrations(state, _programs, environments, _progress).Run(stop);
        var started = Topology.Services.Select(service => Start(service.Name, () => _programs.Launch(service.Project) with { Variables = environments.OfService(service) })).ToArray();
        await AllOrFirstFailure(stop, [.. started.Select(child => (Func<CancellationToken, Task>)(ct => _progress.Ready(child, Patience, ct)))]);
    }

    private Child Start(string name, Func<Launch> launch)
    {
        var child = new Child(name, state, launch, () => Probe.Health(new Uri($"{Topology.AddressOf(state, name)}/health")), options.Logs);
        _children.Add(child);
        child.Start();
        return child;
    }

    private void Announce(ServerGroup servers, Environments environments)
    {
        var gateway = Topology.AddressOf(state, Topology.Gateway);
        var mail = Topology.AddressOf(state, Topology.Mail);
        state.Write("platform.json", new
        {
            gateway,
            issuer = Topology.AddressOf(state, Topology.Identity),
            mail,
            clockFile = environments.ClockFile,
            demoClient = "demo",
            demoSecret = state.Secret("demo"),
            @operator = "operator@mentoring.example",
            logs = state.In("logs"),
            pids = state.In("pids"),
            people = state.In("people.json"),
            postgres = servers.PostgreSql.ConnectionString,
            services = Topology.Services.ToDictionary(service => service.Name, service => Topology.AddressOf(state, service.Name)),
        });
        Console.WriteLine($"""

              the platform   {gateway}
              its API        {gateway}/docs
              sign-on        {Topology.AddressOf(state, Topology.Identity)}
              mail           {mail}
              logs           {state.In("logs")}

            """);
    }

    /// <summary>Once: what the demonstration made is kept with the rest of the data.</summary>
    private async Task LoadDemo(CancellationToken stop)
    {
        var loaded = state.In("demo.loaded");
        if (!File.Exists(loaded))
        {
            _progress.Say("loading the demonstration");
            if (await Demo.Run(state, [], stop) != 0)
            {
                _progress.Say("the demonstration did not load; the platform is up without it (deploy/local/demo tries again)");
                return;
            }
            await File.WriteAllTextAsync(loaded, "", stop);
        }
        foreach (var person in state.Read<DemoPerson[]>("people.json") ?? [])
            Console.WriteLine($"  {person.Email,-40} {person.Name,-28} {person.Role}");
        Console.WriteLine();
    }

    private void Wipe()
    {
        _progress.Say("forgetting all data");
        PostgreSql.Wipe(state);
        foreach (var folder in new[] { "rabbitmq", "redis", Topology.Mail, Topology.Identity, "passport-keys", "master-keys" }.Where(folder => Directory.Exists(state.In(folder))))
            Directory.Delete(state.In(folder), recursive: true);
        foreach (var file in new[] { "clock", "people.json", "demo.loaded", Migrations.StampFile })
            File.Delete(state.In(file));
    }

    private sealed record DemoPerson(string Email, string Name, string Role);
}

/// <summary>What <c>deploy/local/up</c> was asked for.</summary>
internal sealed record UpOptions(bool Detached, bool Demo, bool Fresh, bool Logs, string? Otlp);
