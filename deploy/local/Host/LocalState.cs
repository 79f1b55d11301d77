using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Mentoring.Host;

/// <summary>
/// The folder that holds everything a platform on this machine leaves behind: data, logs, pids, and the ports and passwords that
/// were drawn once, so that addresses stay the same from one run to the next.
/// </summary>
internal sealed class LocalState
{
    /// <summary>Below the range the kernel hands to outgoing connections, so that a port remembered is a port free.</summary>
    private const int FirstPort = 20_000;
    private const int PortCount = 12_000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private static readonly Lazy<string> s_checkout = new(FindCheckout);

    private readonly Dictionary<string, int> _ports;
    private readonly Dictionary<string, string> _secrets;

    public LocalState(string folder)
    {
        Folder = Path.GetFullPath(folder);
        Directory.CreateDirectory(In("logs"));
        Directory.CreateDirectory(In("pids"));
        _ports = Read<Dictionary<string, int>>("ports.json") ?? [];
        _secrets = Read<Dictionary<string, string>>("secrets.json") ?? [];
    }

    /// <summary>Where Mentoring.sln is.</summary>
    public static string Checkout => s_checkout.Value;

    public string Folder { get; }

    public string In(params string[] path) => Path.Combine([Folder, .. path]);

    public string MakeFolder(params string[] path) => Directory.CreateDirectory(In(path)).FullName;

    /// <summary>The port of that name: the one of the last run, unless a stranger has taken it since.</summary>
    public int Port(string name)
    {
        if (_ports.TryGetValue(name, out var port))
            return port;
        var start = BitConverter.ToUInt16(SHA256.HashData(Encoding.UTF8.GetBytes(Folder))) % PortCount;
        for (var i = 0; i < PortCount; i++)
        {
            port = FirstPort + ((start + i) % PortCount);
            if (_ports.ContainsValue(port) || !IsFree(port))
                continue;
            _ports[name] = port;
            Write("ports.json", _ports);
            return port;
        }
        throw new InvalidOperationException("No free port is left.");
    }

    /// <summary>Before anything starts: a port that somebody else listens on now is drawn anew.</summary>
    public void ForgetTakenPorts()
    {
        foreach (var (name, port) in _ports.ToArray())
        {
            if (!IsFree(port))
            {
                Console.WriteLine($"port {port} of {name} is in use by another program: taking another one");
                _ports.Remove(name);
            }
        }
        Write("ports.json", _ports);
    }

    public string Secret(string name)
    {
        if (!_secrets.TryGetValue(name, out var secret))
        {
            _secrets[name] = secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            Write("secrets.json", _secrets);
        }
        return secret;
    }

    public T? Read<T>(string file) =>
        File.Exists(In(file)) ? JsonSerializer.Deserialize<T>(File.ReadAllText(In(file)), Json) : default;

    /// <summary>Whole or not at all, and for this user's eyes: most of these files carry passwords.</summary>
    public void Write<T>(string file, T content) => WriteText(file, JsonSerializer.Serialize(content, Json));

    public void WriteText(string file, string text)
    {
        var temporary = In($"{file}.{Environment.ProcessId}");
        File.WriteAllText(temporary, text);
        File.SetUnixFileMode(temporary, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Move(temporary, In(file), overwrite: true);
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port) { ExclusiveAddressUse = true };
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string FindCheckout()
    {
        var folder = Directory.GetCurrentDirectory();
        return File.Exists(Path.Combine(folder, "Mentoring.sln")) ? folder
            : throw new InvalidOperationException("The local host is started in the folder of Mentoring.sln, as the commands in deploy/local do.");
    }
}
