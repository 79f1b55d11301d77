using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Calendars;

/// <summary>Changes of a feed wait for one another by its row, and lock it before they read.</summary>
internal static class Feeds
{
    /// <summary>Held until the transaction ends; null where it is no more.</summary>
    public static Task<CalendarFeed?> Lock(this SchedulingDb db, Guid id, CancellationToken ct) =>
        db.CalendarFeeds.FromSql($"select * from calendar_feeds where unit_id = {db.Unit.UnitId} and id = {id} for update").SingleOrDefaultAsync(ct);

    /// <summary>The calendar of somebody's account; null where it is not connected.</summary>
    /// <inheritdoc cref="Lock"/>
    public static Task<CalendarFeed?> LockAccount(this SchedulingDb db, Guid personId, CancellationToken ct) => db.CalendarFeeds
        .FromSql($"select * from calendar_feeds where unit_id = {db.Unit.UnitId} and person_id = {personId} and account is not null for update").SingleOrDefaultAsync(ct);

    /// <summary>Takes everything that was read from it along, and the sessions to come out of it. Its row is locked.</summary>
    public static async Task Remove(this SchedulingDb db, CalendarFeed feed, Timers timers, DateTimeOffset now, CancellationToken ct)
    {
        await timers.Clear(ReadCalendar.Name, feed.Id.ToString(), ct);
        await db.Rotas.Where(rota => rota.PersonId == feed.PersonId && rota.SourceId == feed.Id).ExecuteDeleteAsync(ct);
        if (feed.Account is not null)
            await db.TakeOut(feed.PersonId, timers, now, ct);
        db.CalendarFeeds.Remove(feed);
    }

    /// <summary>All of somebody's calendars, and every rota. In a transaction of the caller's, and part of the next save.</summary>
    public static async Task ForgetCalendars(this SchedulingDb db, Guid personId, Timers timers, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var feed in await db.CalendarFeeds
            .FromSql($"select * from calendar_feeds where unit_id = {db.Unit.UnitId} and person_id = {personId} order by id for update").ToListAsync(ct))
            await db.Remove(feed, timers, now, ct);
        await db.Rotas.Where(rota => rota.PersonId == personId).ExecuteDeleteAsync(ct);
    }

    /// <summary>With what has come of the sessions to come, where it is an account's.</summary>
    public static async Task<CalendarView> Show(this SchedulingDb db, CalendarFeed feed, DateTimeOffset now, CancellationToken ct)
    {
        if (feed.Account is null)
            return CalendarView.Of(feed);
        var entries = await db.CalendarEntries.AsNoTracking()
            .Where(entry => entry.PersonId == feed.PersonId && db.Sessions.Any(session => session.Id == entry.SessionId && session.StartsAt > now))
            .OrderBy(entry => entry.FailingSince).ToListAsync(ct);
        var (givenUp, failing) = (entries.Count(entry => entry.GivenUp), entries.FindLast(entry => entry.Problem is not null));
        var entered = entries.Count(entry => entry is { StartsAt: not null, Problem: null, IsLeaving: false });
        return CalendarView.Of(feed, new AccountView(
            feed.Account,
            entered,
            entries.Count - entered - givenUp,
            givenUp,
            failing is { Problem: { } problem, FailingSince: { } since } ? new Trouble(problem, problem.InWordsOfAccount(), since) : null));
    }

    private static async Task TakeOut(this SchedulingDb db, Guid personId, Timers timers, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var entry in await db.CalendarEntries
            .Where(entry => entry.PersonId == personId && !entry.IsLeaving && db.Sessions.Any(session => session.Id == entry.SessionId && session.StartsAt > now))
            .OrderBy(entry => entry.SessionId).ToListAsync(ct))
        {
            entry.IsLeaving = true;
            await timers.Set(KeepEntry.Name, KeepEntry.Key(entry.SessionId, personId, "leaving"), now, ct: ct);
        }
    }
}
