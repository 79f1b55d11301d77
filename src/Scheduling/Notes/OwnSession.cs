using Mentoring.Contracts.Participants;
using Mentoring.Scheduling.Partnerships;
using Mentoring.Scheduling.Sessions;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Notes;

/// <summary>A session, its pair and the side of whoever asks, who is one of the two: for delegates and managers what is written does not exist.</summary>
internal sealed record OwnSession(Session Session, Partnership Pair, Side Side)
{
    public static async Task<OwnSession?> Of(Guid id, Caller caller, SchedulingDb db, CancellationToken ct)
    {
        var found = await (
            from session in db.Sessions.AsNoTracking()
            join pair in db.Partnerships.AsNoTracking() on session.PartnershipId equals pair.Id
            where session.Id == id
            select new { session, pair }).SingleOrDefaultAsync(ct);
        return found?.session.SideOf(caller.PersonId) is { } side ? new OwnSession(found.session, found.pair, side) : null;
    }
}
