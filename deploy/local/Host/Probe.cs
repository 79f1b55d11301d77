using System.Net.Sockets;
using System.Text;

namespace Mentoring.Host;

/// <summary>Asks a part whether it is ready, in its own language and with an answer within two seconds.</summary>
internal static class Probe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly HttpClient Http = new() { Timeout = Patience };

    public static Task<bool> Redis(int port, string password) =>
        Ask(port, Encoding.ASCII.GetBytes($"AUTH {password}\r\nPING\r\n"), answer => answer.Contains("+PONG", StringComparison.Ordinal));

    /// <summary>The broker opens its listener last; the first frame it sends is Connection.Start.</summary>
    public static Task<bool> RabbitMq(int port) => Ask(port, [.. "AMQP"u8, 0, 0, 9, 1], answer => answer.Length > 0 && answer[0] == '\u0001');

    public static Task<bool> Listens(int port) => Ask(port, [], _ => true);

    public static Task<bool> Smtp(int port) => Ask(port, [], answer => answer.StartsWith("220", StringComparison.Ordinal));

    /// <summary>Asked for a session, it asks for a password (R) once it takes connections; while it recovers it refuses (E).</summary>
    public static Task<bool> Postgres(int port)
    {
        byte[] session = [0, 3, 0, 0, .. "user\0postgres\0database\0postgres\0\0"u8];
        return Ask(port, [0, 0, 0, (byte)(session.Length + sizeof(int)), .. session], answer => answer.StartsWith('R'));
    }

    public static async Task<bool> Health(Uri address)
    {
        try
        {
            using var answer = await Http.GetAsync(address);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private static async Task<bool> Ask(int port, byte[] question, Func<string, bool> isRight)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port, patience.Token);
            var stream = client.GetStream();
            await stream.WriteAsync(question, patience.Token);
            var buffer = new byte[256];
            var answer = "";
            while (!isRight(answer))
            {
                var read = await stream.ReadAsync(buffer, patience.Token);
                if (read == 0)
                    return false;
                answer += Encoding.Latin1.GetString(buffer, 0, read);
            }
            return true;
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
        {
            return false;
        }
    }
}
