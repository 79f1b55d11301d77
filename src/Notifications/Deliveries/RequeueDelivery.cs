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
        db.Add(DeliveryJob.For(delivery, db.Unit.UnitId, clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
