using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Mentoring.Demonstration;

/// <summary>The gateway's answer: the status, the body where it is JSON, and where to look next.</summary>
public sealed record Answer(HttpStatusCode Status, JsonNode? Body, string Text, Uri? Location, string? ETag)
{
    public string? Code => (Body as JsonObject)?["code"]?.GetValue<string>();

    public JsonNode this[string field] => Body?[field] ?? throw new JourneyException($"The answer has no '{field}': {Text}");

    public JsonArray Items => this["items"].AsArray();

    public override string ToString() => $"{(int)Status} {(Text.Length > 600 ? Text[..600] + "…" : Text)}";
}

/// <summary>A step did not go as it should.</summary>
public sealed class JourneyException(string message) : Exception(message);

/// <summary>Signs people in at the provider and speaks for them to the gateway. Waits where the gateway asks to.</summary>
public sealed class Api(Platform platform) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 16 }) { Timeout = TimeSpan.FromSeconds(60) };
    private readonly DateTimeOffset _began = TimeProvider.System.GetUtcNow();
    private readonly ConcurrentDictionary<string, Task<string>> _tokens = new(StringComparer.OrdinalIgnoreCase);

    public Platform Platform => platform;

    public Person As(string email) => new(this, email);

    /// <summary>A program of the enterprise, by the token it was given.</summary>
    public Person Bearing(string token, string name)
    {
        _tokens[name] = Task.FromResult(token);
        return new(this, name);
    }

    /// <summary>What has come to an address since this began: an earlier run's people have the same.</summary>
    public async Task<JsonArray> Mails(string to)
    {
        var answer = await _http.GetFromJsonAsync<JsonObject>($"{platform.Mail}/messages?limit=1000&to={Uri.EscapeDataString(to)}");
        return new JsonArray([.. answer!["items"]!.AsArray().Where(mail => mail!["receivedAt"]!.GetValue<DateTimeOffset>() >= _began).Select(mail => mail!.DeepClone())]);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>One who has signed in.</summary>
    public sealed class Person(Api api, string email)
    {
        public string Email => email;

        public Task<Answer> Get(string path) => Send(HttpMethod.Get, path);

        public Task<Answer> Post(string path, object? body = null, string? ifMatch = null, string? traceParent = null) =>
            Send(HttpMethod.Post, path, body is null ? null : () => JsonContent.Create(body), ifMatch, traceParent);

        public Task<Answer> Put(string path, object body, string? ifMatch = null) => Send(HttpMethod.Put, path, () => JsonContent.Create(body), ifMatch);

        public Task<Answer> Patch(string path, object body) => Send(HttpMethod.Patch, path, () => JsonContent.Create(body));

        public Task<Answer> Delete(string path, string? ifMatch = null) => Send(HttpMethod.Delete, path, ifMatch: ifMatch);

        public Task<Answer> PostText(string path, string text, string mediaType) =>
            Send(HttpMethod.Post, path, () => new StringContent(text, Encoding.UTF8, mediaType));

        /// <summary>Every item of a list, page by page.</summary>
        public async Task<List<JsonNode>> All(string path)
        {
            var items = new List<JsonNode>();
            string? after = null;
            do
            {
                var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
                var page = (await Get($"{path}{separator}limit=200{(after is null ? "" : "&after=" + Uri.EscapeDataString(after))}")).Ok();
                items.AddRange(page.Items.Select(item => item!));
                after = page.Body!["next"]?.GetValue<string>();
            }
            while (after is not null);
            return items;
        }

        private async Task<Answer> Send(HttpMethod method, string path, Func<HttpContent>? content = null, string? ifMatch = null, string? traceParent = null)
        {
            // The same key on every attempt: a repeat after a broken connection must not do it twice.
            var key = Guid.CreateVersion7().ToString();
            var started = TimeProvider.System.GetTimestamp();
            while (true)
            {
                using var request = new HttpRequestMessage(method, $"{api.Platform.Gateway}{path}") { Content = content?.Invoke() };
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await api.Token(email));
                if (method == HttpMethod.Post && request.Content?.Headers.ContentType?.MediaType != "text/csv")
                    request.Headers.Add("Idempotency-Key", key);
                if (ifMatch is not null)
                    request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
                if (traceParent is not null)
                    request.Headers.Add("traceparent", traceParent);
                try
                {
                    using var response = await api._http.SendAsync(request);
                    if (response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout
                        && TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(90))
                    {
                        await Task.Delay(response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1));
                        continue;
                    }
                    var text = await response.Content.ReadAsStringAsync();
                    var json = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true && text.Length > 0 ? JsonNode.Parse(text) : null;
                    return new Answer(response.StatusCode, json, text, response.Headers.Location, response.Headers.ETag?.ToString());
                }
                catch (HttpRequestException) when (TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(90))
                {
                    await Task.Delay(TimeSpan.FromSeconds(1));
                }
            }
        }
    }

    private Task<string> Token(string email) => _tokens.GetOrAdd(email, SignIn);

    private async Task<string> SignIn(string email)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "urn:mentoring:person",
            ["client_id"] = platform.DemoClient,
            ["client_secret"] = platform.DemoSecret,
            ["email"] = email,
        });
        using var response = await _http.PostAsync(new Uri($"{platform.Issuer}/token"), form);
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
            throw new JourneyException($"{email} cannot sign in: {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!["access_token"]!.GetValue<string>();
    }
}

/// <summary>What a step expects of an answer.</summary>
public static class Expectations
{
    public static Answer Ok(this Answer answer, HttpStatusCode? status = null) =>
        status is { } exactly ? (answer.Status == exactly ? answer : throw new JourneyException($"Expected {(int)exactly}, got {answer}"))
        : (int)answer.Status is >= 200 and < 300 ? answer
        : throw new JourneyException($"Refused: {answer}");

    public static async Task<Answer> Ok(this Task<Answer> answer, HttpStatusCode? status = null) => (await answer).Ok(status);

    /// <summary>The refusal with this code, and no other answer.</summary>
    public static async Task<Answer> Refused(this Task<Answer> asked, int status, string code)
    {
        var answer = await asked;
        return (int)answer.Status == status && answer.Code == code ? answer : throw new JourneyException($"Expected {status} {code}, got {answer}");
    }

    /// <summary>Asks again until the answer is there; what happens in other services takes its moment.</summary>
    public static Task<T> Eventually<T>(Func<Task<T?>> ask, string what, double seconds = 60)
        where T : class => Eventually(ask, () => what, seconds);

    /// <inheritdoc cref="Eventually{T}(Func{Task{T}}, string, double)"/>
    public static async Task<T> Eventually<T>(Func<Task<T?>> ask, Func<string> what, double seconds = 60)
        where T : class
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            if (await ask() is { } answer)
                return answer;
            if (Stopwatch.GetElapsedTime(started).TotalSeconds > seconds)
                throw new JourneyException($"Not within {seconds} s: {what()}");
            await Task.Delay(200);
        }
    }

    public static void That(bool holds, string otherwise)
    {
        if (!holds)
            throw new JourneyException(otherwise);
    }

    public static string Text(this JsonNode node, string field) => node[field]?.GetValue<string>() ?? throw new JourneyException($"'{field}' is missing in {node.ToJsonString()}");
}
