using Mentoring.Contracts.Scheduling;

namespace Mentoring.Notifications.Tests.Pairs;

public sealed class TellingThatNotesWereOpened(NotificationsService notifications)
{
    [Fact]
    public async Task Both_are_told_each_time_and_nobody_else_is()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        var manager = await scene.Manager("Grace Hopper");
        var partnership = Guid.CreateVersion7();
        var opened = notifications.Clock.GetUtcNow();
        var first = new PairNotesOpened(Guid.CreateVersion7(), 2, partnership, scene.ProgrammeId, pair.Mentor, pair.Mentee, "safety", opened, opened.AddDays(3));
        var second = first with { GlassId = Guid.CreateVersion7(), Cause = "law" };

        await scene.Tell(first);
        await scene.Tell(first);

        var mail = await scene.Mail(pair.Mentor);
        Assert.Contains("somebody's safety may be at risk", mail.Text, StringComparison.Ordinal);
        Assert.Contains("Charles Babbage has received the same message", mail.Text, StringComparison.Ordinal);
        await scene.Settled();
        Assert.Single(await scene.Inbox(pair.Mentee));

        await scene.Tell(second);
        await scene.Settled();
        foreach (var one in new[] { pair.Mentor, pair.Mentee })
            Assert.Equal(2, (await scene.Inbox(one)).Count);
        Assert.Empty(await scene.Inbox(manager));
    }
}
