using MassTransit;
using Mentoring.Contracts.Participants;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Notifications.People;

/// <summary>Nothing more goes to someone who has left, what is queued included.</summary>
public sealed class ForgetPersonWhenPersonLeft(NotificationsDb db, Messaging.Inbox inbox) : IConsumer<PersonLeft>
{
    public async Task Consume(ConsumeContext<PersonLeft> context)
    {
        var (id, ct) = (context.Message.PersonId, context.CancellationToken);
        await inbox.Bury("person", id, ct);
        await inbox.Bury("reporting-line", id, ct);
        if (await db.People.FindAsync([db.Unit.UnitId, id], ct) is { } person)
            person.Forget();
        else
            db.Add(Person.Tombstone(id));
        await db.Deliveries.Where(d => d.PersonId == id).ExecuteDeleteAsync(ct);
        await db.ProgrammeRoles.Where(r => r.PersonId == id).ExecuteDeleteAsync(ct);
        await db.Participants.Where(p => p.PersonId == id).ExecuteDeleteAsync(ct);
        await db.SaveChangesAsync(ct);
    }
}
