using Mentoring.Host;
using Mentoring.Host.Servers;

namespace Mentoring.Benches;

/// <summary>
/// A platform of the bench's own, beside the one a developer works with: started from nothing, empty, and gone with the bench. So the
/// figures do not depend on what somebody has in theirs, and nobody's data is written to.
/// </summary>
internal sealed class OwnPlatform : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);

    private readonly Child _host;
    private readonly Environments _environments;
    private readonly Programs _programs;

    private OwnPlatform(Child host, LocalState state, TimeSpan coldStart)
    {
        (_host, State, ColdStart) = (host, state, coldStart);
        (Postgres, Broker) = (new PostgreSql(state, throwaway: false), new RabbitMq(state, Topology.BrokerUsers));
        _environments = new Environments(state, Postgres, Broker, new Redis(state), otlp: null);
        _programs = new Programs(state);
    }

    public LocalState State { get; }

    public PostgreSql Postgres { get; }

    public RabbitMq Broker { get; }

    /// <summary>From the command to the last part's health: data folders made, databases migrated.</summary>
    public TimeSpan ColdStart { get; }

    /// <summary>Of the host and everything below it: servers, services, sign-on, mail. What processes share counts once.</summary>
    public double Memory => Native.MemoryOf(Daemon.RunningIn(State) ?? throw new BenchFailed("The platform is gone."), withChildren: true);

    public static async Task<OwnPlatform> Start(LocalState tools, string folder, CancellationToken ct)
    {
        Forget(folder);
        // What deploy/local/up runs, once it has found that nothing is to be built.
        var program = Path.Combine(LocalState.Checkout, "deploy", "local", "Host", "bin", "Release", "net10.0", "Host.dll");
        var launch = new Launch("dotnet", [program, "--state", folder, "up", "--fresh", "--no-demo"]) { StopsWithin = TimeSpan.FromSeconds(60) };
        var host = new Child("platform", tools, () => launch, () => Task.FromResult(Directory.Exists(folder) && Daemon.IsReady(new LocalState(folder))), echo: false);
        var started = TimeProvider.System.GetTimestamp();
        try
        {
            host.Start();
            await host.UntilReady(Patience, ct);
            return new OwnPlatform(host, new LocalState(folder), TimeProvider.System.GetElapsedTime(started));
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>All it has left behind, once it has stopped.</summary>
    public static void Forget(string folder)
    {
        if (!Directory.Exists(folder))
            return;
        PostgreSql.Wipe(new LocalState(folder));
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The gateway's program under the gateway's own variables, save for what is given here.</summary>
    public Launch Gateway(IReadOnlyDictionary<string, string> otherwise)
    {
        var gateway = Topology.Services.Single(service => service.Name == Topology.Gateway);
        var variables = new Dictionary<string, string>(_environments.OfService(gateway));
        foreach (var (name, value) in otherwise)
            variables[name] = value;
        return _programs.Launch(gateway.Project) with { Variables = variables };
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
