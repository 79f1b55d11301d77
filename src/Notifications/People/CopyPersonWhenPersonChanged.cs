using MassTransit;
using Mentoring.Contracts.Participants;

namespace Mentoring.Notifications.People;

/// <summary>Guests come the same way: the host's Participants publishes them as people of the host.</summary>
public sealed class CopyPersonWhenPersonChanged(NotificationsDb db, Messaging.Inbox inbox) : IConsumer<PersonChanged>
{
    public async Task Consume(ConsumeContext<PersonChanged> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        if (!await inbox.IsNewest("person", fact.PersonId, fact.Version, ct))
            return;
        if (await db.People.FindAsync([db.Unit.UnitId, fact.PersonId], ct) is not { } person)
        {
            person = new Person { Id = fact.PersonId, Name = fact.Name, TimeZone = fact.TimeZone, Languages = [] };
            db.Add(person);
        }
        person.Name = fact.Name;
        person.Email = fact.Email;
        person.TimeZone = fact.TimeZone;
        person.Languages = [.. fact.Languages];
        person.ManagerId = fact.Chain.Count > 0 ? fact.Chain[0] : null;
        await db.SaveChangesAsync(ct);
    }
}
