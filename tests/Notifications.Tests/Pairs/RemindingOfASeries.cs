using Mentoring.Contracts.Scheduling;

namespace Mentoring.Notifications.Tests.Pairs;

public sealed class RemindingOfASeries(NotificationsService notifications)
{
    [Fact]
    public async Task The_mentee_alone_is_reminded_once_a_term_and_reads_that_the_mentor_did_not_ask_for_it()
    {
        var scene = await notifications.Scene();
        var (mentor, mentee) = (await scene.Person("Ada Lovelace"), await scene.Person("Charles Babbage", "America/New_York"));
        var manager = await scene.Manager();
        var fact = Unconfirmed(scene, (mentor, mentee), 13);
        await scene.Tell(fact);
        await scene.Tell(fact with { Version = 9 });

        var mail = await scene.Mail(mentee);
        Assert.Equal("Times with Ada Lovelace are waiting for you", mail.Subject);
        Assert.Contains("13 times that suit you and Ada Lovelace are proposed, the first on Monday 19 January 2026, 08:00 (America/New_York).", mail.Text, StringComparison.Ordinal);
        Assert.Contains("comes once; Ada Lovelace did not ask for it", mail.Text, StringComparison.Ordinal);
        await scene.Settled();
        Assert.Equal("series-unconfirmed", Assert.Single(await scene.Inbox(mentee)).Kind);
        Assert.Empty(await scene.Inbox(mentor));
        Assert.Empty(await scene.Inbox(manager));
        await scene.Tell(fact with { Version = 12, Term = 2 });
        await scene.Mails(mentee, 2);
    }

    [Fact]
    public async Task One_time_reads_as_one_in_german_too()
    {
        var scene = await notifications.Scene();
        var (mentor, mentee) = (await scene.Person("Ada Lovelace"), await scene.Person("Charles Babbage", language: "de"));

        await scene.Tell(Unconfirmed(scene, (mentor, mentee), 1));

        var mail = await scene.Mail(mentee);
        Assert.Contains("Ein Termin, der Ihnen und Ada Lovelace passt, ist vorgeschlagen: Montag, 19. Januar 2026, 14:00 Uhr (Europe/Berlin).", mail.Text, StringComparison.Ordinal);
        Assert.Contains("er lässt sich danach verschieben", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_books_for_the_mentee_is_told_once_a_term_and_neither_with_whom_nor_what_about()
    {
        var scene = await notifications.Scene();
        var (mentor, mentee) = (await scene.Person("Ada Lovelace"), await scene.Person("Charles Babbage"));
        var (one, other) = (await scene.Person("Kim Keeper"), await scene.Person("Kira Keeper", language: "de"));
        var fact = Unconfirmed(scene, (mentor, mentee), 13) with { Delegates = [one, other, one] };
        await scene.Tell(fact);
        await scene.Tell(fact with { Version = 9 });

        var mail = await scene.Mail(one);
        Assert.Equal("Times for Charles Babbage are waiting to be booked", mail.Subject);
        Assert.Contains("you book for Charles Babbage. 13 times are proposed, the first on Monday 19 January 2026, 14:00 (Europe/Berlin).", mail.Text, StringComparison.Ordinal);
        Assert.Contains($"/delegated/{fact.PartnershipId}", mail.Text, StringComparison.Ordinal);
        Assert.Contains("Sie buchen für Charles Babbage. 13 Termine sind vorgeschlagen", (await scene.Mail(other)).Text, StringComparison.Ordinal);
        await scene.Mail(mentee);
        await scene.Settled();
        foreach (var who in new[] { one, other })
        {
            var letter = Assert.Single(await scene.Inbox(who));
            Assert.Equal("series-to-book", letter.Kind);
            Assert.DoesNotContain("Lovelace", letter.Title + letter.Body, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("Lovelace", mail.Text, StringComparison.Ordinal);
        Assert.Equal("series-unconfirmed", Assert.Single(await scene.Inbox(mentee)).Kind);
        Assert.Empty(await scene.Inbox(mentor));
        await scene.Tell(fact with { Version = 12, Term = 2 });
        await scene.Mails(one, 2);
    }

    [Fact]
    public async Task Nobody_is_reminded_for_a_pair_that_is_over()
    {
        var scene = await notifications.Scene();
        var (mentor, mentee, keeper) = (await scene.Person("Ada Lovelace"), await scene.Person("Charles Babbage"), await scene.Person("Kim Keeper"));
        var fact = Unconfirmed(scene, (mentor, mentee), 13) with { Delegates = [keeper] };
        await scene.Tell(new PartnershipEnded(fact.PartnershipId, 9, scene.ProgrammeId, mentor, mentee, Early: true));
        await scene.Letter(mentee, "pair-over");

        await scene.Tell(fact);

        await scene.Settled();
        Assert.Empty(await scene.Inbox(keeper));
        Assert.Equal("pair-over", Assert.Single(await scene.Inbox(mentee)).Kind);
    }

    private static SeriesUnconfirmed Unconfirmed(Scene scene, (Guid Mentor, Guid Mentee) pair, int count) => new(
        Guid.CreateVersion7(), 5, scene.ProgrammeId, pair.Mentor, pair.Mentee, 1, new DateTimeOffset(2026, 1, 19, 13, 0, 0, TimeSpan.Zero), count);
}
