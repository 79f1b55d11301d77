using Mentoring.Contracts.Participants;
using Mentoring.Contracts.Scheduling;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Notifications.Tests.Alarms;

public sealed class RaisingTheAlarm(NotificationsService notifications)
{
    [Fact]
    public async Task The_mentee_alone_gets_a_private_word_with_three_times_on_the_own_clock()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        var manager = await scene.Manager();

        await scene.Tell(scene.Momentum(pair, AlarmStep.Mentee));

        var mail = await scene.Mail(pair.Mentee);
        Assert.Contains("This reminder is automatic. It does not come from Ada Lovelace", mail.Text, StringComparison.Ordinal);
        Assert.Equal(3, mail.Text.Split('\n').Count(line => line.StartsWith("- ", StringComparison.Ordinal) && line.Contains("10:00 (America/New_York)", StringComparison.Ordinal)));
        await scene.Settled();
        Assert.Empty(await scene.Inbox(pair.Mentor));
        Assert.Empty(await scene.Inbox(manager));
        Assert.Empty(await scene.Inbox(scene.SponsorId));
    }

    [Fact]
    public async Task Every_programme_manager_learns_which_pair_and_why_but_never_the_mentors_manager()
    {
        var scene = await notifications.Scene();
        var (first, second) = (await scene.Manager("Grace Hopper"), await scene.Manager("Edith Clarke"));
        var boss = await scene.Manager("The Boss");
        var pair = (Mentor: await scene.Person("Ada Lovelace", manager: boss), Mentee: await scene.Person("Charles Babbage"));

        await scene.Tell(scene.Momentum(pair, AlarmStep.ProgrammeManager));

        foreach (var manager in new[] { first, second })
        {
            var mail = await scene.Mail(manager);
            Assert.Contains("Ada Lovelace (mentor) and Charles Babbage (mentee)", mail.Text, StringComparison.Ordinal);
            Assert.Contains("- two conversations in a row were cancelled on the senior side", mail.Text, StringComparison.Ordinal);
        }
        await scene.Settled();
        Assert.Empty(await scene.Inbox(boss));
        Assert.Empty(await scene.Inbox(pair.Mentor));
        Assert.Empty(await scene.Inbox(pair.Mentee));
    }

    [Fact]
    public async Task Without_a_common_time_the_managers_get_words_of_their_own_once_and_the_two_get_none()
    {
        var scene = await notifications.Scene();
        var manager = await scene.Manager();
        var german = await scene.Person("Konrad Zuse", language: "de");
        await scene.Tell(new MembershipChanged(Guid.CreateVersion7(), 1, german, [], [], [new ProgrammeRole(scene.ProgrammeId, "programme-manager")], false));
        await scene.Arrived(db => db.ProgrammeRoles.AnyAsync(r => r.PersonId == german));
        var boss = await scene.Manager("The Boss");
        var pair = (Mentor: await scene.Person("Ada Lovelace", manager: boss), Mentee: await scene.Person("Charles Babbage"));
        var fact = scene.Momentum(pair, AlarmStep.ProgrammeManager) with { NoCommonTime = true };

        await scene.Tell(fact);
        await scene.Tell(fact);

        var mail = await scene.Mail(manager);
        Assert.Equal("A pair in How our customers use AI finds no time in common", mail.Subject);
        Assert.Contains("Ada Lovelace (mentor) and Charles Babbage (mentee)", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("reminded", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("two conversations in a row", mail.Text, StringComparison.Ordinal);
        Assert.StartsWith("Ein Paar in How our customers use AI findet keine gemeinsame Zeit", (await scene.Mail(german)).Subject, StringComparison.Ordinal);
        await scene.Settled();
        Assert.Equal("no-common-time", Assert.Single(await scene.Inbox(manager)).Kind);
        foreach (var other in new[] { boss, pair.Mentor, pair.Mentee })
            Assert.Empty(await scene.Inbox(other));
    }

    [Fact]
    public async Task The_sponsor_gets_a_count_that_grows_and_nothing_that_leads_to_a_pair()
    {
        var scene = await notifications.Scene();
        await scene.Person("The Chief", id: scene.SponsorId);
        var (one, two) = (await scene.Pair(), await scene.Pair("Alan Turing", "Joan Clarke"));
        await scene.Tell(scene.Momentum(one, AlarmStep.Sponsor));
        await scene.Letter(scene.SponsorId, "alarm-sponsor");

        await scene.Tell(scene.Momentum(two, AlarmStep.Sponsor));

        var mails = await scene.Mails(scene.SponsorId, 2);
        Assert.Equal(["How our customers use AI: 2 pairs have stopped meeting", "How our customers use AI: one pair has stopped meeting"], mails.Select(mail => mail.Subject).Order());
        Assert.All(mails, mail => Assert.All(["Ada", "Charles", "Alan", "Joan"], name => Assert.DoesNotContain(name, mail.Text + mail.Html, StringComparison.Ordinal)));
        Assert.All(await scene.Inbox(scene.SponsorId), letter => Assert.Equal(("programme", scene.ProgrammeId), (letter.About.Kind, letter.About.Id)));
    }

    [Fact]
    public async Task Where_the_sponsor_is_the_mentee_the_deputy_gets_the_count()
    {
        var scene = await notifications.Scene();
        var chief = await scene.Person("The Chief", id: scene.SponsorId);
        await scene.Person("The Deputy", id: scene.DeputyId);
        var mentor = await scene.Person("Ada Lovelace");

        await scene.Tell(scene.Momentum((mentor, chief), AlarmStep.Sponsor));

        Assert.Contains("one pair has stopped meeting", (await scene.Mail(scene.DeputyId)).Subject, StringComparison.Ordinal);
        await scene.Settled();
        Assert.Empty(await scene.Inbox(chief));
    }

    /// <summary>Facts come round in any order; a later one that tells nobody must not swallow the step before it.</summary>
    [Theory]
    [InlineData(AlarmStep.Mentee, 1)]
    [InlineData(null, 0)]
    public async Task A_step_is_told_after_a_later_fact_as_long_as_its_alarm_stands(AlarmStep? standing, int told)
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        var partnership = Guid.CreateVersion7();
        await scene.Tell(scene.Momentum(pair, step: null, version: 6, partnership) with { Standing = standing });
        await scene.Arrived(async db => await db.Database.SqlQuery<long>($"""select version as "Value" from platform.versions where kind = 'momentum' and id = {partnership}""").AnyAsync());

        var late = scene.Momentum(pair, AlarmStep.Mentee, version: 5, partnership) with { Standing = AlarmStep.Mentee };
        await scene.Tell(late);
        await scene.Tell(late);
        var another = await scene.Pair("Alan Turing", "Joan Clarke");
        await scene.Tell(scene.Momentum(another, AlarmStep.Mentee));

        await scene.Letter(another.Mentee, "alarm-mentee");
        await scene.Settled();
        Assert.Equal(told, (await scene.Inbox(pair.Mentee)).Count(letter => letter.Kind == "alarm-mentee"));
        var reached = await notifications.In(scene.Unit, db => db.Alarms.AsNoTracking().Where(alarm => alarm.PartnershipId == partnership).Select(alarm => alarm.Reached).SingleAsync());
        Assert.Equal(standing, reached);
    }

    [Fact]
    public async Task A_pair_that_has_ended_raises_no_alarm()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        var partnership = Guid.CreateVersion7();
        await scene.Tell(new PartnershipEnded(partnership, 9, scene.ProgrammeId, pair.Mentor, pair.Mentee, Early: true));
        await scene.Arrived(async db => await db.Database.SqlQuery<long>($"""select version as "Value" from platform.versions where kind = 'momentum' and id = {partnership}""").AnyAsync());

        await scene.Tell(scene.Momentum(pair, AlarmStep.Mentee, partnership: partnership));
        var another = await scene.Pair("Alan Turing", "Joan Clarke");
        await scene.Tell(scene.Momentum(another, AlarmStep.Mentee));

        await scene.Letter(another.Mentee, "alarm-mentee");
        await scene.Settled();
        // Only that it is over.
        Assert.Equal("pair-over", Assert.Single(await scene.Inbox(pair.Mentee)).Kind);
    }
}
