using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Sessions;

/// <summary>Takes the link back: it leads nowhere from then on.</summary>
public static class CloseFeed
{
    public static async Task<IResult> Handle(Caller caller, SchedulingDb db, CancellationToken ct)
    {
        var me = caller.PersonId;
        return await db.Feeds.Where(feed => feed.PersonId == me).ExecuteDeleteAsync(ct) == 1 ? Results.NoContent() : Problems.NotFound();
    }
}
