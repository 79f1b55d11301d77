using System.Globalization;
using Mentoring.Scheduling.Partnerships;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Sessions;

public static class ReadSessions
{
    /// <summary>One's own sessions, and those of the mentees one books for; by their start.</summary>
    public static async Task<IResult> Mine(DateTimeOffset? from, DateTimeOffset? to, PageRequest page, Caller caller, SchedulingDb db, CancellationToken ct)
    {
        var me = caller.PersonId;
        var (mentees, shown) = (await db.Delegations.Where(held => held.DelegateId == me).Select(held => held.MenteeId).ToArrayAsync(ct), Acting.ShownToDelegates);
        var mine = db.SessionsOf(me, mentees).AsNoTracking().Where(session => session.MentorId == me || session.MenteeId == me || shown.Contains(session.State));
        if (from?.ToUniversalTime() is { } begins)
            mine = mine.Where(session => session.EndsAt > begins);
        if (to?.ToUniversalTime() is { } ends)
            mine = mine.Where(session => session.StartsAt < ends);
        if (page.AfterKeyAndId is (var key, var id))
        {
            var after = ParseCursor(key);
            mine = mine.Where(session => session.StartsAt > after || (session.StartsAt == after && session.Id > id));
        }
        var found = await mine.OrderBy(session => session.StartsAt).ThenBy(session => session.Id).Take(page.Take).ToListAsync(ct);
        var closing = await db.Closing(found.ConvertAll(session => session.Id), ct);
        return Results.Ok(Page.Of<SessionView>([.. found.Select(session => session.SideOf(me) is null ? SessionView.ForDelegate(session) : SessionView.Of(session, closing.Contains(session.Id)))], page, last => Cursor.Of(last.StartsAt.ToString("O", CultureInfo.InvariantCulture), last.Id)));
    }

    public static async Task<IResult> One(Guid id, Caller caller, SchedulingDb db, CancellationToken ct)
    {
        var session = await db.Sessions.AsNoTracking().SingleOrDefaultAsync(session => session.Id == id, ct);
        return session is null || await Acting.For(caller, session, db, ct) is not { } acting
            ? Problems.NotFound()
            : Precondition.Ok(await db.Show(session, acting, ct), session.Version);
    }

    private static DateTimeOffset ParseCursor(string key) =>
        DateTimeOffset.TryParseExact(key, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var after)
            ? after
            : throw new InvalidRequestException("after", "must be a cursor from the 'next' of a page");
}
