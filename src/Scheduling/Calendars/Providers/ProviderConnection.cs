using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;

namespace Mentoring.Scheduling.Calendars.Providers;

/// <summary>
/// Requests to one provider, with a token that is asked for anew once where it is no longer taken (RFC 6750, 3.1), within bounds of time and size.
/// </summary>
/// <remarks>
/// Its client has no spans: addresses of people stand in the paths. The operator has named the servers, so they are connected to as they are, by the
/// operator's proxy where there is one; only redirects are not followed, as a token would go with them.
/// </remarks>
internal sealed class ProviderConnection(Func<string, CancellationToken, Task<HttpRequestMessage>> tokenRequest) : IDisposable
{
    /// <summary>All that is asked about somebody's busy times.</summary>
    public static readonly TimeSpan LongestReading = TimeSpan.FromSeconds(40);

    /// <summary>All that one change of an entry takes.</summary>
    public static readonly TimeSpan LongestChange = TimeSpan.FromSeconds(20);

    private const int MostBytes = 4 * 1024 * 1024;
    private const int MostTokens = 10_000;

    /// <summary>A request, its token included; several requests take as long as <see cref="Try"/> lets them.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(10);

    /// <summary>So that a token does not end on its way.</summary>
    private static readonly TimeSpan s_early = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Token> _tokens = new(StringComparer.OrdinalIgnoreCase);
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        MaxResponseDrainSize = 0,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        ActivityHeadersPropagator = null,
    });

    private sealed record Token(string Value, long Since, TimeSpan Lasts)
    {
        public bool IsOver => TimeProvider.System.GetElapsedTime(Since) >= Lasts;
    }

    /// <summary>Does something that takes several requests; what stops it is a value.</summary>
    public static async Task<ProviderRefusal?> Try(TimeSpan longest, Func<CancellationToken, Task> work, CancellationToken ct)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limited.CancelAfter(longest);
        try
        {
            await work(limited.Token);
            return null;
        }
        catch (RefusedException e)
        {
            return e.Refusal;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new ProviderRefusal(ReadingProblem.TooSlow);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException)
        {
            return new ProviderRefusal(Why(e));
        }
        // Not what the documentation says it looks like.
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return new ProviderRefusal(ReadingProblem.Unreadable);
        }
    }

    /// <param name="subject">In whose name; each has a token of their own.</param>
    /// <param name="request">Made for each attempt.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<ProviderAnswer> Send(string subject, Func<HttpRequestMessage> request, CancellationToken ct)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limited.CancelAfter(s_longest);
        for (var isSecond = false; ; isSecond = true)
        {
            var token = await TokenOf(subject, limited.Token);
            using var message = request();
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
            var answer = await Exchange(message, limited.Token);
            if (answer.Status is not HttpStatusCode.Unauthorized || isSecond)
                return answer;
            _tokens.TryRemove(new KeyValuePair<string, Token>(subject, token));
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<Token> TokenOf(string subject, CancellationToken ct)
    {
        if (_tokens.TryGetValue(subject, out var known) && !known.IsOver)
            return known;
        using var message = await TokenRequest(subject, ct);
        var since = TimeProvider.System.GetTimestamp();
        var answer = await Exchange(message, ct);
        if (answer.Status is not HttpStatusCode.OK)
            throw new RefusedException(WhyNoToken(answer));
        var lasts = TimeSpan.FromSeconds(answer.Body.GetProperty("expires_in").GetInt32()) - s_early;
        var token = new Token(answer.Body.GetProperty("access_token").GetString() ?? throw new FormatException("A token is null."), since, lasts);
        if (_tokens.Count >= MostTokens)
            _tokens.Clear();
        return _tokens[subject] = token;
    }

    private async Task<HttpRequestMessage> TokenRequest(string subject, CancellationToken ct)
    {
        try
        {
            return await tokenRequest(subject, ct);
        }
        // The credential was there at the start, and is being replaced, or gone.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new RefusedException(new ProviderRefusal(ReadingProblem.AccessRefused));
        }
    }

    /// <summary>OAuth 2.0 (RFC 6749, 5.2); that a person is not known is said by Google in words alone.</summary>
    private static ProviderRefusal WhyNoToken(ProviderAnswer answer) => answer.Status switch
    {
        HttpStatusCode.BadRequest when answer.Text("error_description")?.Contains("Invalid email or User ID", StringComparison.OrdinalIgnoreCase) == true => new(ReadingProblem.NoCalendar),
        HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new(ReadingProblem.AccessRefused),
        HttpStatusCode.NotFound => new(ReadingProblem.UnexpectedAnswer),
        _ => answer.ToRefusal(),
    };

    private async Task<ProviderAnswer> Exchange(HttpRequestMessage message, CancellationToken ct)
    {
        using var answer = await _http.SendAsync(message, ct);
        await answer.Content.LoadIntoBufferAsync(MostBytes, ct);
        var bytes = await answer.Content.ReadAsByteArrayAsync(ct);
        return new ProviderAnswer(answer.StatusCode, Read(bytes, answer.IsSuccessStatusCode), RetryAfter.Of(answer));
    }

    private static JsonElement Read(byte[] bytes, bool isNeeded)
    {
        if (bytes.Length == 0)
            return default;
        try
        {
            return JsonElement.Parse(bytes);
        }
        // An error may well be a page of something on the way.
        catch (JsonException) when (!isNeeded)
        {
            return default;
        }
    }

    private static ReadingProblem Why(Exception fault) => fault switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => ReadingProblem.NotTrusted,
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => ReadingProblem.Unreachable,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => ReadingProblem.HostUnknown,
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => ReadingProblem.TooLarge,
        _ => ReadingProblem.ServerFailed,
    };
}

/// <summary>What a provider answered.</summary>
/// <param name="Body">Undefined where there is none.</param>
/// <param name="After">How long it wants to be left alone, a day at most.</param>
internal sealed record ProviderAnswer(HttpStatusCode Status, JsonElement Body, TimeSpan? After)
{
    public bool IsDone => (int)Status is >= 200 and < 300;

    /// <summary>Null where it is missing, or no text.</summary>
    public string? Text(string name) =>
        Body.ValueKind is JsonValueKind.Object && Body.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    /// <summary>For what is not done, and means nothing of its own where it was asked for.</summary>
    public ProviderRefusal ToRefusal() => new(Status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ReadingProblem.AccessRefused,
        HttpStatusCode.NotFound => ReadingProblem.NoCalendar,
        HttpStatusCode.TooManyRequests => ReadingProblem.Throttled,
        HttpStatusCode.ServiceUnavailable when After is not null => ReadingProblem.Throttled,
        >= HttpStatusCode.InternalServerError => ReadingProblem.ServerFailed,
        _ => ReadingProblem.UnexpectedAnswer,
    }, After);
}

/// <summary>Leaves several requests at once; never leaves an adapter.</summary>
internal sealed class RefusedException(ProviderRefusal refusal) : Exception(refusal.Problem.ToString())
{
    public ProviderRefusal Refusal { get; } = refusal;
}
