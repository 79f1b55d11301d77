using Mentoring.Contracts.Scheduling;

namespace Mentoring.Notifications.Tests.Sessions;

public sealed class AskingWhetherASessionTookPlace(NotificationsService notifications)
{
    [Fact]
    public async Task The_mentee_is_asked_once_and_the_mentor_never()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        var session = scene.Booked(pair);
        await scene.Tell(session);
        await scene.Letter(pair.Mentee, "session-booked");
        var question = new SessionUnconfirmed(session.SessionId, session.Version, session.PartnershipId, session.ProgrammeId, pair.Mentor, pair.Mentee,
            session.StartsAt, session.StartsAt.AddDays(4));

        await scene.Tell(question);
        await scene.Tell(question);
        await scene.Letter(pair.Mentee, "session-unconfirmed");

        Assert.Equal(1L, await notifications.AsOwner<long>($"select count(*) from inbox_items where kind = 'session-unconfirmed' and about_id = '{session.SessionId}'"));
    }
}
