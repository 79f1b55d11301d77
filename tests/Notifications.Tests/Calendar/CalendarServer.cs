using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Mentoring.Testing;

namespace Mentoring.Notifications.Tests.Calendar;

/// <summary>Radicale, a CalDAV server that others wrote, with a storage of its own and one calendar of Ada's.</summary>
public sealed class CalendarServer : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _folder = Directory.CreateTempSubdirectory("radicale-").FullName;
    private Process? _process;

    /// <summary>Calls as Ada; addresses are those of her calendar.</summary>
    /// <remarks>A connection for each: the server ends every one after its answer, and one that waits in a pool may be gone when it is wanted.</remarks>
    public HttpClient Client { get; } = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero });

    public async ValueTask InitializeAsync()
    {
        int port;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            port = ((IPEndPoint)free.LocalEndpoint).Port;
        }
        // Debian's packages belong to Debian's Python. Its configuration is left aside, and it ends with us whatever happens.
        _process = Process.Start(new ProcessStartInfo("setpriv",
        [
            "--pdeathsig", "KILL", "--", "/usr/bin/python3", "-m", "radicale", "--config", "", "--hosts", $"127.0.0.1:{port}", "--auth-type", "none",
            "--storage-filesystem-folder", _folder,
        ]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        Client.BaseAddress = new Uri($"http://127.0.0.1:{port}/ada/calendar/");
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("ada:any"u8));
        Client.DefaultRequestHeaders.ConnectionClose = true;
        await Eventually.Holds(async () =>
        {
            using var made = await Client.SendAsync(new HttpRequestMessage(new HttpMethod("MKCALENDAR"), ""));
            Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        }, Patience);
    }

    /// <summary>The addresses of what the server itself finds within a time.</summary>
    public async Task<string> Find(string from, string to)
    {
        using var request = new HttpRequestMessage(new HttpMethod("REPORT"), "")
        {
            Content = new StringContent($"""
                <C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
                  <D:prop><D:getetag/></D:prop>
                  <C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"><C:time-range start="{from}" end="{to}"/></C:comp-filter></C:comp-filter></C:filter>
                </C:calendar-query>
                """, Encoding.UTF8, "application/xml"),
        };
        request.Headers.Add("Depth", "1");
        using var answer = await Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.MultiStatus, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_process is not null)
        {
            if (!_process.HasExited)
                _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
        Directory.Delete(_folder, recursive: true);
    }
}
