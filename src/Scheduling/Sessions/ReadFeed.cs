using System.Security.Cryptography;
using System.Text;
using Mentoring.ICalendar;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using NodaTime;

namespace Mentoring.Scheduling.Sessions;

/// <summary>
/// The sessions of one person as a calendar reads them, by secret link. Calendars are seen by assistants and shown on office screens, so it
/// says as little as the invitations: taken time, and where.
/// </summary>
public static class ReadFeed
{
    /// <summary>As in the invitations, so that no calendar shows both.</summary>
    public const string Summary = "Conversation";

    private const int MostSessions = 2_000;
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(90);

    public static async Task<IResult> Handle(
        string unit, string token, HttpRequest request, UnitContext context, SchedulingDb db, TimeProvider clock, CancellationToken ct)
    {
        if (FeedLink.Read(unit, token) is not { } link)
            return Problems.NotFound();
        context.Enter(link.UnitId);
        // By its hash: the time it takes to find tells of a hash at most, and no link follows from that.
        var feed = await db.Feeds.AsNoTracking().SingleOrDefaultAsync(feed => feed.Hash == link.Hash, ct);
        if (feed is null || !CryptographicOperations.FixedTimeEquals(feed.Hash, link.Hash))
            return Problems.NotFound();

        var (me, since) = (feed.PersonId, clock.GetUtcNow() - LookBack);
        var sessions = await db.SessionsOf(me).AsNoTracking()
            .Where(session => session.State != SessionState.Cancelled && session.EndsAt > since)
            .OrderBy(session => session.StartsAt).ThenBy(session => session.Id).Take(MostSessions)
            .ToListAsync(ct);
        var text = Write(sessions);
        var etag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}\"");
        request.HttpContext.Response.Headers.CacheControl = "private, no-cache";
        request.HttpContext.Response.Headers.ETag = etag.ToString();
        return IsKnown(request, etag) ? Results.StatusCode(StatusCodes.Status304NotModified) : Results.Text(text, "text/calendar", Encoding.UTF8);
    }

    public static string Write(IEnumerable<Session> sessions)
    {
        var text = new CalendarWriter();
        text.Line("BEGIN", "VCALENDAR");
        text.Line("PRODID", "-//Mentoring//Scheduling//EN");
        text.Line("VERSION", "2.0");
        text.Line("CALSCALE", "GREGORIAN");
        text.Text("X-WR-CALNAME", "Conversations");
        text.Line("REFRESH-INTERVAL", "PT1H", ("VALUE", "DURATION"));
        text.Line("X-PUBLISHED-TTL", "PT1H");
        foreach (var session in sessions)
        {
            new PrivateEvent(
                $"{session.Id}@mentoring",
                session.Sequence,
                Instant.FromDateTimeOffset(session.BookedAt),
                Instant.FromDateTimeOffset(session.StartsAt),
                Instant.FromDateTimeOffset(session.EndsAt),
                Summary,
                session.Place).Write(text);
        }
        text.Line("END", "VCALENDAR");
        return text.ToString();
    }

    private static bool IsKnown(HttpRequest request, EntityTagHeaderValue etag) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known)
        && known.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(etag, useStrongComparison: false));
}
