using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Calendars;

/// <summary>One's own calendars, in the order in which they were added.</summary>
public static class ReadCalendars
{
    public static async Task<IResult> Mine(Caller caller, SchedulingDb db, TimeProvider clock, CancellationToken ct) =>
        Results.Ok(Page.Of<CalendarView>(await Of(caller.PersonId, db, clock.GetUtcNow(), ct), next: null));

    public static async Task<IResult> One(Guid id, Caller caller, SchedulingDb db, TimeProvider clock, CancellationToken ct) =>
        await db.CalendarFeeds.AsNoTracking().SingleOrDefaultAsync(feed => feed.Id == id && feed.PersonId == caller.PersonId, ct) is { } feed
            ? Results.Ok(await db.Show(feed, clock.GetUtcNow(), ct))
            : Problems.NotFound();

    internal static async Task<List<CalendarView>> Of(Guid personId, SchedulingDb db, DateTimeOffset now, CancellationToken ct)
    {
        var views = new List<CalendarView>();
        foreach (var feed in await db.CalendarFeeds.AsNoTracking().Where(feed => feed.PersonId == personId).OrderBy(feed => feed.AddedAt).ThenBy(feed => feed.Id).ToListAsync(ct))
            views.Add(await db.Show(feed, now, ct));
        return views;
    }
}
