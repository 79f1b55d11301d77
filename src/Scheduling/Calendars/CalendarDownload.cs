using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Mentoring.ICalendar;
using Microsoft.Extensions.Options;

namespace Mentoring.Scheduling.Calendars;

/// <summary>What came of asking a server for a calendar.</summary>
public abstract record Downloaded
{
    private Downloaded()
    {
    }

    /// <param name="Tag">The server's name for this version.</param>
    /// <param name="Changed">When the server says it last changed.</param>
    public sealed record Calendar(Agenda Agenda, string? Tag, DateTimeOffset? Changed) : Downloaded;

    /// <summary>What a provider says of an account.</summary>
    public sealed record Busy(IReadOnlyList<NodaTime.Interval> Times) : Downloaded;

    /// <summary>As it was when last read.</summary>
    public sealed record Unchanged : Downloaded;

    /// <param name="After">How long the server wants to be left alone; null where it did not say.</param>
    public sealed record Failed(ReadingProblem Problem, TimeSpan? After = null) : Downloaded;
}

/// <summary>
/// Asks a server that anybody may have named for a calendar: over a connection whose address was looked at when it was made, within bounds of
/// time and size, and without leaving the address anywhere.
/// </summary>
/// <remarks>
/// A name is looked up once for each connection, and what was looked up is what is connected to: a server of names that answers differently the next
/// moment gains nothing. Redirects are followed here, each as a request of its own. The client's own spans and instruments would carry the address or its
/// host to wherever telemetry goes, so it has none.
/// </remarks>
public sealed class CalendarDownload : IDisposable
{
    private const int MostRedirects = 3;
    private const int MostHeaders = 32;
    private const string Agent = "Mentoring-Calendars";

    private static readonly CalendarLimits s_limits = CalendarLimits.Default with { Bytes = 5 * 1024 * 1024 };
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(10);

    private readonly IPNetwork[] _allowed;
    private readonly HttpMessageInvoker _http;
    private readonly QuietMeters _meters = new();

    public CalendarDownload(IOptions<SchedulingOptions> options)
    {
        _allowed = [.. options.Value.CalendarNetworks];
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            MaxResponseHeadersLength = MostHeaders,
            MaxResponseDrainSize = 0,
            PooledConnectionLifetime = TimeSpan.FromSeconds(30),
            ConnectCallback = Connect,
            ActivityHeadersPropagator = null,
            MeterFactory = _meters,
        });
    }

    public async Task<Downloaded> Ask(CalendarAddress address, string? tag, DateTimeOffset? changed, CancellationToken ct)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limited.CancelAfter(s_longest);
        try
        {
            return await Follow(address, tag, changed, limited.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new Downloaded.Failed(ReadingProblem.TooSlow);
        }
        catch (CalendarException e)
        {
            return new Downloaded.Failed(ReadingProblems.Of(e));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException or SocketException)
        {
            return new Downloaded.Failed(Why(e));
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _meters.Dispose();
    }

    private async Task<Downloaded> Follow(CalendarAddress address, string? tag, DateTimeOffset? changed, CancellationToken ct)
    {
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address.Uri) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/calendar"));
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("*/*", 0.1));
            request.Headers.UserAgent.Add(new ProductInfoHeaderValue(Agent, "1"));
            if (tag is not null)
                request.Headers.TryAddWithoutValidation("If-None-Match", tag);
            request.Headers.IfModifiedSince = changed;
            using var answer = await _http.SendAsync(request, ct);
            switch (answer.StatusCode)
            {
                case HttpStatusCode.OK:
                    await using (var body = await answer.Content.ReadAsStreamAsync(ct))
                    {
                        var agenda = await Agenda.Read(body, s_limits, ct);
                        return new Downloaded.Calendar(agenda, answer.Headers.ETag?.ToString(), answer.Content.Headers.LastModified);
                    }
                case HttpStatusCode.NotModified when tag is not null || changed is not null:
                    return new Downloaded.Unchanged();
                case HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect:
                    if (address.Follow(answer.Headers.Location) is not { } next)
                        return new Downloaded.Failed(ReadingProblem.RedirectRefused);
                    address = next;
                    break;
                default:
                    return new Downloaded.Failed(Why(answer.StatusCode), RetryAfter.Of(answer));
            }
        }
        return new Downloaded.Failed(ReadingProblem.RedirectRefused);
    }

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var addresses = await LookUp(context.DnsEndPoint.Host, ct);
        var isEncrypted = context.InitialRequestMessage.RequestUri?.Scheme == Uri.UriSchemeHttps;
        var fit = addresses.Where(address => ReachableAddresses.MayReach(address, _allowed) && (isEncrypted || ReachableAddresses.IsIn(address, _allowed))).ToArray();
        if (fit.Length == 0)
            throw new NotConnectedException(ReadingProblem.AddressRefused);
        SocketException? last = null;
        foreach (var address in fit)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(address, context.DnsEndPoint.Port, ct);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException e)
            {
                socket.Dispose();
                last = e;
            }
            catch (OperationCanceledException)
            {
                socket.Dispose();
                throw;
            }
        }
        throw new NotConnectedException(ReadingProblem.Unreachable, last);
    }

    private static async Task<IPAddress[]> LookUp(string host, CancellationToken ct)
    {
        if (IPAddress.TryParse(host, out var literal))
            return [literal];
        try
        {
            return await Dns.GetHostAddressesAsync(host, ct);
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            throw new NotConnectedException(ReadingProblem.HostUnknown, e);
        }
    }

    private static ReadingProblem Why(Exception fault)
    {
        for (var e = fault; e is not null; e = e.InnerException)
        {
            if (e is NotConnectedException known)
                return known.Problem;
        }
        return fault switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => ReadingProblem.NotTrusted,
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => ReadingProblem.Unreachable,
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => ReadingProblem.HostUnknown,
            // Compressed, as it says, and is not.
            InvalidDataException => ReadingProblem.Unreadable,
            _ => ReadingProblem.ServerFailed,
        };
    }

    private static ReadingProblem Why(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ReadingProblem.AccessRefused,
        HttpStatusCode.NotFound => ReadingProblem.NotFound,
        HttpStatusCode.Gone => ReadingProblem.Gone,
        HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => ReadingProblem.ServerFailed,
        _ => ReadingProblem.UnexpectedAnswer,
    };

    private sealed class NotConnectedException(ReadingProblem problem, Exception? cause = null) : IOException(problem.ToString(), cause)
    {
        public ReadingProblem Problem { get; } = problem;
    }

    /// <summary>Meters that nobody listens to: the usual ones would count by host, and which hosts people keep their calendars with is theirs.</summary>
    private sealed class QuietMeters : IMeterFactory
    {
        private readonly Meter _meter = new("quiet");

        public Meter Create(MeterOptions options) => _meter;

        public void Dispose() => _meter.Dispose();
    }
}
