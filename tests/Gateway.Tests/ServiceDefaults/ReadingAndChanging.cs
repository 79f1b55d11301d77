using System.Text.Json.Nodes;
using Mentoring.Gateway.Tests.Platform;

namespace Mentoring.Gateway.Tests.ServiceDefaults;

public sealed class ReadingAndChanging(TinyService service) : IClassFixture<TinyService>
{
    private static readonly Uri Thing = new($"/things/{Guid.CreateVersion7()}", UriKind.Relative);

    [Fact]
    public async Task Pages_follow_one_another_without_gap_or_repetition()
    {
        var seen = new List<int>();
        string? next = null;
        var sizes = new List<int>();
        do
        {
            var page = JsonNode.Parse(await service.Client.GetStringAsync(new Uri(next is null ? "/things" : $"/things?after={next}", UriKind.Relative)))!;
            var items = page["items"]!.AsArray().Select(item => item!.GetValue<int>()).ToArray();
            sizes.Add(items.Length);
            seen.AddRange(items);
            next = page["next"]?.GetValue<string>();
        }
        while (next is not null);

        int[] expected = [50, 50, 20];
        Assert.Equal(expected, sizes);
        Assert.Equal(Enumerable.Range(1, 120), seen);
    }

    [Fact]
    public async Task The_last_full_page_has_no_next()
    {
        var page = JsonNode.Parse(await service.Client.GetStringAsync(new Uri("/things?limit=120", UriKind.Relative)))!;
        Assert.Null(page["next"]);
    }

    [Theory]
    [InlineData(null, 428, "precondition-required")]
    [InlineData("\"6\"", 412, "stale")]
    [InlineData("7", 412, "stale")]
    public async Task A_change_must_name_the_version_it_was_made_from(string? ifMatch, int status, string code)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, Thing);
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        using var response = await service.Client.SendAsync(request);
        Assert.Equal("\"7\"", response.Headers.ETag?.Tag);
        await Refused.With(status, code, response);
    }

    [Theory]
    [InlineData("\"7\"")]
    [InlineData("\"1\", \"7\"")]
    [InlineData("*")]
    public async Task A_change_of_the_current_version_is_taken(string ifMatch)
    {
        using var read = await service.Client.GetAsync(Thing);
        Assert.Equal("\"7\"", read.Headers.ETag?.Tag);
        using var request = new HttpRequestMessage(HttpMethod.Put, Thing);
        request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        using var response = await service.Client.SendAsync(request);
        Assert.Equal(204, (int)response.StatusCode);
    }

    [Fact]
    public async Task Health_and_the_document_are_there()
    {
        Assert.Contains("healthy", await service.Client.GetStringAsync(new Uri("/health", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Contains("healthy", await service.Client.GetStringAsync(new Uri("/alive", UriKind.Relative)), StringComparison.Ordinal);
        var document = JsonNode.Parse(await service.Client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)))!;
        Assert.StartsWith("3.1", document["openapi"]!.GetValue<string>(), StringComparison.Ordinal);
        var listing = document["paths"]!["/things"]!["get"]!;
        Assert.Equal(["limit", "after"], listing["parameters"]!.AsArray().Select(parameter => parameter!["name"]!.GetValue<string>()));
        Assert.NotNull(listing["responses"]!["default"]!["content"]!["application/problem+json"]);
    }
}
