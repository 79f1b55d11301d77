using System.Globalization;
using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;

namespace Mentoring.Scheduling.Calendars;

/// <summary>Has a calendar read now instead of within the hour.</summary>
public static class AskForReading
{
    /// <summary>Somebody else's server is asked: not as often as a finger can press.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    public static async Task<IResult> Handle(Guid id, HttpResponse response, Caller caller, SchedulingDb db, Timers timers, TimeProvider clock, CancellationToken ct)
    {
        await using var change = await Atomically.Begin(db, ct);
        if (await db.Lock(id, ct) is not { } feed || feed.PersonId != caller.PersonId)
            return Problems.NotFound();
        var now = clock.GetUtcNow();
        if (feed.TriedAt is { } tried && now - tried < Pause)
        {
            response.Headers.RetryAfter = Math.Ceiling((tried + Pause - now).TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return Problems.Of(429, "calendar-read-just-now", "This calendar was read less than a minute ago. Look at what came of it, and ask again later.");
        }
        feed.NextAt = now;
        await timers.Set(ReadCalendar.Name, id.ToString(), now, ct: ct);
        await db.SaveChangesAsync(ct);
        await change.Commit(ct);
        return Results.Accepted($"/api/v1/units/{caller.Unit}/calendars/{id}", await db.Show(feed, now, ct));
    }
}
