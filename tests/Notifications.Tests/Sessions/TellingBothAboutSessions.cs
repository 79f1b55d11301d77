using System.Diagnostics;
using Mentoring.Contracts.Participants;
using Mentoring.Contracts.Scheduling;
using Mentoring.Testing;

namespace Mentoring.Notifications.Tests.Sessions;

public sealed class TellingBothAboutSessions(NotificationsService notifications)
{
    [Fact]
    public async Task A_booked_session_is_an_invitation_to_each_with_both_in_it()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        var session = scene.Booked(pair);

        await scene.Tell(session);

        foreach (var (me, name, local) in new[] { (pair.Mentor, "Charles Babbage", "14:00 (Europe/Berlin)"), (pair.Mentee, "Ada Lovelace", "08:00 (America/New_York)") })
        {
            var mail = await scene.Mail(me);
            Assert.Equal($"Conversation with {name}: Tuesday 20 January 2026, {local}", mail.Subject);
            Assert.Contains("Library, room 3", mail.Text, StringComparison.Ordinal);
            Assert.Contains($"https://mentoring.example.org/sessions/{session.SessionId}", mail.Html, StringComparison.Ordinal);
            Assert.Equal("REQUEST", mail.Calendar!.Type.Parameters["method"]);
            var calendar = mail.Calendar.Content.Replace("\r\n ", "", StringComparison.Ordinal);
            Assert.Contains($"UID:{session.SessionId}@mentoring\r\n", calendar, StringComparison.Ordinal);
            Assert.Contains("DTSTART:20260120T130000Z\r\n", calendar, StringComparison.Ordinal);
            Assert.Contains($"mailto:{Scene.MailOf(pair.Mentor)}\r\n", calendar, StringComparison.Ordinal);
            Assert.Contains($"mailto:{Scene.MailOf(pair.Mentee)}\r\n", calendar, StringComparison.Ordinal);
            Assert.Contains("ORGANIZER;CN=Mentoring:mailto:mentoring@example.org\r\n", calendar, StringComparison.Ordinal);

            var letter = await scene.Letter(me, "session-booked");
            Assert.Equal(("session", session.SessionId), (letter.About.Kind, letter.About.Id));
            Assert.Equal($"sessions/{session.SessionId}", Assert.Single(letter.Actions).Href);
        }
    }

    [Fact]
    public async Task Moving_and_cancelling_follow_under_the_same_uid_with_rising_sequence()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        var booked = scene.Booked(pair);
        await scene.Tell(booked);
        await scene.Letter(pair.Mentor, "session-booked");

        await scene.Tell(new SessionMoved(booked.SessionId, 2, booked.PartnershipId, booked.ProgrammeId, pair.Mentor, pair.Mentee,
            booked.StartsAt.AddDays(1), booked.EndsAt.AddDays(1), "video", null, 1));
        await scene.Letter(pair.Mentor, "session-moved");
        await scene.Tell(new SessionCancelled(booked.SessionId, 3, booked.PartnershipId, booked.ProgrammeId, pair.Mentor, pair.Mentee,
            booked.StartsAt.AddDays(1), booked.EndsAt.AddDays(1), "video", null, 2, Side.Mentee, "illness"));

        var mails = await scene.Mails(pair.Mentor, 3);
        var bySequence = mails.OrderBy(mail => mail.Calendar!.Content.Split("SEQUENCE:")[1][0]).ToList();
        Assert.Equal(["REQUEST", "REQUEST", "CANCEL"], bySequence.Select(mail => mail.Calendar!.Type.Parameters["method"]));
        Assert.All(mails, mail => Assert.Contains($"UID:{booked.SessionId}@mentoring", mail.Calendar!.Content, StringComparison.Ordinal));
        Assert.All(mails, mail => Assert.DoesNotContain("illness", mail.Text + mail.Html, StringComparison.Ordinal));
        Assert.Contains("cancelled on the other side", bySequence[2].Text, StringComparison.Ordinal);
        Assert.Contains("cancelled on your side", (await scene.Mails(pair.Mentee, 3)).Single(mail => mail.Subject.StartsWith("Cancelled", StringComparison.Ordinal)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whose_calendar_is_kept_already_hears_of_it_without_a_second_entry()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        var booked = scene.Booked(pair) with { InCalendarOf = [pair.Mentee] };
        await scene.Tell(booked);
        await scene.Letter(pair.Mentor, "session-booked");
        await scene.Tell(new SessionMoved(booked.SessionId, 2, booked.PartnershipId, booked.ProgrammeId, pair.Mentor, pair.Mentee,
            booked.StartsAt.AddDays(1), booked.EndsAt.AddDays(1), "video", null, 1, [pair.Mentee]));
        await scene.Letter(pair.Mentor, "session-moved");
        await scene.Tell(new SessionCancelled(booked.SessionId, 3, booked.PartnershipId, booked.ProgrammeId, pair.Mentor, pair.Mentee,
            booked.StartsAt.AddDays(1), booked.EndsAt.AddDays(1), "video", null, 2, Side.Mentor, "clash", [pair.Mentee]));

        var (mails, others) = (await scene.Mails(pair.Mentee, 3), await scene.Mails(pair.Mentor, 3));

        Assert.All(mails, mail => Assert.Null(mail.Calendar));
        Assert.All(mails, mail => Assert.DoesNotContain("in this mail", mail.Text, StringComparison.Ordinal));
        Assert.Contains(mails, mail => mail.Text.Contains("It is entered into your calendar.", StringComparison.Ordinal));
        Assert.Contains("It is taken out of your calendar.", mails.Single(mail => mail.Subject.StartsWith("Cancelled", StringComparison.Ordinal)).Text, StringComparison.Ordinal);
        Assert.All(others, mail => Assert.Contains($"UID:{booked.SessionId}@mentoring", mail.Calendar!.Content, StringComparison.Ordinal));
        Assert.Contains("in your mail", (await scene.Letter(pair.Mentor, "session-booked")).Body, StringComparison.Ordinal);
        Assert.Contains("entered into your calendar", (await scene.Letter(pair.Mentee, "session-booked")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task News_that_a_later_one_has_overtaken_is_not_told()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        var booked = scene.Booked(pair);
        await scene.Tell(new SessionCancelled(booked.SessionId, 2, booked.PartnershipId, booked.ProgrammeId, pair.Mentor, pair.Mentee,
            booked.StartsAt, booked.EndsAt, "video", null, 1, Side.Mentor, "clash"));
        await scene.Letter(pair.Mentor, "session-cancelled");

        await scene.Tell(booked);
        await scene.Settled();

        Assert.Equal("session-cancelled", Assert.Single(await scene.Inbox(pair.Mentor)).Kind);
        await scene.Mails(pair.Mentor, 1);
    }

    [Fact]
    public async Task The_same_fact_again_tells_nothing_again()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        var booked = scene.Booked(pair);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => scene.Tell(booked)));
        await scene.Settled();

        Assert.Single(await scene.Inbox(pair.Mentor));
        await scene.Mails(pair.Mentor, 1);
    }

    [Fact]
    public async Task The_mail_carries_the_trace_of_its_cause()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        using var source = new ActivitySource("Tests");
        using var listener = new ActivityListener { ShouldListenTo = _ => true, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData };
        ActivitySource.AddActivityListener(listener);

        string trace;
        using (var click = source.StartActivity("click")!)
        {
            trace = click.TraceId.ToString();
            await scene.Tell(scene.Booked(pair));
        }

        Assert.Equal(trace, (await scene.Mail(pair.Mentor)).Headers["X-Trace-Id"]);
    }

    [Fact]
    public async Task Someone_without_a_mailbox_finds_it_in_the_inbox()
    {
        var scene = await notifications.Scene();
        var (mentor, mentee) = (await scene.Person("Ada Lovelace"), await scene.Person("Shift Worker", email: null));

        await scene.Tell(scene.Booked((mentor, mentee)));

        await scene.Letter(mentee, "session-booked");
        Assert.Contains($"urn:uuid:{mentee}", (await scene.Mail(mentor)).Calendar!.Content.Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        await scene.Arrived(async db => !await Task.FromResult(db.Deliveries.Any(d => d.PersonId == mentee)));
    }

    [Fact]
    public async Task A_name_that_arrives_after_the_fact_is_waited_for()
    {
        var scene = await notifications.Scene();
        var (mentor, mentee) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await scene.Tell(scene.Booked((mentor, mentee)));
        await scene.Letter(mentor, "session-booked");

        await scene.Person("Ada Lovelace", id: mentor);
        await scene.Person("Charles Babbage", id: mentee);
        notifications.Clock.Advance(TimeSpan.FromSeconds(3));

        Assert.StartsWith("Conversation with Charles Babbage", (await scene.Mail(mentor)).Subject, StringComparison.Ordinal);
        Assert.Contains("Charles", (await scene.Letter(mentor, "session-booked")).Title, StringComparison.Ordinal);
    }
}
