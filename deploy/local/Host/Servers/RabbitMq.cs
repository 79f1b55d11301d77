using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Mentoring.Host.Servers;

/// <summary>
/// RabbitMQ on loopback, with its own Erlang port mapper and cookie, so that several checkouts can run side by side. Users and what they
/// may touch come from a definitions file read at every start, which takes milliseconds where the command line takes seconds a call. Besides the virtual
/// host in which the platform's services meet there may be others, apart from it and from one another.
/// </summary>
internal sealed class RabbitMq(LocalState state, IReadOnlyList<BrokerUser> users, IReadOnlyList<string>? apart = null)
{
    public const string Name = "messaging";
    public const string PortMapper = "epmd";

    /// <summary>May everything; tests use it, services do not.</summary>
    private const string Administrator = "guest";

    private const string WholePlatform = "/";

    public int Port => state.Port(Name);

    public string ConnectionString => AddressFor(Administrator);

    public string AddressFor(string user) => $"amqp://{user}:{state.Secret($"{Name}:{user}")}@127.0.0.1:{Port}";

    public Task<bool> IsReady() => Probe.RabbitMq(Port);

    /// <summary>Its own port mapper, started first: the broker would start one that outlives it and that listens on every interface.</summary>
    public Launch LaunchPortMapper() => new(PortMapper, ["-port", $"{state.Port(PortMapper)}", "-address", "127.0.0.1"]);

    public Task<bool> IsPortMapperReady() => Probe.Listens(state.Port(PortMapper));

    public Launch Launch()
    {
        state.WriteText("rabbitmq-definitions.json", Definitions());
        state.WriteText("rabbitmq.conf", $"""
            listeners.tcp.1 = 127.0.0.1:{Port}
            load_definitions = {state.In("rabbitmq-definitions.json")}
            vm_memory_high_watermark.absolute = 512MB
            disk_free_limit.absolute = 100MB
            raft.wal_max_size_bytes = 33554432
            log.console.level = warning

            """);
        state.WriteText("rabbitmq-plugins", "[].\n");
        // RUNNING_UNDER_SYSTEMD makes the script replace itself with the broker: the pid is the broker's and not a shell's.
        return new Launch(Tool("rabbitmq-server"), []) { Variables = new Dictionary<string, string>(Environment) { ["RUNNING_UNDER_SYSTEMD"] = "1" } };
    }

    /// <summary><c>rabbitmqctl</c> for this broker, as a program that needs no environment.</summary>
    public string WriteControl()
    {
        var variables = Environment.Select(variable => $"export {variable.Key}='{variable.Value}'");
        state.WriteText("rabbitmqctl", $"""
            #!/bin/sh
            {string.Join('\n', variables)}
            exec {Tool("rabbitmqctl")} "$@"

            """);
        File.SetUnixFileMode(state.In("rabbitmqctl"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return state.In("rabbitmqctl");
    }

    private Dictionary<string, string> Environment => new()
    {
        ["HOME"] = state.MakeFolder("rabbitmq"),
        ["RABBITMQ_NODENAME"] = $"mentoring{state.Port("erlang")}@localhost",
        ["RABBITMQ_MNESIA_BASE"] = state.MakeFolder("rabbitmq", "data"),
        ["RABBITMQ_LOG_BASE"] = state.MakeFolder("rabbitmq", "log"),
        ["RABBITMQ_CONFIG_FILE"] = state.In("rabbitmq.conf"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = state.In("rabbitmq-plugins"),
        ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
        ["RABBITMQ_LOGS"] = "-",
        ["RABBITMQ_DIST_PORT"] = $"{state.Port("erlang")}",
        ["ERL_EPMD_PORT"] = $"{state.Port(PortMapper)}",
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        // No busy waiting: the cores belong to the services.
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none",
    };

    private IEnumerable<string> VirtualHosts => [WholePlatform, .. apart ?? []];

    /// <summary>The package's own script below /usr/lib: the one on the path insists on the user rabbitmq.</summary>
    private static string Tool(string name) => Directory.EnumerateDirectories("/usr/lib/rabbitmq/lib")
        .Select(folder => Path.Combine(folder, "sbin", name))
        .OrderDescending()
        .First(File.Exists);

    private string Definitions() => JsonSerializer.Serialize(new
    {
        vhosts = VirtualHosts.Select(name => new { name }),
        users = users.Select(user => user.Name).Append(Administrator).Select(name => new
        {
            name,
            password_hash = Hash(state.Secret($"{Name}:{name}")),
            hashing_algorithm = "rabbit_password_hashing_sha256",
            tags = name == Administrator ? "administrator" : "",
        }),
        permissions = users.Select(user => (User: user, At: WholePlatform))
            .Concat(VirtualHosts.Select(name => (User: new BrokerUser(Administrator, ".*", ".*", ".*"), At: name)))
            .Select(may => new { user = may.User.Name, vhost = may.At, configure = may.User.Configure, write = may.User.Write, read = may.User.Read }),
    });

    /// <summary>RabbitMQ's form of a password: base64 of a salt of four bytes and SHA-256 over salt and password.</summary>
    private static string Hash(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(4);
        return Convert.ToBase64String([.. salt, .. SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(password)])]);
    }
}

/// <summary>A user of the broker, and by regular expression what it may declare, publish to and read from.</summary>
internal sealed record BrokerUser(string Name, string Configure, string Write, string Read);
