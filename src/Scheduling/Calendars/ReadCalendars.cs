using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Calendars;

/// <summary>One's own calendars, in the order in which they were added.</summary>
public static class ReadCalendars
{
    public static async Task<IResult> Mine(Caller caller, SchedulingDb db, CancellationToken ct) => Results.Ok(Page.Of<CalendarView>(await Of(caller.PersonId, db, ct), next: null));

    public static async Task<IResult> One(Guid id, Caller caller, SchedulingDb db, CancellationToken ct) =>
        await db.CalendarFeeds.AsNoTracking().SingleOrDefaultAsync(feed => feed.Id == id && feed.PersonId == caller.PersonId, ct) is { } feed
            ? Results.Ok(CalendarView.Of(feed))
            : Problems.NotFound();

    internal static async Task<List<CalendarView>> Of(Guid personId, SchedulingDb db, CancellationToken ct) =>
        [.. (await db.CalendarFeeds.AsNoTracking().Where(feed => feed.PersonId == personId).OrderBy(feed => feed.AddedAt).ThenBy(feed => feed.Id).ToListAsync(ct)).Select(CalendarView.Of)];
}
