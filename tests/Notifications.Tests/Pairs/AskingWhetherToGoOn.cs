using Mentoring.Contracts.Participants;
using Mentoring.Contracts.Scheduling;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Notifications.Tests.Pairs;

public sealed class AskingWhetherToGoOn(NotificationsService notifications)
{
    [Fact]
    public async Task Each_of_the_two_is_asked_alone_once_with_times_for_a_closing_conversation()
    {
        var scene = await notifications.Scene();
        var (mentor, mentee) = (await scene.Person("Ada Lovelace"), await scene.Person("Charles Babbage", language: "de"));
        var manager = await scene.Manager();
        var partnership = Guid.CreateVersion7();

        await scene.Tell(scene.Asked((mentor, mentee), partnership));
        await scene.Tell(scene.Asked((mentor, mentee), partnership));

        var mentors = await scene.Mail(mentor);
        Assert.Equal("Would you like to go on with Charles Babbage?", mentors.Subject);
        Assert.Contains("ends as planned on Saturday 31 January 2026", mentors.Text, StringComparison.Ordinal);
        Assert.Contains("Charles Babbage does not see your answer", mentors.Text, StringComparison.Ordinal);
        Assert.Equal(2, mentors.Text.Split('\n').Count(line => line.StartsWith("- ", StringComparison.Ordinal) && line.Contains("16:00 (Europe/Berlin)", StringComparison.Ordinal)));
        Assert.Contains($"https://mentoring.example.org/partnerships/{partnership}", mentors.Text, StringComparison.Ordinal);
        var mentees = await scene.Mail(mentee);
        Assert.Equal("Möchten Sie mit Ada Lovelace weitermachen?", mentees.Subject);
        Assert.Contains("Ada Lovelace sieht Ihre Antwort nicht", mentees.Text, StringComparison.Ordinal);
        await scene.Settled();
        Assert.Single(await scene.Inbox(mentor));
        Assert.Empty(await scene.Inbox(manager));
        Assert.Empty(await scene.Inbox(scene.SponsorId));
    }

    [Fact]
    public async Task Where_a_last_conversation_is_booked_it_is_named_as_the_one_to_look_back()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();

        await scene.Tell(scene.Asked(pair, Guid.CreateVersion7(), closingAt: new DateTimeOffset(2026, 1, 28, 13, 0, 0, TimeSpan.Zero)));

        Assert.Contains("Your last conversation before that is on Wednesday 28 January 2026, 14:00 (Europe/Berlin).", (await scene.Mail(pair.Mentor)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_hear_that_it_goes_on_once_and_a_late_question_is_not_asked()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        var partnership = Guid.CreateVersion7();

        await scene.Tell(scene.Reached(pair, partnership, continued: true));
        await scene.Letter(pair.Mentor, "pair-continued");
        await scene.Tell(scene.Reached(pair, partnership, continued: true, version: 9));
        await scene.Tell(scene.Asked(pair, partnership));

        foreach (var (person, other) in new[] { (pair.Mentor, "Charles Babbage"), (pair.Mentee, "Ada Lovelace") })
        {
            var mail = await scene.Mail(person);
            Assert.Equal($"You and {other} go on", mail.Subject);
            Assert.Contains("goes on until Friday 31 July 2026", mail.Text, StringComparison.Ordinal);
            Assert.Contains("around Friday 1 May 2026", mail.Text, StringComparison.Ordinal);
        }
        await scene.Settled();
        Assert.Single(await scene.Inbox(pair.Mentor));
        Assert.Single(await scene.Inbox(pair.Mentee));
    }

    [Fact]
    public async Task Where_it_ends_both_read_the_same_that_it_ended_as_planned_and_nothing_else()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        var partnership = Guid.CreateVersion7();

        await scene.Tell(scene.Reached(pair, partnership, continued: false));
        await scene.Tell(new PartnershipEnded(partnership, 6, scene.ProgrammeId, pair.Mentor, pair.Mentee, Early: false));

        var (mentors, mentees) = (await scene.Mail(pair.Mentor), await scene.Mail(pair.Mentee));
        Assert.Contains("has come to an end as planned", mentors.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("matched again", mentors.Text, StringComparison.Ordinal);
        Assert.Equal(mentors.Subject, mentees.Subject);
        Assert.Equal(mentors.Text.Split('\n')[1..], mentees.Text.Split('\n')[1..]);
        await scene.Tell(scene.Asked(pair, partnership));
        await scene.Settled();
        Assert.Equal("pair-over", Assert.Single(await scene.Inbox(pair.Mentor)).Kind);
        Assert.Equal("pair-over", Assert.Single(await scene.Inbox(pair.Mentee)).Kind);
    }

    [Fact]
    public async Task Of_somebody_who_is_erased_the_question_names_nobody()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        await scene.Tell(scene.Asked(pair, Guid.CreateVersion7()));
        await scene.Letter(pair.Mentee, "continuation-asked");

        await scene.Tell(new PersonErased(pair.Mentor, 3));

        await scene.Arrived(async db => !await db.Items.AnyAsync(item => item.PersonId == pair.Mentor || item.Named.Contains(pair.Mentor)));
    }
}
