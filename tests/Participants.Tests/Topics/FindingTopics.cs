using System.Net;
using System.Net.Http.Json;
using Mentoring.Participants.Topics;
using Mentoring.ServiceDefaults;

namespace Mentoring.Participants.Tests.Topics;

public sealed class FindingTopics(ParticipantsService service)
{
    [Fact]
    public async Task By_the_start_of_a_word_or_another_name_and_by_focus()
    {
        var unit = await service.AnOrganisation();
        Assert.Contains((await Find(unit, "search=copil")).Items, topic => topic.Slug == "generative-ai-at-work");
        Assert.Contains((await Find(unit, "search=real&focus=frontline-reality")).Items, topic => topic.Slug == "frontline-reality");
        Assert.All((await Find(unit, "focus=customers")).Items, topic => Assert.Equal(Focus.Customers, topic.Focus));
        Assert.Empty((await Find(unit, "search=%25")).Items);
        using var client = unit.Admin;
        using var wrong = await client.GetAsync(unit.Unit.At("topics?focus=youth"));
        await wrong.Refused(HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public async Task Page_by_page_each_once()
    {
        var unit = await service.AnOrganisation();
        var slugs = new List<string>();
        string? next = null;
        do
        {
            var page = await Find(unit, $"limit=200&after={next}");
            slugs.AddRange(page.Items.Select(topic => topic.Slug));
            next = page.Next;
        }
        while (next is not null);
        Assert.Equal(StarterCatalogue.Topics.Select(topic => topic.Slug).Order(StringComparer.Ordinal), slugs);
    }

    [Fact]
    public async Task A_unit_adds_its_own_which_no_other_unit_sees()
    {
        var unit = await service.AnOrganisation();
        var other = await service.AnOrganisation();
        var request = new AddTopicRequest("our-own-thing", "Our own thing", Focus.Culture, "Ours.", "speaking-up");
        using var client = unit.Admin;
        using var added = await client.PostAsJsonAsync(unit.Unit.At("topics"), request, Json.Options);
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        Assert.Single((await Find(unit, "search=our own")).Items);
        Assert.Empty((await Find(other, "search=our own")).Items);

        using var again = await client.PostAsJsonAsync(unit.Unit.At("topics"), request, Json.Options);
        await again.Refused(HttpStatusCode.Conflict, "topic-exists");
        using var lost = await client.PostAsJsonAsync(unit.Unit.At("topics"), request with { Slug = "x", Broader = "nowhere" }, Json.Options);
        await lost.Refused(HttpStatusCode.UnprocessableEntity, "topic-unknown");
        using var somebody = unit.Somebody();
        using var refused = await somebody.PostAsJsonAsync(unit.Unit.At("topics"), request, Json.Options);
        await refused.Refused(HttpStatusCode.Forbidden, "role-missing");
    }

    private static Task<Page<TopicView>> Find(Organisation unit, string query) => unit.Get<Page<TopicView>>($"topics?{query}");
}
