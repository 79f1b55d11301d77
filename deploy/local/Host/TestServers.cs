using Mentoring.Host.Servers;

namespace Mentoring.Host;

/// <summary>
/// PostgreSQL, RabbitMQ and Redis for the tests: apart from those of the platform, so that a test run and a running platform leave each
/// other alone. <c>.local/servers.json</c> says where they are; it is there exactly as long as they are.
/// </summary>
internal static class TestServers
{
    public static string File { get; } = Path.Combine(LocalState.Checkout, ".local", "servers.json");

    public static LocalState State() => new(Path.Combine(LocalState.Checkout, ".local", "tests"));

    public static async Task<int> Run(CancellationToken stop)
    {
        var state = State();
        state.ForgetTakenPorts();
        var progress = new Progress();
        await using var servers = new ServerGroup(state, progress, throwaway: true, echo: false, users: [],
            // What the tests of one service publish would keep those of another busy.
            apart: [.. Topology.Services.Select(service => service.Name)]);
        try
        {
            await Task.WhenAll(servers.StartBroker(stop), servers.StartDatabase(stop), servers.StartRedis(stop));
            new LocalState(Path.GetDirectoryName(File)!).Write(Path.GetFileName(File), new
            {
                postgres = servers.PostgreSql.ConnectionString,
                rabbitmq = servers.RabbitMq.ConnectionString,
                redis = servers.Redis.ConnectionString,
                rabbitmqctl = state.In("rabbitmqctl"),
            });
            Daemon.SayReady(state);
            await Daemon.Until(stop);
            return 0;
        }
        finally
        {
            System.IO.File.Delete(File);
        }
    }
}
