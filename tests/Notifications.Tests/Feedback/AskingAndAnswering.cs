using Mentoring.Contracts.Feedback;
using Mentoring.Contracts.Participants;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Notifications.Tests.Feedback;

public sealed class AskingAndAnswering(NotificationsService notifications)
{
    private static readonly ParticipantSnapshot Snapshot = new(
        CareerStage.Early, "Sales", null, "Europe/Berlin", ["en"], [], [], [], [], new TimeOnly(9, 0), new TimeOnly(17, 0), false);

    [Fact]
    public async Task A_survey_invites_everybody_who_takes_part_once_and_nobody_who_has_withdrawn()
    {
        var scene = await notifications.Scene();
        var (ada, alan, gone) = (await scene.Person("Ada"), await scene.Person("Alan"), await scene.Person("Gone"));
        await Enrol(scene, ada, Side.Mentor);
        await Enrol(scene, ada, Side.Mentee);
        await Enrol(scene, alan, Side.Mentor);
        var enrolment = await Enrol(scene, gone, Side.Mentor);
        await scene.Tell(new ParticipantWithdrawn(enrolment, 2, scene.ProgrammeId, gone, Side.Mentor));
        await scene.Arrived(async db => !await db.Participants.AnyAsync(p => p.PersonId == gone));

        await scene.Tell(new SurveyOpened(Guid.CreateVersion7(), 1, scene.ProgrammeId, "baseline", new DateTimeOffset(2026, 2, 1, 17, 0, 0, TimeSpan.Zero), 5));

        Assert.Contains("at least 5 people", (await scene.Mail(ada)).Text, StringComparison.Ordinal);
        await scene.Mail(alan);
        await scene.Settled();
        Assert.Single(await scene.Inbox(ada));
        Assert.Empty(await scene.Inbox(gone));
    }

    [Fact]
    public async Task An_insight_asks_its_owner_and_nobody_while_it_has_none()
    {
        var scene = await notifications.Scene();
        var owner = await scene.Person("Grace Hopper");
        var insight = Guid.CreateVersion7();

        await scene.Tell(new InsightRaised(insight, 1, scene.ProgrammeId, "Search finds nothing", null, null));
        await scene.Tell(new InsightRaised(insight, 2, scene.ProgrammeId, "Search finds nothing", owner, new DateOnly(2026, 2, 1)));

        var mail = await scene.Mail(owner);
        Assert.Equal("An insight waits for your answer: Search finds nothing", mail.Subject);
        Assert.Contains("Sunday 1 February 2026", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_is_news_in_the_inbox_of_all_and_in_nobodys_mail()
    {
        var scene = await notifications.Scene();
        var (ada, owner) = (await scene.Person("Ada"), await scene.Person("Grace Hopper"));
        await Enrol(scene, ada, Side.Mentor);

        await scene.Tell(new InsightAnswered(Guid.CreateVersion7(), 3, scene.ProgrammeId, "Search finds nothing", owner, "done", "process", true));

        var letter = await scene.Letter(ada, "insight-answered");
        Assert.Equal("You said, we did: Search finds nothing", letter.Title);
        Assert.Equal("Grace Hopper has answered: done.", letter.Body);
        await scene.Settled();
        await scene.Mails(ada, 0);
    }

    [Fact]
    public async Task An_overdue_insight_goes_to_the_sponsor()
    {
        var scene = await notifications.Scene();
        await scene.Person("The Chief", id: scene.SponsorId);
        var owner = await scene.Person("Grace Hopper");

        await scene.Tell(new InsightOverdue(Guid.CreateVersion7(), 3, scene.ProgrammeId, "Search finds nothing", owner, new DateOnly(2026, 1, 5)));

        Assert.Contains("- With: Grace Hopper", (await scene.Mail(scene.SponsorId)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_review_goes_to_the_managers_with_the_gates_that_are_red()
    {
        var scene = await notifications.Scene();
        var manager = await scene.Manager();

        await scene.Tell(new ReviewPublished(Guid.CreateVersion7(), 1, scene.ProgrammeId, false,
            [new GateReading("sessions-held", false, 0.61m, "61 % of sessions were held, 80 % are asked for"), new GateReading("review-held", true, null, "held")]));

        var mail = await scene.Mail(manager);
        Assert.Contains("- 61 % of sessions were held, 80 % are asked for", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("- held", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_review_that_fell_due_is_told_to_the_managers_each_time_it_does()
    {
        var scene = await notifications.Scene();
        var manager = await scene.Manager();

        await scene.Tell(new ReviewFellDue(scene.ProgrammeId, 7, new DateOnly(2026, 7, 13)));
        Assert.Contains("was to be reviewed by", (await scene.Mail(manager)).Text, StringComparison.Ordinal);
        // The programme itself has not changed since, and the same day is told once.
        await scene.Tell(new ReviewFellDue(scene.ProgrammeId, 7, new DateOnly(2026, 7, 13)));
        await scene.Tell(new ReviewFellDue(scene.ProgrammeId, 7, new DateOnly(2027, 1, 13)));
        await scene.Arrived(async db => await db.Items.CountAsync(item => item.PersonId == manager && item.Kind == "review-due") == 2);
    }

    [Fact]
    public async Task The_mentors_forum_is_called_by_the_managers_and_known_to_the_mentors()
    {
        var scene = await notifications.Scene();
        var manager = await scene.Manager();
        var ada = await scene.Person("Ada");

        await scene.Tell(new ForumFellDue(scene.ProgrammeId, 7, "Mentors' forum", new DateOnly(2026, 4, 13), [ada]));

        Assert.Contains("Please name a time", (await scene.Mail(manager)).Text, StringComparison.Ordinal);
        Assert.Contains("What your pair has agreed not to share stays there", (await scene.Mail(ada)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_who_is_ready_is_welcomed_once()
    {
        var scene = await notifications.Scene();
        var ada = await scene.Person("Ada");
        var enrolment = Guid.CreateVersion7();

        await scene.Tell(new ParticipantReady(enrolment, 1, scene.ProgrammeId, ada, Side.Mentor));
        await scene.Letter(ada, "welcome");
        await scene.Tell(new ParticipantReady(enrolment, 4, scene.ProgrammeId, ada, Side.Mentor));
        var alan = await scene.Person("Alan");
        await scene.Tell(new ParticipantReady(Guid.CreateVersion7(), 1, scene.ProgrammeId, alan, Side.Mentee));
        await scene.Letter(alan, "welcome");

        Assert.Contains("you share what you know", (await scene.Mail(ada)).Text, StringComparison.Ordinal);
        Assert.Single(await scene.Inbox(ada));
    }

    private static async Task<Guid> Enrol(Scene scene, Guid person, Side side)
    {
        var enrolment = Guid.CreateVersion7();
        await scene.Tell(new ParticipantChanged(enrolment, 1, scene.ProgrammeId, person, side, true, true, null, Snapshot));
        await scene.Arrived(db => db.Participants.AnyAsync(p => p.Id == enrolment));
        return enrolment;
    }
}
