using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Notifications.Deliveries;

/// <summary>Tries a delivery again that has failed, once its cause is mended.</summary>
public static class RequeueDelivery
{
    public static async Task<IResult> Handle(Guid id, NotificationsDb db, TimeProvider clock, CancellationToken ct)
    {
        if (await db.Deliveries.SingleOrDefaultAsync(d => d.Id == id, ct) is not { } delivery)
            return Problems.NotFound();
        if (!delivery.Requeue())
            return Problems.Of(StatusCodes.Status409Conflict, "delivery-not-failed", "Only a delivery that has failed can be queued again.");
        await using var change = await Atomically.Begin(db, ct);
        // The job it failed in is held by its batch until all of that is sent: this waits for it.
        await db.Database.ExecuteSqlAsync($"""
            insert into platform.delivery_jobs (delivery_id, unit_id, due_at) values ({id}, {db.Unit.UnitId}, {clock.GetUtcNow()})
            on conflict (delivery_id) do update set due_at = excluded.due_at
            """, ct);
        await db.SaveChangesAsync(ct);
        await change.Commit(ct);
        return TypedResults.NoContent();
    }
}
