using MassTransit;
using Mentoring.Contracts.Participants;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Notifications.People;

/// <summary>
/// Everything of the person goes, and so does what others were told that names the person: a notice can quote a sentence with a name in
/// it. The tombstone keeps the id alone.
/// </summary>
public sealed class ErasePersonWhenPersonErased(NotificationsDb db, Messaging.Inbox inbox) : IConsumer<PersonErased>
{
    public async Task Consume(ConsumeContext<PersonErased> context)
    {
        var (id, ct) = (context.Message.PersonId, context.CancellationToken);
        await inbox.Bury("person", id, ct);
        await inbox.Bury("reporting-line", id, ct);
        if (await db.People.FindAsync([db.Unit.UnitId, id], ct) is { } person)
            person.Forget();
        else
            db.Add(Person.Tombstone(id));
        // Deliveries go with their items; the sender drops a job whose delivery is no more.
        await db.Items.Where(i => i.PersonId == id || i.Named.Contains(id)).ExecuteDeleteAsync(ct);
        await db.Counters.Where(c => c.PersonId == id).ExecuteDeleteAsync(ct);
        await db.Preferences.Where(p => p.PersonId == id).ExecuteDeleteAsync(ct);
        await db.Members.Where(m => m.PersonId == id).ExecuteDeleteAsync(ct);
        await db.ProgrammeRoles.Where(r => r.PersonId == id).ExecuteDeleteAsync(ct);
        await db.Participants.Where(p => p.PersonId == id).ExecuteDeleteAsync(ct);
        await db.SaveChangesAsync(ct);
    }
}
