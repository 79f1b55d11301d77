namespace Mentoring.Host.Servers;

/// <summary>Redis holds limits, a cache and wake-up calls: nothing of it is written to disk.</summary>
internal sealed class Redis(LocalState state)
{
    public const string Name = "redis";

    public int Port => state.Port(Name);

    public string ConnectionString => $"127.0.0.1:{Port},password={state.Secret(Name)}";

    public Task<bool> IsReady() => Probe.Redis(Port, state.Secret(Name));

    public Launch Launch()
    {
        // In a file and not on the command line, where every user of the machine could read the password.
        state.WriteText("redis.conf", $"""
            bind 127.0.0.1
            port {Port}
            requirepass {state.Secret(Name)}
            save ""
            appendonly no
            maxmemory 128mb
            dir {state.MakeFolder(Name)}

            """);
        return new Launch("redis-server", [state.In("redis.conf")]);
    }
}
