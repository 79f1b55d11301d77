namespace Mentoring.Host.Servers;

/// <summary>PostgreSQL, loopback only, passwords for everyone, the data kept from run to run.</summary>
internal sealed class PostgreSql(LocalState state, bool throwaway)
{
    public const string Name = "postgres";

    private readonly string _data = DataFolder(state);

    public int Port => state.Port(Name);

    public string ConnectionString => $"Host=127.0.0.1;Port={Port};Username=postgres;Password={state.Secret(Name)}";

    public Task<bool> IsReady() => Probe.Postgres(Port);

    /// <summary>The newest one Debian's packages have put here.</summary>
    private static string Programs { get; } = Directory.EnumerateDirectories("/usr/lib/postgresql")
        .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
        .Select(folder => Path.Combine(folder, "bin"))
        .First(bin => File.Exists(Path.Combine(bin, "postgres")));

    public async Task Prepare(CancellationToken ct)
    {
        if (File.Exists(Path.Combine(_data, "PG_VERSION")))
            return;
        Directory.CreateDirectory(_data);
        var password = Path.Combine(_data + ".password");
        await File.WriteAllTextAsync(password, state.Secret(Name), ct);
        if (Native.IsRoot)
            await Must(new Launch("chown", ["postgres:postgres", _data, password]), ct);
        await Must(new Launch(Path.Combine(Programs, "initdb"),
            ["--pgdata", _data, "--username=postgres", $"--pwfile={password}", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"])
        { AsPostgres = true, Folder = _data }, ct);
        File.Delete(password);
    }

    public Launch Launch() => new(Path.Combine(Programs, "postgres"), ["-D", _data, .. Settings().SelectMany(setting => new[] { "-c", setting })])
    {
        AsPostgres = true,
        StopSignal = Native.Interrupt,
        Folder = _data,
    };

    public static void Wipe(LocalState state)
    {
        if (Directory.Exists(DataFolder(state)))
            Directory.Delete(DataFolder(state), recursive: true);
    }

    private IEnumerable<string> Settings()
    {
        yield return $"port={Port}";
        yield return "listen_addresses=127.0.0.1";
        yield return "unix_socket_directories=";
        yield return "max_connections=300";
        yield return "shared_buffers=128MB";
        // Spans and durations are for the telemetry; the log is for what went wrong.
        yield return "log_min_messages=warning";
        yield return "log_checkpoints=off";
        yield return "jit=off";
        if (!throwaway)
            yield break;
        // Databases of tests live for minutes: they survive the kill of a process, only not of the machine.
        yield return "max_wal_size=512MB";
        yield return "fsync=off";
        yield return "synchronous_commit=off";
        yield return "full_page_writes=off";
    }

    /// <summary>In the checkout, or, where the user postgres may not pass through the folders above it, in a temporary folder named after it.</summary>
    private static string DataFolder(LocalState state)
    {
        var folder = state.In(Name);
        if (!Native.IsRoot)
            return folder;
        for (var above = Directory.GetParent(folder); above is not null; above = above.Parent)
        {
            if (!above.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
                return Path.Combine(Path.GetTempPath(), "mentoring" + state.Folder.Replace('/', '-'));
        }
        return folder;
    }

    private static async Task Must(Launch tool, CancellationToken ct)
    {
        var (exit, output) = await tool.Run(ct);
        if (exit != 0)
            throw new InvalidOperationException($"{tool.Program} failed: {output}");
    }
}
