using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Sessions;

/// <summary>Gives a link to one's own sessions for a calendar to subscribe to; the one before, if any, leads nowhere from then on.</summary>
public static class OpenFeed
{
    /// <param name="Link">Relative to the platform's address; shown only now.</param>
    /// <param name="OpenedAt">UTC.</param>
    public sealed record Opened(string Link, DateTimeOffset OpenedAt);

    /// <param name="OpenedAt">UTC.</param>
    public sealed record View(DateTimeOffset OpenedAt);

    public static async Task<IResult> Handle(Caller caller, SchedulingDb db, TimeProvider clock, CancellationToken ct)
    {
        var (me, unit, now) = (caller.PersonId, db.Unit.UnitId, clock.GetUtcNow());
        // Whoever only keeps somebody's calendar has no sessions of their own, and gets no link to those of others.
        if (!await db.Partnerships.AnyAsync(pair => pair.MentorId == me || pair.MenteeId == me, ct) || !await db.People.AnyAsync(person => person.Id == me && !person.Left, ct))
            return Problems.Of(409, "feed-needs-pair", "The link shows your own sessions, and you are in no pair yet. Make it once you are.");
        var (path, link) = FeedLink.Draw(caller.Unit, unit);
        await db.Database.ExecuteSqlAsync($"""
            insert into session_feeds (unit_id, person_id, hash, opened_at) values ({unit}, {me}, {link.Hash}, {now})
            on conflict (unit_id, person_id) do update set hash = excluded.hash, opened_at = excluded.opened_at
            """, ct);
        return Results.Created($"/api/v1/units/{caller.Unit}/sessions/feed", new Opened(path, now));
    }

    /// <summary>Whether there is a link; not where it leads.</summary>
    public static async Task<IResult> Mine(Caller caller, SchedulingDb db, CancellationToken ct)
    {
        var me = caller.PersonId;
        return await db.Feeds.AsNoTracking().SingleOrDefaultAsync(feed => feed.PersonId == me, ct) is { } feed
            ? Results.Ok(new View(feed.OpenedAt))
            : Problems.NotFound();
    }
}
