using System.Net;
using Mentoring.Contracts.Participants;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Notifications.Tests.Enrolment;

public sealed class InvitingAndBriefing(NotificationsService notifications)
{
    [Fact]
    public async Task An_invitation_leads_to_what_would_be_shared_and_comes_once()
    {
        var scene = await notifications.Scene();
        var person = await scene.Person("Ada Lovelace");
        var invited = new ParticipantInvited(scene.ProgrammeId, 1, "ai", person, Side.Mentor);

        await scene.Tell(invited);
        await scene.Tell(invited);

        var mail = await scene.Mail(person);
        Assert.Equal("An invitation: How our customers use AI", mail.Subject);
        Assert.Contains("https://mentoring.example.org/enrolments/preview?programme=ai&side=mentor", mail.Text, StringComparison.Ordinal);
        Assert.Contains("nobody is told", mail.Text, StringComparison.Ordinal);
        await scene.Settled();
        Assert.Single(await scene.Inbox(person));
    }

    [Fact]
    public async Task An_invitation_thrown_away_leaves_nothing()
    {
        var scene = await notifications.Scene();
        var (person, other) = (await scene.Person("Ada Lovelace"), await scene.Person("Charles Babbage"));
        await scene.Tell(new ParticipantInvited(scene.ProgrammeId, 1, "ai", person, Side.Mentee));
        var letter = await scene.Letter(person, "enrolment-invited");
        await scene.Mail(person);

        using var foreign = notifications.As(scene.Unit, other);
        using var refused = await foreign.PostAsync(scene.Unit.At($"inbox/{letter.Id}/forget"), content: null);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        using var own = notifications.As(scene.Unit, person);
        using var gone = await own.PostAsync(scene.Unit.At($"inbox/{letter.Id}/forget"), content: null);
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);

        Assert.Empty(await scene.Inbox(person));
        Assert.Equal(0, await notifications.In(scene.Unit, db => db.Items.CountAsync(item => item.PersonId == person)));
        Assert.Equal(0, await notifications.In(scene.Unit, db => db.Deliveries.CountAsync(delivery => delivery.PersonId == person)));
        using var again = await own.PostAsync(scene.Unit.At($"inbox/{letter.Id}/forget"), content: null);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task Whoever_would_be_a_guest_is_asked_by_mail_though_no_programme_is_known()
    {
        var scene = await notifications.Scene();
        var person = await scene.Person("Ada Lovelace");

        await scene.Tell(new GuestAsked(Guid.CreateVersion7(), 1, person, "City University"));

        var mail = await scene.Mail(person);
        Assert.Equal("Would you be a guest at City University?", mail.Subject);
        Assert.Contains("https://mentoring.example.org/guests/mine", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_line_manager_is_told_the_time_once_and_nothing_else()
    {
        var scene = await notifications.Scene();
        var (person, manager) = (await scene.Person("Ada Lovelace"), await scene.Person("Grace Hopper"));
        var briefed = new ManagerBriefed(Guid.CreateVersion7(), 1, scene.ProgrammeId, person, manager, 60, 35, 6);

        await scene.Tell(briefed);
        await scene.Tell(briefed);

        var mail = await scene.Mail(manager);
        Assert.Equal("Ada Lovelace takes part in How our customers use AI: the time it takes", mail.Subject);
        Assert.Contains("some 60 minutes a month for conversations, for 6 months", mail.Text, StringComparison.Ordinal);
        Assert.Contains("35 minutes once", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("mentee", mail.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("as a mentor", mail.Text, StringComparison.OrdinalIgnoreCase);
        await scene.Settled();
        Assert.Single(await scene.Inbox(manager));
        Assert.Empty(await scene.Inbox(person));
    }
}
