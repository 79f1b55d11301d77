using Mentoring.Contracts.Matching;
using Mentoring.Contracts.Participants;
using Mentoring.Contracts.Scheduling;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Notifications.Tests.Pairs;

public sealed class TellingThatAPairIsOver(NotificationsService notifications)
{
    [Fact]
    public async Task Both_hear_the_same_kind_word_once_whichever_service_tells_it_first()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        var id = Guid.CreateVersion7();

        await scene.Tell(new PartnershipEnded(id, 4, scene.ProgrammeId, pair.Mentor, pair.Mentee, Early: true));
        await scene.Tell(new PairDissolved(id, 2, scene.ProgrammeId, pair.Mentor, pair.Mentee));
        await scene.Tell(new PartnershipEnded(id, 5, scene.ProgrammeId, pair.Mentor, pair.Mentee, Early: true));

        var (mentors, mentees) = (await scene.Mail(pair.Mentor), await scene.Mail(pair.Mentee));
        Assert.Equal("Your pair in How our customers use AI has come to an end", mentors.Subject);
        Assert.Equal(mentors.Subject, mentees.Subject);
        Assert.Equal(Body(mentors.Text), Body(mentees.Text));
        Assert.Contains("Would you like to be matched again?", mentors.Text, StringComparison.Ordinal);
        Assert.Contains("Say whether you would like to be matched again: https://mentoring.example.org/enrolments", mentors.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Babbage", mentors.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Lovelace", mentees.Text, StringComparison.Ordinal);
        await scene.Settled();
        Assert.Single(await scene.Inbox(pair.Mentor));
        Assert.Single(await scene.Inbox(pair.Mentee));
    }

    [Fact]
    public async Task When_somebody_leaves_the_other_hears_kindly_and_no_session_blames_anybody()
    {
        var scene = await notifications.Scene();
        var mentor = await scene.Person("Ada Lovelace");
        var mentee = await scene.Person("Charles Babbage", language: "de");
        var booked = scene.Booked((mentor, mentee));
        await scene.Tell(booked);
        await scene.Mail(mentee);

        await scene.Tell(new PersonLeft(mentor, 2));
        await scene.Arrived(db => db.People.AnyAsync(p => p.Id == mentor && p.Gone));
        await scene.Tell(new SessionCancelled(
            booked.SessionId, 2, booked.PartnershipId, booked.ProgrammeId, mentor, mentee, booked.StartsAt, booked.EndsAt, "in-person", null, 1, Side.Mentor, "partnership-ended"));
        await scene.Tell(new PartnershipEnded(booked.PartnershipId, 4, scene.ProgrammeId, mentor, mentee, Early: true));

        var mails = await scene.Mails(mentee, 3);
        var over = Assert.Single(mails, mail => mail.Subject.StartsWith("Ihr Paar in", StringComparison.Ordinal));
        Assert.Contains("Es sagt nichts über Sie.", over.Text, StringComparison.Ordinal);
        var cancelled = Assert.Single(mails, mail => mail.Subject.StartsWith("Abgesagt", StringComparison.Ordinal));
        Assert.Equal("CANCEL", cancelled.Calendar!.Type.Parameters["method"]);
        foreach (var mail in new[] { over, cancelled })
        {
            foreach (var word in new[] { "Lovelace", "verlassen", "andere Seite", "Neue Zeit" })
                Assert.DoesNotContain(word, mail.Subject + mail.Text + mail.Html, StringComparison.Ordinal);
        }
        Assert.DoesNotContain(await scene.Inbox(mentor), letter => letter.Kind == "pair-over");
        // Nor does what comes late bring an id back that was erased before.
        await scene.Tell(new PersonErased(mentor, 3));
        await scene.Arrived(async db => !await db.Items.AnyAsync(item => item.PersonId == mentor || item.Named.Contains(mentor)));
        Assert.Equal(
            ["pair-over", "session-cancelled"],
            (await notifications.In(scene.Unit, db => db.Items.Where(item => item.PersonId == mentee).Select(item => item.Kind).ToListAsync())).Order());
        Assert.Empty((await notifications.TracesOf(mentor.ToString())).Except(["platform.versions", "public.people"]));
    }

    [Fact]
    public async Task The_kind_word_outlives_the_erasure_of_the_other()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        await scene.Tell(new PartnershipEnded(Guid.CreateVersion7(), 4, scene.ProgrammeId, pair.Mentor, pair.Mentee, Early: true));
        await scene.Letter(pair.Mentee, "pair-over");

        await scene.Tell(new PersonErased(pair.Mentor, 3));

        await scene.Arrived(db => db.People.AnyAsync(p => p.Id == pair.Mentor && p.Gone));
        Assert.Equal("pair-over", Assert.Single(await scene.Inbox(pair.Mentee)).Kind);
    }

    private static string Body(string text) => text[text.IndexOf('\n', StringComparison.Ordinal)..];
}
