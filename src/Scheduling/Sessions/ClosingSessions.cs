using Mentoring.Scheduling.Partnerships;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Sessions;

/// <summary>
/// The session that closes a term: the last before the planned end, of those after the question whether to go on. Read and not written down,
/// so that it stays right whatever is booked, moved or cancelled.
/// </summary>
internal static class ClosingSessions
{
    public static async Task<HashSet<Guid>> Closing(this SchedulingDb db, IReadOnlyCollection<Guid> among, CancellationToken ct)
    {
        SessionState[] standing = [SessionState.Booked, SessionState.Held];
        return await (
            from session in db.Sessions
            join pair in db.Partnerships on session.PartnershipId equals pair.Id
            where among.Contains(session.Id) && standing.Contains(session.State) && session.StartsAt > pair.AskedAt && session.StartsAt < pair.EndsAt
                && !db.Sessions.Any(later =>
                    later.PartnershipId == pair.Id && standing.Contains(later.State) && later.StartsAt > session.StartsAt && later.StartsAt < pair.EndsAt)
            select session.Id).ToHashSetAsync(ct);
    }

    public static async Task<SessionView> Show(this SchedulingDb db, Session session, CancellationToken ct) =>
        SessionView.Of(session, (await db.Closing([session.Id], ct)).Contains(session.Id));

    public static async Task<SessionView> Show(this SchedulingDb db, Session session, Acting acting, CancellationToken ct) =>
        acting.AsDelegate ? SessionView.ForDelegate(session) : await db.Show(session, ct);
}
