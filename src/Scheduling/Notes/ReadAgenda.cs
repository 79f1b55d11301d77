using Mentoring.Contracts.Participants;
using Mentoring.Scheduling.Sessions;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Notes;

/// <summary>What the two want to talk about, for them alone.</summary>
public static class ReadAgenda
{
    /// <param name="Points">Empty until somebody has written one.</param>
    /// <param name="Version">What one agrees to; 0 where there is none.</param>
    /// <param name="Open">Until the session starts it may be changed.</param>
    /// <param name="Starters">What might be on it: of the programme, of the topics each way, of the occasion.</param>
    /// <param name="Etag">To be sent as <c>If-Match</c> with a change.</param>
    public sealed record View(
        IReadOnlyList<AgendaPoint> Points, long Version, bool AgreedByMe, bool AgreedByOther, bool Open, IReadOnlyList<string> Starters, string Etag);

    public static async Task<IResult> Handle(Guid id, Caller caller, SchedulingDb db, PairSeal seal, TimeProvider clock, CancellationToken ct)
    {
        if (await OwnSession.Of(id, caller, db, ct) is not { } own)
            return Problems.NotFound();
        var agenda = await db.Agendas.AsNoTracking().SingleOrDefaultAsync(agenda => agenda.SessionId == id, ct);
        return await db.Show(agenda, await seal.PointsOf(own.Pair.Id, agenda, ct), own, clock, ct);
    }

    internal static bool Open(OwnSession own, TimeProvider clock) =>
        !own.Pair.Ended && own.Session.State is SessionState.Booked && own.Session.StartsAt > clock.GetUtcNow();

    internal static async Task<IResult> Show(
        this SchedulingDb db, Agenda? agenda, IReadOnlyList<AgendaPoint> points, OwnSession own, TimeProvider clock, CancellationToken ct)
    {
        var (session, pair, side) = own;
        var programme = await db.Programmes.Where(terms => terms.Id == pair.ProgrammeId).Select(terms => terms.AgendaStarters).SingleOrDefaultAsync(ct);
        var first = !await db.Sessions.AnyAsync(earlier => earlier.PartnershipId == pair.Id && earlier.State == SessionState.Held && earlier.StartsAt < session.StartsAt, ct);
        var closing = (await db.Closing([session.Id], ct)).Contains(session.Id);
        var version = agenda?.Version ?? 0;
        return Precondition.Ok(
            new View(
                points,
                version,
                agenda?.AgreedBy(side) ?? false,
                agenda?.AgreedBy(side is Side.Mentor ? Side.Mentee : Side.Mentor) ?? false,
                Open(own, clock),
                AgendaStarters.For(pair, programme, first, closing),
                Precondition.Etag(version)),
            version);
    }
}
