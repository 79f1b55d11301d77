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

        var below = await db.Database.SqlQuery<Guid>($"""
            with below as (
                update people set chain = array_remove(chain, {person.Id}), version = version + 1,
                    manager_id = case when manager_id = {person.Id} then {person.ManagerId} else manager_id end
                where {person.Id} = any (chain) and not gone
                returning id, known_elsewhere)
            select id as "Value" from below where known_elsewhere
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
