using Mentoring.Participants.Topics;

namespace Mentoring.Participants.Tests.Topics;

public sealed class TheStarterCatalogue
{
    [Fact]
    public void Slugs_are_unique_and_may_stand_in_addresses()
    {
        Assert.Equal(StarterCatalogue.Topics.Count, StarterCatalogue.Topics.Select(topic => topic.Slug).Distinct().Count());
        Assert.All(StarterCatalogue.Topics, topic => Assert.True(Slug.IsValid(topic.Slug), topic.Slug));
    }

    [Fact]
    public void A_broader_topic_is_one_of_them()
    {
        var slugs = StarterCatalogue.Topics.Select(topic => topic.Slug).ToHashSet();
        Assert.All(StarterCatalogue.Topics, topic => Assert.True(topic.Broader is null || slugs.Contains(topic.Broader), topic.Broader));
    }

    [Fact]
    public void Escos_skills_are_there_once_and_every_focus_has_topics()
    {
        Assert.Equal(1_372, StarterCatalogue.Topics.Count(topic => topic.Source is not null));
        Assert.Equal(Enum.GetValues<Focus>(), StarterCatalogue.Topics.Select(topic => topic.Focus).Distinct().Order());
    }

    [Theory]
    [InlineData("C#", "c-sharp")]
    [InlineData("C++", "c-plus-plus")]
    [InlineData("Überblick & Maß", "uberblick-mass")]
    [InlineData("  computer programming ", "computer-programming")]
    public void A_slug_is_made_of_a_label(string label, string slug) => Assert.Equal(slug, Slug.Of(label));
}
