using MassTransit;
using Mentoring.Contracts.Participants;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Notifications.People;

/// <summary>
/// Everything of the person goes, and so does what others were told that names the person: a notice can quote a sentence with a name in
/// it. The tombstone keeps the id alone.
/// </summary>
public sealed class ErasePersonWhenPersonErased(NotificationsDb db, Messaging.Inbox inbox, Messaging.Traces traces) : IConsumer<PersonErased>
{
    public async Task Consume(ConsumeContext<PersonErased> context)
    {
        var (id, ct) = (context.Message.PersonId, context.CancellationToken);
        await inbox.Bury("person", id, ct);
        await inbox.Bury("reporting-line", id, ct);
        string[] words = [];
        if (await db.People.FindAsync([db.Unit.UnitId, id], ct) is { } person)
        {
            words = [person.Name, person.Email ?? ""];
            person.Forget();
        }
        else
        {
            db.Add(Person.Tombstone(id));
        }
        // Deliveries go with their items; the sender drops a job whose delivery is no more.
        await db.Items.Where(i => i.PersonId == id || i.Named.Contains(id)).ExecuteDeleteAsync(ct);
        await db.Counters.Where(c => c.PersonId == id).ExecuteDeleteAsync(ct);
        await db.Preferences.Where(p => p.PersonId == id).ExecuteDeleteAsync(ct);
        await db.Members.Where(m => m.PersonId == id).ExecuteDeleteAsync(ct);
        await db.ProgrammeRoles.Where(r => r.PersonId == id).ExecuteDeleteAsync(ct);
        await db.Participants.Where(p => p.PersonId == id).ExecuteDeleteAsync(ct);
        await db.People.Where(p => p.ManagerId == id).ExecuteUpdateAsync(set => set.SetProperty(p => p.ManagerId, (Guid?)null), ct);
        // A programme that goes on is told anew, with who stands in; a closed one is not.
        await db.Programmes.Where(p => p.SponsorId == id).ExecuteUpdateAsync(set => set.SetProperty(p => p.SponsorId, Guid.Empty), ct);
        await db.Programmes.Where(p => p.DeputyId == id).ExecuteUpdateAsync(set => set.SetProperty(p => p.DeputyId, (Guid?)null), ct);
        await db.Database.ExecuteSqlAsync($"update programmes set manager_ids = array_remove(manager_ids, {id}) where {id} = any (manager_ids)", ct);
        await db.SaveChangesAsync(ct);
        await traces.Erase(id, words, ct);
    }
}
