using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Mentoring.Notifications.Inbox;
using Mentoring.ServiceDefaults;
using Mentoring.Testing;

namespace Mentoring.Notifications.Tests.Inbox;

public sealed class ReadingTheInbox(NotificationsService notifications)
{
    [Fact]
    public async Task The_newest_comes_first_page_by_page_without_gaps()
    {
        var (scene, pair) = await WithLetters(5);
        using var me = notifications.As(scene.Unit, pair.Mentor);
        var seen = new List<long>();

        string? next = "";
        while (next is not null)
        {
            var page = (await me.GetFromJsonAsync<Page<Letter>>(scene.Unit.At($"inbox?limit=2&after={next}"), Json.Options))!;
            seen.AddRange(page.Items.Select(letter => letter.Number));
            next = page.Next;
        }

        Assert.Equal([5, 4, 3, 2, 1], seen);
    }

    [Fact]
    public async Task What_was_read_is_no_longer_among_the_unread_and_saying_so_twice_is_the_same()
    {
        var (scene, pair) = await WithLetters(2);
        using var me = notifications.As(scene.Unit, pair.Mentor);
        var first = (await scene.Inbox(pair.Mentor))[^1];

        Assert.Equal(HttpStatusCode.NoContent, (await me.PostAsync(scene.Unit.At($"inbox/{first.Id}/read"), null)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await me.PostAsync(scene.Unit.At($"inbox/{first.Id}/read"), null)).StatusCode);

        var unread = (await me.GetFromJsonAsync<Page<Letter>>(scene.Unit.At("inbox?unread=true"), Json.Options))!.Items;
        Assert.NotEqual(first.Id, Assert.Single(unread).Id);
        Assert.NotNull((await scene.Inbox(pair.Mentor))[^1].ReadAt);
    }

    [Fact]
    public async Task Somebody_elses_letter_and_one_of_another_unit_are_like_none()
    {
        var (scene, pair) = await WithLetters(1);
        var letter = (await scene.Inbox(pair.Mentor))[0];
        using var other = notifications.As(scene.Unit, pair.Mentee);
        using var stranger = notifications.As(TestUnit.New(), pair.Mentor);

        var answers = new[]
        {
            await other.PostAsync(scene.Unit.At($"inbox/{letter.Id}/read"), null),
            await other.PostAsync(scene.Unit.At($"inbox/{Guid.CreateVersion7()}/read"), null),
            await stranger.PostAsync(scene.Unit.At($"inbox/{letter.Id}/read"), null),
            await stranger.GetAsync(scene.Unit.At("inbox")),
        };

        foreach (var answer in answers)
        {
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            Assert.Equal("not-found", problem.RootElement.GetProperty("code").GetString());
        }
        Assert.Null((await scene.Inbox(pair.Mentor))[0].ReadAt);
    }

    [Theory]
    [InlineData("inbox?limit=0", "limit")]
    [InlineData("inbox?after=nonsense", "after")]
    [InlineData("inbox?unread=perhaps", "unread")]
    public async Task What_makes_no_sense_is_refused_by_name(string path, string field)
    {
        var unit = TestUnit.New();
        using var me = notifications.As(unit, Guid.CreateVersion7());

        var answer = await me.GetAsync(unit.At(path));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal("invalid", problem.RootElement.GetProperty("code").GetString());
        Assert.True(problem.RootElement.GetProperty("errors").TryGetProperty(field, out _));
    }

    private async Task<(Scene, (Guid Mentor, Guid Mentee))> WithLetters(int count)
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        await Task.WhenAll(Enumerable.Range(1, count).Select(day => scene.Tell(scene.Booked(pair, day + 12))));
        await Eventually.Holds(async () => Assert.Equal(count, (await scene.Inbox(pair.Mentor)).Count));
        return (scene, pair);
    }
}
