using Mentoring.Contracts.Participants;

namespace Mentoring.Notifications.Tests.Circle;

public sealed class TellingTheCircle(NotificationsService notifications)
{
    private static readonly DateTimeOffset s_at = new(2026, 1, 20, 13, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Each_member_is_invited_alone_and_a_cancellation_takes_it_back()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        var members = new[] { await scene.Person("Grace Hopper"), await scene.Person("Mary Somerville") };
        var called = Meeting(scene, 1, cancelled: false, members);

        await scene.Tell(called);
        await scene.Tell(called);

        var mail = await scene.Mail(members[0]);
        Assert.Equal("Mentors' forum", mail.Subject);
        Assert.Contains("60 minutes: Canteen, table 4", mail.Text, StringComparison.Ordinal);
        Assert.Equal("REQUEST", mail.Calendar!.Type.Parameters["method"]);
        Assert.Contains("DTSTART:20260120T130000Z\r\n", mail.Calendar.Content, StringComparison.Ordinal);
        Assert.DoesNotContain(Scene.MailOf(members[1]), mail.Calendar.Content, StringComparison.Ordinal);
        Assert.DoesNotContain("Mary", mail.Text, StringComparison.Ordinal);
        await scene.Letter(members[1], "circle-meeting");
        await scene.Tell(Meeting(scene, 2, cancelled: true, members) with { MeetingId = called.MeetingId });
        await scene.Settled();

        Assert.Equal(["Cancelled: Mentors' forum", "Mentors' forum"], (await scene.Inbox(members[0])).Select(letter => letter.Title));
        Assert.Empty(await scene.Inbox(pair.Mentee));
    }

    [Fact]
    public async Task What_a_later_change_has_overtaken_is_not_told()
    {
        var scene = await notifications.Scene();
        var member = await scene.Person("Grace Hopper");
        var moved = Meeting(scene, 2, cancelled: false, member);
        await scene.Tell(moved);
        await scene.Letter(member, "circle-meeting");

        await scene.Tell(moved with { Version = 1, StartsAt = s_at.AddDays(-1), EndsAt = s_at.AddDays(-1).AddHours(1) });
        await scene.Settled();

        Assert.Equal("Changed: Mentors' forum", Assert.Single(await scene.Inbox(member)).Title);
    }

    [Fact]
    public async Task The_new_mentor_hears_who_keeps_them_company_once()
    {
        var scene = await notifications.Scene();
        var (mentor, alumnus) = (await scene.Person("Grace Hopper"), await scene.Person("Mary Somerville"));
        var begun = new AccompanimentBegun(Guid.CreateVersion7(), 2, scene.ProgrammeId, mentor, alumnus);

        await scene.Tell(begun);
        await scene.Tell(begun);
        await scene.Letter(mentor, "circle-company");
        await scene.Settled();

        Assert.Equal("Mary Somerville will keep you company", Assert.Single(await scene.Inbox(mentor)).Title);
        Assert.Empty(await scene.Inbox(alumnus));
    }

    private static CircleMeetingArranged Meeting(Scene scene, long version, bool cancelled, params Guid[] members) =>
        new(Guid.CreateVersion7(), version, scene.ProgrammeId, "Mentors' forum", s_at, s_at.AddHours(1), "Canteen, table 4", cancelled, members);
}
