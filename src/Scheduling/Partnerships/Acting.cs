using Mentoring.Contracts.Participants;
using Mentoring.Scheduling.Sessions;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>On whose side a caller acts: as one of the two, or for the mentee who has named them. For everybody else the pair does not exist.</summary>
public sealed record Acting(Side Side, bool AsDelegate)
{
    /// <summary>What a delegate sees of sessions.</summary>
    internal static readonly SessionState[] ShownToDelegates = [SessionState.Booked, SessionState.Cancelled];

    public static Task<Acting?> For(Caller caller, Partnership pair, SchedulingDb db, CancellationToken ct) =>
        For(caller, pair.SideOf(caller.PersonId), pair.MenteeId, db, ct);

    /// <summary>Whether a session was held is between the two: once it is settled, it does not exist for a delegate.</summary>
    public static async Task<Acting?> For(Caller caller, Session session, SchedulingDb db, CancellationToken ct) =>
        await For(caller, session.SideOf(caller.PersonId), session.MenteeId, db, ct) is { } acting
        && (!acting.AsDelegate || ShownToDelegates.Contains(session.State))
            ? acting
            : null;

    private static async Task<Acting?> For(Caller caller, Side? own, Guid menteeId, SchedulingDb db, CancellationToken ct)
    {
        if (own is { } side)
            return new Acting(side, false);
        var me = caller.PersonId;
        return await db.Delegations.AnyAsync(held => held.MenteeId == menteeId && held.DelegateId == me, ct) ? new Acting(Side.Mentee, true) : null;
    }
}
