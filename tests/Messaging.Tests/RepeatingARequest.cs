using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Mentoring.Testing;

namespace Mentoring.Messaging.Tests;

public sealed class RepeatingARequest(NotesService notes)
{
    private readonly TestUnit _unit = TestUnit.New();

    private async Task<HttpResponseMessage> Post(HttpClient client, string text, string key, int? loseConnectionAt = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _unit.At("notes")) { Content = JsonContent.Create(new { text }), Headers = { { "Idempotency-Key", key } } };
        if (loseConnectionAt is { } at)
            request.Headers.Add(LostConnection.Header, at.ToString(CultureInfo.InvariantCulture));
        return await client.SendAsync(request);
    }

    [Fact]
    public async Task The_same_key_gets_the_same_answer_and_changes_nothing_more()
    {
        using var client = notes.As(_unit);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Post(client, "once", "key-1")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.Single((await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()))).Distinct());
        Assert.Single(answers.Select(answer => answer.Headers.Location).Distinct());
        Assert.Single((await client.GetFromJsonAsync<string[]>(_unit.At("notes")))!);
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        using var client = notes.As(_unit);
        await Post(client, "first", "key-2");

        var second = await Post(client, "second", "key-2");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, second.StatusCode);
        Assert.Contains("idempotency-key-reused", await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(["first"], (await client.GetFromJsonAsync<string[]>(_unit.At("notes")))!);
    }

    [Fact]
    public async Task A_refusal_changes_nothing_and_is_not_kept()
    {
        using var client = notes.As(_unit);

        var refused = await Post(client, "refused", "key-3");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Empty((await client.GetFromJsonAsync<string[]>(_unit.At("notes")))!);
        Assert.Equal(HttpStatusCode.Created, (await Post(client, "accepted", "key-3")).StatusCode);
    }

    [Fact]
    public async Task Two_callers_may_use_the_same_key()
    {
        using var one = notes.As(_unit);
        using var other = notes.As(_unit);

        Assert.Equal(HttpStatusCode.Created, (await Post(one, "mine", "key-4")).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await Post(other, "yours", "key-4")).StatusCode);
    }

    [Fact]
    public async Task A_connection_lost_at_any_moment_is_an_outage_that_changes_nothing()
    {
        using var client = notes.As(_unit);

        HttpStatusCode answer;
        var lost = 0;
        while ((answer = (await Post(client, "survives", "key-5", loseConnectionAt: lost + 1)).StatusCode) == HttpStatusCode.ServiceUnavailable)
        {
            lost++;
            Assert.Empty((await client.GetFromJsonAsync<string[]>(_unit.At("notes")))!);
        }

        Assert.Equal(HttpStatusCode.Created, answer);
        Assert.True(lost >= 4, $"lost {lost} times: at the key, the save, the answer kept and the commit");
        Assert.Equal(["survives"], (await client.GetFromJsonAsync<string[]>(_unit.At("notes")))!);
    }
}
