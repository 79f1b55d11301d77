using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Participants.Enrolment;
using Mentoring.Participants.Units;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.People;

/// <summary>
/// Somebody leaves: no way in any more, and whoever reported to them reports to their manager, until the next import says otherwise.
/// Saves; the caller has a transaction open or does nothing else.
/// </summary>
public static class PersonLeaves
{
    public static async Task On(DateOnly day, Person person, ParticipantsDb db, Outbox outbox, DateTimeOffset now, CancellationToken ct)
    {
        if (person.Leave(day) is not { } left)
            return;
        await using var change = await Atomically.Begin(db, ct);
        await ReportingLineLock.Take(db, ct);
        if (person.KnownElsewhere)
            outbox.Publish(left);
        await EndMembership.Of(db, outbox, [person.Id], ct);
        await db.SaveChangesAsync(ct);
        await Withdraw.WhoeverWaits([person.Id], db, now, ct);

        // Down by managers, as an index finds them; locked in the order in which others lock people.
        var below = await db.Database.SqlQuery<Guid>($"""
            with recursive below (id) as (
                select id from people where manager_id = {person.Id} and not gone
                union all
                select p.id from people p join below b on p.manager_id = b.id where not p.gone),
            held as (select id from people where id in (select id from below) order by id for no key update),
            moved as (
                update people p set chain = array_remove(p.chain, {person.Id}), version = version + 1,
                    manager_id = case when p.manager_id = {person.Id} then {person.ManagerId} else p.manager_id end
                from held where p.id = held.id
                returning p.id, p.known_elsewhere)
            select id as "Value" from moved where known_elsewhere
            """).ToListAsync(ct);
        foreach (var report in await db.People.AsNoTracking().Where(p => below.Contains(p.Id)).ToListAsync(ct))
        {
            outbox.Publish(report.ToFact());
            outbox.Publish(new ReportingLineChanged(report.Id, report.Version, report.Chain));
        }
        await db.SaveChangesAsync(ct);
        await change.Commit(ct);
    }
}
