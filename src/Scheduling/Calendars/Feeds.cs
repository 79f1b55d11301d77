using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Calendars;

/// <summary>Changes of a feed wait for one another by its row, and lock it before they read.</summary>
internal static class Feeds
{
    /// <summary>Held until the transaction ends; null where it is no more.</summary>
    public static Task<CalendarFeed?> Lock(this SchedulingDb db, Guid id, CancellationToken ct) =>
        db.CalendarFeeds.FromSql($"select * from calendar_feeds where unit_id = {db.Unit.UnitId} and id = {id} for update").SingleOrDefaultAsync(ct);

    /// <summary>Takes everything that was read from it along. Its row is locked.</summary>
    public static async Task Remove(this SchedulingDb db, CalendarFeed feed, Timers timers, CancellationToken ct)
    {
        await timers.Clear(ReadCalendar.Name, feed.Id.ToString(), ct);
        await db.Rotas.Where(rota => rota.PersonId == feed.PersonId && rota.SourceId == feed.Id).ExecuteDeleteAsync(ct);
        db.CalendarFeeds.Remove(feed);
    }

    /// <summary>All of somebody's calendars, and every rota. In a transaction of the caller's, and part of the next save.</summary>
    public static async Task ForgetCalendars(this SchedulingDb db, Guid personId, Timers timers, CancellationToken ct)
    {
        foreach (var feed in await db.CalendarFeeds
            .FromSql($"select * from calendar_feeds where unit_id = {db.Unit.UnitId} and person_id = {personId} order by id for update").ToListAsync(ct))
            await db.Remove(feed, timers, ct);
        await db.Rotas.Where(rota => rota.PersonId == personId).ExecuteDeleteAsync(ct);
    }
}
