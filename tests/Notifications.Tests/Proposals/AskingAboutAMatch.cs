using Mentoring.Contracts.Matching;
using Mentoring.Contracts.Participants;

namespace Mentoring.Notifications.Tests.Proposals;

public sealed class AskingAboutAMatch(NotificationsService notifications)
{
    private static readonly DateTimeOffset By = new(2026, 1, 15, 16, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Only_the_one_asked_hears_of_it_and_the_mail_does_not_name_the_other()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();

        await scene.Tell(new MatchProposed(Guid.CreateVersion7(), 1, scene.ProgrammeId, pair.Mentor, pair.Mentee, pair.Mentor, Side.Mentor, By, "a view from above", "prompt writing"));

        var mail = await scene.Mail(pair.Mentor);
        Assert.Contains("- What you gain: a view from above", mail.Text, StringComparison.Ordinal);
        Assert.Contains("- What you give: prompt writing", mail.Text, StringComparison.Ordinal);
        Assert.Contains("Thursday 15 January 2026, 17:00 (Europe/Berlin)", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Babbage", mail.Text + mail.Html + mail.Subject, StringComparison.Ordinal);
        Assert.Null(mail.Calendar);
        await scene.Settled();
        Assert.Empty(await scene.Inbox(pair.Mentee));
    }

    [Fact]
    public async Task A_proposal_that_ends_is_told_kindly_to_those_who_had_said_yes_and_to_nobody_else()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();

        await scene.Tell(new MatchNotProceeding(Guid.CreateVersion7(), 3, scene.ProgrammeId, [pair.Mentor]));

        Assert.Contains("It says nothing about you", (await scene.Mail(pair.Mentor)).Text, StringComparison.Ordinal);
        await scene.Settled();
        Assert.Empty(await scene.Inbox(pair.Mentee));
    }

    [Fact]
    public async Task Nobody_is_asked_about_a_proposal_that_has_ended()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        var proposal = Guid.CreateVersion7();
        await scene.Tell(new MatchNotProceeding(proposal, 3, scene.ProgrammeId, [pair.Mentor]));
        await scene.Letter(pair.Mentor, "match-not-proceeding");

        await scene.Tell(new MatchProposed(proposal, 2, scene.ProgrammeId, pair.Mentor, pair.Mentee, pair.Mentee, Side.Mentee, By, "a", "b"));
        // Told on the same queue after it.
        await scene.Tell(new MatchProposed(Guid.CreateVersion7(), 1, scene.ProgrammeId, pair.Mentor, pair.Mentee, pair.Mentor, Side.Mentor, By, "a", "b"));
        await scene.Letter(pair.Mentor, "match-proposed");
        await scene.Settled();

        Assert.Empty(await scene.Inbox(pair.Mentee));
    }

    [Fact]
    public async Task A_pair_is_told_to_both_each_in_the_own_language()
    {
        var scene = await notifications.Scene();
        var (mentor, mentee) = (await scene.Person("Ada Lovelace"), await scene.Person("Käthe Müller", language: "de-AT"));

        await scene.Tell(new PairFormed(Guid.CreateVersion7(), 1, scene.ProgrammeId, mentor, mentee, "all", [new TopicLevel("prompt-writing", "Prompt writing", 4)], "You work in different places."));

        var (english, german) = (await scene.Mail(mentor), await scene.Mail(mentee));
        Assert.Equal("You and Käthe Müller are a pair", english.Subject);
        Assert.Equal("Ein neues Paar: Sie und Ada Lovelace", german.Subject);
        Assert.Contains("Guten Tag Käthe Müller,", german.Text, StringComparison.Ordinal);
        Assert.Contains("<li>Prompt writing</li>", german.Html, StringComparison.Ordinal);
        Assert.Contains("with you as the mentor", english.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reciprocal_pair_is_told_what_each_of_the_two_brings()
    {
        var scene = await notifications.Scene();
        var (mentor, mentee) = (await scene.Person("Ada Lovelace"), await scene.Person("Käthe Müller", language: "de-AT"));

        await scene.Tell(new PairFormed(
            Guid.CreateVersion7(), 1, scene.ProgrammeId, mentor, mentee, "all", [new TopicLevel("prompt-writing", "Prompt writing", 4)], "You work in different places.",
            [new TopicLevel("strategy-and-finance", "Strategy and finance", 5)]));

        var (english, german) = (await scene.Mail(mentor), await scene.Mail(mentee));
        Assert.Contains("each of you mentor and mentee at once", english.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("with you as the mentor", english.Text, StringComparison.Ordinal);
        Assert.Matches(@"What you bring:\s+- Prompt writing\s+What Käthe Müller brings:\s+- Strategy and finance", english.Text);
        Assert.Matches(@"Das bringen Sie mit:\s+- Strategy and finance\s+Das bringt Ada Lovelace mit:\s+- Prompt writing", german.Text);
    }
}
