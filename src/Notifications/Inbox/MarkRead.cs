using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Notifications.Inbox;

/// <summary>Says that one has read it; saying so again changes nothing.</summary>
public static class MarkRead
{
    public static async Task<IResult> Handle(Guid id, Caller caller, NotificationsDb db, TimeProvider clock, CancellationToken ct)
    {
        var me = caller.PersonId;
        if (await db.Items.SingleOrDefaultAsync(i => i.Id == id && i.PersonId == me, ct) is not { } item)
            return Problems.NotFound();
        item.ReadAt ??= clock.GetUtcNow();
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
