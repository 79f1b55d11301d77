using Mentoring.Contracts.Participants;
using Mentoring.Testing;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Notifications.Tests.People;

public sealed class ForgettingPeople(NotificationsService notifications)
{
    [Fact]
    public async Task Somebody_who_has_left_is_told_nothing_more_and_no_late_fact_revives_them()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        await scene.Tell(new PersonLeft(pair.Mentor, 2));
        await scene.Arrived(db => db.People.AnyAsync(p => p.Id == pair.Mentor && p.Gone && p.Email == null && p.Name == ""));

        await scene.Tell(new PersonChanged(pair.Mentor, 7, "Ada Lovelace", Scene.MailOf(pair.Mentor), "Europe/Berlin", ["en"], CareerStage.Early, "Sales", null, null, []));
        await scene.Tell(scene.Booked(pair));

        Assert.Contains("someone who has left", (await scene.Mail(pair.Mentee)).Subject, StringComparison.Ordinal);
        await scene.Person("Somebody after it");
        Assert.Empty(await scene.Inbox(pair.Mentor));
        await scene.Mails(pair.Mentor, 0);
        Assert.True(await notifications.In(scene.Unit, db => db.People.AnyAsync(p => p.Id == pair.Mentor && p.Gone)));
    }

    [Fact]
    public async Task Of_somebody_erased_nothing_remains_but_the_id()
    {
        var scene = await notifications.Scene();
        var pair = await scene.Pair();
        await scene.Tell(scene.Booked(pair));
        await scene.Mail(pair.Mentor);
        await scene.Mail(pair.Mentee);

        await scene.Tell(new PersonErased(pair.Mentor, 2));

        await scene.Arrived(db => db.People.AnyAsync(p => p.Id == pair.Mentor && p.Gone));
        Assert.Empty(await scene.Inbox(pair.Mentor));
        // What the other was told names the one erased.
        Assert.Empty(await scene.Inbox(pair.Mentee));
        Assert.Equal(0, await notifications.In(scene.Unit, db => db.Deliveries.CountAsync()));
        Assert.Equal(1, await notifications.In(scene.Unit, db => db.Counters.CountAsync()));
        // Of the person's own row the id alone is left.
        await Eventually.Holds(async () => Assert.Empty((await notifications.TracesOf(pair.Mentor.ToString())).Except(["platform.versions", "public.people"])));
        var kept = await notifications.In(scene.Unit, db => db.People.AsNoTracking().SingleAsync(p => p.Id == pair.Mentor));
        Assert.Equal(("", null, null), (kept.Name, kept.Email, kept.ManagerId));
    }

    [Fact]
    public async Task An_older_fact_does_not_overwrite_a_newer_one()
    {
        var scene = await notifications.Scene();
        var person = Guid.CreateVersion7();

        await scene.Tell(Named("Ada King", 2));
        await scene.Arrived(db => db.People.AnyAsync(p => p.Id == person));
        await scene.Tell(Named("Ada Byron", 1));
        await scene.Person("Somebody after it");

        Assert.Equal("Ada King", await notifications.In(scene.Unit, db => db.People.Where(p => p.Id == person).Select(p => p.Name).SingleAsync()));

        PersonChanged Named(string name, long version) => new(person, version, name, null, "Europe/London", ["en"], CareerStage.Early, "Sales", null, null, []);
    }
}
