using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Mentoring.Host;

namespace Mentoring.Benches;

/// <summary>Somebody who has signed in, and asks the gateway.</summary>
internal sealed class Person : IDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient _http;

    private Person(string gateway, string token)
    {
        Token = token;
        _http = new HttpClient { BaseAddress = new Uri(gateway), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
    }

    public string Token { get; }

    public static async Task<Person> SignIn(LocalState platform, string gateway, string email, CancellationToken ct)
    {
        using var http = new HttpClient();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "urn:mentoring:person",
            ["client_id"] = "demo",
            ["client_secret"] = platform.Secret("demo"),
            ["email"] = email,
        });
        using var response = await http.PostAsync(new Uri($"{Topology.AddressOf(platform, Topology.Identity)}/token"), form, ct);
        var answer = await Read(response, ct);
        return new Person(gateway, answer["access_token"]!.GetValue<string>());
    }

    public async Task<JsonNode> Post(string path, object body, CancellationToken ct)
    {
        using var content = JsonContent.Create(body);
        using var response = await _http.PostAsync(new Uri(path, UriKind.Relative), content, ct);
        return await Read(response, ct);
    }

    public async Task<JsonNode> PostText(string path, string text, string mediaType, CancellationToken ct)
    {
        using var content = new StringContent(text, new MediaTypeHeaderValue(mediaType));
        using var response = await _http.PostAsync(new Uri(path, UriKind.Relative), content, ct);
        return await Read(response, ct);
    }

    /// <summary>Imports a file and waits until it is in.</summary>
    public async Task<JsonNode> Import(string path, string csv, CancellationToken ct)
    {
        var import = await PostText(path, csv, "text/csv", ct);
        while (true)
        {
            import = await Read($"{path}/{import["id"]!.GetValue<string>()}", ct);
            if (import["state"]!.GetValue<string>() is var state && state is not ("queued" or "running"))
                return state == "succeeded" ? import["result"]! : throw new BenchFailed($"The import failed: {import}");
            await Task.Delay(BetweenLooks, ct);
        }
    }

    public async Task<JsonNode> Read(string path, CancellationToken ct)
    {
        using var response = await Get(path, ct);
        return await Read(response, ct);
    }

    /// <summary>A refusal is an answer here.</summary>
    public async Task<(int Status, JsonNode Body)> Ask(HttpMethod method, string path, HttpContent content, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var response = await _http.SendAsync(request, ct);
        var text = await response.Content.ReadAsStringAsync(ct);
        return ((int)response.StatusCode, text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!);
    }

    public async Task Delete(string path, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, path) { Headers = { IfMatch = { EntityTagHeaderValue.Any } } };
        using var response = await _http.SendAsync(request, ct);
        await Read(response, ct);
    }

    public async Task<HttpResponseMessage> Get(string path, CancellationToken ct) => await _http.GetAsync(new Uri(path, UriKind.Relative), ct);

    public void Dispose() => _http.Dispose();

    private static async Task<JsonNode> Read(HttpResponseMessage response, CancellationToken ct)
    {
        var text = await response.Content.ReadAsStringAsync(ct);
        return !response.IsSuccessStatusCode ? throw new BenchFailed($"{response.RequestMessage?.RequestUri} answered {(int)response.StatusCode}: {text}")
            : text.Length == 0 ? new JsonObject()
            : JsonNode.Parse(text)!;
    }
}
