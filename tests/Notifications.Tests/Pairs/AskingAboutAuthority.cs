using Mentoring.Contracts.Matching;

namespace Mentoring.Notifications.Tests.Pairs;

public sealed class AskingAboutAuthority(NotificationsService notifications)
{
    [Fact]
    public async Task The_programme_managers_are_asked_and_neither_of_the_two_hears_of_it()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        var manager = await scene.Manager("Grace Hopper");
        var fact = new PairAuthorityBroken(Guid.CreateVersion7(), 2, scene.ProgrammeId, pair.Mentor, pair.Mentee);

        await scene.Tell(fact);
        await scene.Tell(fact);

        var mail = await scene.Mail(manager);
        Assert.Contains("one of Ada Lovelace (mentor) and Charles Babbage (mentee)", mail.Text, StringComparison.Ordinal);
        Assert.Contains($"partnerships/{fact.PairId}", mail.Text, StringComparison.Ordinal);
        await scene.Settled();
        Assert.Single(await scene.Inbox(manager));
        foreach (var somebody in new[] { pair.Mentor, pair.Mentee, scene.SponsorId })
            Assert.Empty(await scene.Inbox(somebody));
    }

    [Fact]
    public async Task Nobody_decides_about_their_own_pair()
    {
        var scene = await notifications.Scene();
        var pair = (Mentor: await scene.Person("Ada Lovelace"), Mentee: await scene.Manager("Charles Babbage"));

        await scene.Tell(new PairAuthorityBroken(Guid.CreateVersion7(), 2, scene.ProgrammeId, pair.Mentor, pair.Mentee));

        Assert.Equal("A pair in How our customers use AI needs a decision", (await scene.Letter(scene.SponsorId, "pair-authority-broken")).Title);
        await scene.Settled();
        Assert.Empty(await scene.Inbox(pair.Mentee));
    }
}
