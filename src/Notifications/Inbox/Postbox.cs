using System.Diagnostics;
using Mentoring.Notifications.Deliveries;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Notifications.Inbox;

/// <summary>
/// Puts notices into inboxes and queues their mail, all in the caller's next save. Telling the same thing twice (same recipient, kind,
/// about and version) tells it once; someone who has left is told nothing. Call it once a transaction: it locks the recipients' counters in
/// the order of their ids, which keeps two reactions from waiting for one another.
/// </summary>
public sealed class Postbox(NotificationsDb db, TimeProvider clock)
{
    /// <param name="aboutId">The aggregate it is about.</param>
    /// <param name="version">Of the fact; a constant where a thing is told once whatever its version.</param>
    /// <param name="notices">To whom, and what; all of one kind.</param>
    /// <param name="ct">Cancels the statements.</param>
    public async Task Put(Guid aboutId, long version, IReadOnlyCollection<(Guid To, Notice Notice)> notices, CancellationToken ct)
    {
        if (notices.Count == 0)
            return;
        var kind = NoticeKind.Of(notices.First().Notice);
        var to = notices.Select(notice => notice.To).Distinct().ToArray();
        var gone = await db.People.Where(p => to.Contains(p.Id) && p.Gone).Select(p => p.Id).ToListAsync(ct);
        to = [.. to.Except(gone)];

        // Numbers first: their rows stay locked, so nobody else can be telling these people the same thing while this looks.
        var numbers = await Numbers(to, ct);
        var told = await db.Items
            .Where(i => to.Contains(i.PersonId) && i.Kind == kind.Name && i.AboutId == aboutId && i.Version == version)
            .Select(i => i.PersonId)
            .ToListAsync(ct);
        var now = clock.GetUtcNow();
        foreach (var (person, notice) in notices.DistinctBy(notice => notice.To).Where(notice => numbers.ContainsKey(notice.To) && !told.Contains(notice.To)))
        {
            var item = new InboxItem
            {
                Id = Guid.CreateVersion7(now),
                PersonId = person,
                Number = numbers[person],
                Kind = kind.Name,
                AboutId = aboutId,
                Version = version,
                Notice = kind.Write(notice),
                Named = [.. notice.Named().Distinct()],
                CreatedAt = now,
            };
            db.Add(item);
            if (kind.ByMail)
                Queue(item);
        }
    }

    private void Queue(InboxItem item)
    {
        var delivery = new Delivery
        {
            Id = Guid.CreateVersion7(item.CreatedAt),
            ItemId = item.Id,
            PersonId = item.PersonId,
            Kind = item.Kind,
            CreatedAt = item.CreatedAt,
            TraceParent = Activity.Current?.Id,
        };
        db.Add(delivery);
        db.Add(DeliveryJob.For(delivery, db.Unit.UnitId, dueAt: item.CreatedAt));
    }

    private sealed record Counter(Guid PersonId, long Last);

    private async Task<Dictionary<Guid, long>> Numbers(Guid[] people, CancellationToken ct)
    {
        var unit = db.Unit.UnitId;
        return await db.Database.SqlQuery<Counter>($"""
            insert into inbox_counters (unit_id, person_id, last)
            select {unit}, person, 1 from unnest({people}) as person order by person
            on conflict (unit_id, person_id) do update set last = inbox_counters.last + 1
            returning person_id as "PersonId", last as "Last"
            """).ToDictionaryAsync(counter => counter.PersonId, counter => counter.Last, ct);
    }
}
