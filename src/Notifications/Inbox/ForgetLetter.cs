using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Notifications.Inbox;

/// <summary>One throws a letter away, such as an invitation one does not take up: it goes, and so does what is still to be sent of it.</summary>
public static class ForgetLetter
{
    public static async Task<IResult> Handle(Guid id, Caller caller, NotificationsDb db, CancellationToken ct)
    {
        var me = caller.PersonId;
        return await db.Items.Where(i => i.Id == id && i.PersonId == me).ExecuteDeleteAsync(ct) == 1 ? TypedResults.NoContent() : Problems.NotFound();
    }
}
