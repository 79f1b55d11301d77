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
        Assert.EndsWith("/topics/our-own-thing", added.Headers.Location!.ToString(), StringComparison.Ordinal);
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

    [Theory]
    [InlineData("security threats", "cyber-security-threats")] // after a hyphen
    [InlineData("threats cyber", "cyber-security-threats")] // in any order
    [InlineData("promt writng", "prompt-writing")] // with slips
    [InlineData("blokchain", "blockchain")]
    [InlineData("psycological safty", "speaking-up")] // in another name
    [InlineData("Schichtarbeit", "shift-work")] // in German
    [InlineData("schichtarbiet", "shift-work")]
    [InlineData("réalité du terrain", "frontline-reality")] // in French, with and without accents
    [InlineData("realite terrain", "frontline-reality")]
    [InlineData("trabajo por turnos", "shift-work")] // in Spanish
    [InlineData("fairness-at-work", "fairness-at-work")] // by its slug
    public async Task By_words_in_any_order_and_language_spelt_nearly_right(string search, string slug) =>
        Assert.Equal(slug, (await Find(await TheUnit(), $"search={Uri.EscapeDataString(search)}")).Items[0].Slug);

    [Fact]
    public async Task The_best_comes_first_and_a_slip_adds_nothing_where_something_is_spelt_right()
    {
        var unit = await TheUnit();
        var blockchain = (await Find(unit, "search=blockchain")).Items;
        Assert.Equal("blockchain", blockchain[0].Slug);
        Assert.All(blockchain, topic => Assert.Contains("blockchain", string.Join(' ', [topic.Label, .. topic.Alternatives]), StringComparison.OrdinalIgnoreCase));
        Assert.Contains((await Find(unit, "search=c%23")).Items, topic => topic.Slug == "c-sharp");
        Assert.Empty((await Find(unit, "search=xqzwv")).Items);
        // Shorter than four letters nearly everything is alike, and no word is left out to find something.
        Assert.Empty((await Find(unit, "search=machines qxz")).Items);
        Assert.Empty((await Find(unit, "search=qxz")).Items);
        using var client = unit.Admin;
        using var long1 = await client.GetAsync(unit.Unit.At("topics?search=a b c d e f g h i j k"));
        await long1.Refused(HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public async Task What_is_found_comes_page_by_page_each_once()
    {
        var unit = await TheUnit();
        var all = (await Find(unit, "search=data&limit=200")).Items.Select(topic => topic.Slug).ToList();
        var slugs = new List<string>();
        string? next = null;
        do
        {
            var page = await Find(unit, $"search=data&limit=7&after={next}");
            slugs.AddRange(page.Items.Select(topic => topic.Slug));
            next = page.Next;
        }
        while (next is not null);
        Assert.True(all.Count > 20);
        Assert.Equal(all, slugs);
    }

    [Fact]
    public async Task A_label_comes_in_the_language_that_was_asked_for()
    {
        var unit = await TheUnit();
        using var client = unit.Admin;
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("pt, de-AT;q=0.8, en;q=0.5");
        using var answer = await client.GetAsync(unit.Unit.At("topics/shift-work"));
        var topic = await answer.ReadAs<TopicView>();
        Assert.Equal("Schichtarbeit", topic.Label);
        Assert.Equal(["de", "es", "fr"], topic.Labels.Keys.Order());
        using var english = await client.GetAsync(unit.Unit.At("topics/blockchain"));
        Assert.Equal("blockchain", (await english.ReadAs<TopicView>()).Label);
    }

    [Fact]
    public async Task The_tree_is_walked_from_the_top()
    {
        var unit = await TheUnit();
        var top = (await Find(unit, "broader=-&focus=frontline-reality")).Items.Select(topic => topic.Slug).ToList();
        Assert.Contains("frontline-reality", top);
        Assert.DoesNotContain("shift-work", top);
        Assert.Equal(
            ["rules-against-practice", "safety-at-the-frontline", "shift-work", "tools-at-the-frontline"],
            (await Find(unit, "broader=frontline-reality")).Items.Select(topic => topic.Slug));
        Assert.Empty((await Find(unit, "broader=shift-work")).Items);
    }

    [Fact]
    public async Task As_many_and_as_long_names_as_may_be_are_stored_and_found()
    {
        var unit = await service.AnOrganisation();
        var names = Enumerable.Range(0, 50).Select(i => $"{i:00} {string.Concat(Enumerable.Repeat("ünïcödé wörd ", 16))}"[..200].Trim()).ToList();
        using var client = unit.Admin;
        using var added = await client.PostAsJsonAsync(
            unit.Unit.At("topics"), new AddTopicRequest("many-names", "Many names", Focus.Culture, Alternatives: names, Labels: new Dictionary<string, string> { ["de"] = "Viele Namen" }), Json.Options);
        Assert.True(added.StatusCode == HttpStatusCode.Created, await added.Content.ReadAsStringAsync());
        Assert.Contains((await Find(unit, "search=unicode 49")).Items, topic => topic.Slug == "many-names");
        Assert.Contains((await Find(unit, "search=viele namen")).Items, topic => topic.Slug == "many-names");
        using var wrong = await client.PostAsJsonAsync(
            unit.Unit.At("topics"), new AddTopicRequest("klingon", "Klingon", Focus.Culture, Labels: new Dictionary<string, string> { ["tlh"] = "Qapla'" }), Json.Options);
        Assert.Contains("labels", (await wrong.Refused(HttpStatusCode.BadRequest, "invalid")).Errors!.Keys);
    }

    private static Organisation? s_unit;

    /// <summary>For looking only: making one takes longer than all that is looked at.</summary>
    private async Task<Organisation> TheUnit() => s_unit ??= await service.AnOrganisation();

    private static Task<Page<TopicView>> Find(Organisation unit, string query) => unit.Get<Page<TopicView>>($"topics?{query}");
}
