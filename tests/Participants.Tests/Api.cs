using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Mentoring.Participants.Tests;

/// <summary>Answers as the wire has them.</summary>
internal static class Api
{
    public static Task<HttpResponseMessage> PostYaml(this HttpClient client, Uri at, string yaml) =>
        client.PostAsync(at, new StringContent(yaml, Encoding.UTF8, "application/yaml"));

    /// <summary>The body, after the expected status.</summary>
    public static async Task<JsonElement> Gives(this Task<HttpResponseMessage> call, HttpStatusCode status)
    {
        using var response = await call;
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(status == response.StatusCode, $"{(int)response.StatusCode} instead of {(int)status}: {body}");
        return body.Length == 0 ? default : JsonDocument.Parse(body).RootElement;
    }

    /// <summary>The problem, after the expected status and code.</summary>
    public static async Task<JsonElement> IsRefused(this Task<HttpResponseMessage> call, int status, string code)
    {
        var problem = await call.Gives((HttpStatusCode)status);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        return problem;
    }

    public static Task<JsonElement> Get(this HttpClient client, Uri at, HttpStatusCode status) => client.GetAsync(at).Gives(status);

    public static Task<HttpResponseMessage> Post(this HttpClient client, Uri at, object? body = null) =>
        body is null ? client.PostAsync(at, content: null) : client.PostAsJsonAsync(at, body);

    public static string? Text(this JsonElement element, string property) => element.GetProperty(property).GetString();
}
