using System.Net;
using System.Text.Json;
using Mentoring.Testing;

namespace Mentoring.Notifications.Tests.Inbox;

public sealed class StreamingTheInbox(NotificationsService notifications)
{
    [Fact]
    public async Task What_happens_while_it_is_open_arrives_at_once()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        await using var stream = await Open(scene, pair.Mentor);

        var session = scene.Booked(pair);
        await scene.Tell(session);

        var (id, data) = await stream.Next();
        Assert.Equal(1, id);
        Assert.Equal(session.SessionId, data.GetProperty("about").GetProperty("id").GetGuid());
        Assert.Equal("session-booked", data.GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Whoever_comes_back_gets_what_was_missed_in_order_and_once_and_then_what_is_new()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        await Task.WhenAll(Enumerable.Range(1, 6).Select(day => scene.Tell(scene.Booked(pair, day + 12))));
        await Eventually.Holds(async () => Assert.Equal(6, (await scene.Inbox(pair.Mentor)).Count));

        await using var stream = await Open(scene, pair.Mentor, lastEventId: "2");
        var missed = new List<long>();
        for (var i = 0; i < 4; i++)
            missed.Add((await stream.Next()).Id);
        await scene.Tell(scene.Booked(pair, 25));

        Assert.Equal([3, 4, 5, 6], missed);
        Assert.Equal(7, (await stream.Next()).Id);
    }

    [Fact]
    public async Task Nobody_hears_what_is_somebody_elses()
    {
        var scene = await notifications.Scene();
        var (pair, other) = (await scene.Pair(), await scene.Pair("Alan Turing", "Joan Clarke"));
        await using var stream = await Open(scene, other.Mentor);

        await scene.Tell(scene.Booked(pair));
        await scene.Letter(pair.Mentor, "session-booked");
        var own = scene.Booked(other);
        await scene.Tell(own);

        Assert.Equal(own.SessionId, (await stream.Next()).Data.GetProperty("about").GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task An_id_that_was_never_given_is_refused()
    {
        var scene = await notifications.Scene();
        using var client = notifications.As(scene.Unit, Guid.CreateVersion7());
        using var request = new HttpRequestMessage(HttpMethod.Get, scene.Unit.At("events"));
        request.Headers.Add("Last-Event-ID", "yesterday");

        Assert.Equal(HttpStatusCode.BadRequest, (await client.SendAsync(request)).StatusCode);
    }

    private async Task<OpenStream> Open(Scene scene, Guid person, string? lastEventId = null)
    {
        var client = notifications.As(scene.Unit, person);
        using var request = new HttpRequestMessage(HttpMethod.Get, scene.Unit.At("events"));
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        var stream = new OpenStream(client, response, new StreamReader(await response.Content.ReadAsStreamAsync()));
        Assert.Equal(": open", await stream.Reader.ReadLineAsync());
        return stream;
    }

    private sealed record OpenStream(HttpClient Client, HttpResponseMessage Response, StreamReader Reader) : IAsyncDisposable
    {
        public async Task<(long Id, JsonElement Data)> Next()
        {
            using var patience = new CancellationTokenSource(Eventually.Deadline);
            long id = 0;
            while (await Reader.ReadLineAsync(patience.Token) is { } line)
            {
                if (line.StartsWith("id: ", StringComparison.Ordinal))
                    id = long.Parse(line[4..]);
                if (line.StartsWith("data: ", StringComparison.Ordinal))
                    return (id, JsonDocument.Parse(line[6..]).RootElement);
            }
            throw new EndOfStreamException();
        }

        public ValueTask DisposeAsync()
        {
            Reader.Dispose();
            Response.Dispose();
            Client.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
