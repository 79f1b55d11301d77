using System.Globalization;
using Mentoring.Host.Servers;

namespace Mentoring.Host;

/// <summary>A line for each part: whether it runs, how much memory it takes, how it feels and where it is.</summary>
internal static class Status
{
    private const double Megabyte = 1024 * 1024;

    public static async Task<int> Print(LocalState state)
    {
        var host = Daemon.RunningIn(state);
        if (host is null)
        {
            Console.WriteLine("The platform does not run: deploy/local/up starts it.");
            return 1;
        }

        Console.WriteLine($"{"part",-15}{"pid",8}{"memory",12}  {"health",-11}address");
        var healthy = true;
        var total = Row(null, "host", host, "");
        foreach (var (name, isHealthy, address) in Parts(state))
        {
            var pid = PidOf(state, name);
            var health = pid is not null && await isHealthy();
            healthy &= health;
            total += Row(health, name, pid, address);
        }
        Console.WriteLine($"{"",-15}{"",8}{total / Megabyte,9:0} MB");
        return healthy ? 0 : 1;
    }

    public static int? PidOf(LocalState state, string name)
    {
        var file = state.In("pids", $"{name}.pid");
        return File.Exists(file) && int.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var pid) && Native.IsAlive(pid) ? pid : null;
    }

    public static IEnumerable<(string Name, Func<Task<bool>> IsHealthy, string Address)> Parts(LocalState state)
    {
        int Port(string name) => state.Port(name);
        yield return (PostgreSql.Name, () => Probe.Postgres(Port(PostgreSql.Name)), $"127.0.0.1:{Port(PostgreSql.Name)}");
        yield return (RabbitMq.Name, () => Probe.RabbitMq(Port(RabbitMq.Name)), $"127.0.0.1:{Port(RabbitMq.Name)}");
        yield return (Redis.Name, () => Probe.Redis(Port(Redis.Name), state.Secret(Redis.Name)), $"127.0.0.1:{Port(Redis.Name)}");
        foreach (var part in Topology.Nodes.Concat(Topology.Services))
        {
            var address = Topology.AddressOf(state, part.Name);
            yield return (part.Name, () => Probe.Health(new Uri($"{address}/health")), address);
        }
    }

    private static long Row(bool? health, string name, int? pid, string address)
    {
        var memory = pid is { } id ? Native.MemoryOf(id, withChildren: name != "host") : 0;
        var words = (pid, health) switch { (null, _) => "down", (_, null) => "", (_, true) => "healthy", (_, false) => "unhealthy" };
        Console.WriteLine($"{name,-15}{pid,8}{memory / Megabyte,9:0} MB  {words,-11}{address}");
        return memory;
    }
}
