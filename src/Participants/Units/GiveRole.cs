using Mentoring.Messaging;
using Mentoring.Participants.People;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Units;

/// <summary>
/// Gives a person a role in the unit or in a programme: opens the membership when there is none yet, tells the others about membership
/// and person. Used wherever a role comes about (members, a new unit, a new programme); the caller saves.
/// </summary>
public static class GiveRole
{
    /// <summary>The membership, changed or not; null when the person's membership has ended.</summary>
    /// <param name="db">In the person's unit.</param>
    /// <param name="outbox">Takes <see cref="Contracts.Participants.MembershipChanged"/> and the first <see cref="Contracts.Participants.PersonChanged"/>.</param>
    /// <param name="clock">For the id of a new membership.</param>
    /// <param name="personId">Who, in this unit.</param>
    /// <param name="role">A name of <see cref="Tenancy.Roles"/>.</param>
    /// <param name="programmeId">The programme for roles that are held in one; otherwise null.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<Membership?> To(
        ParticipantsDb db, Outbox outbox, TimeProvider clock, Guid personId, string role, Guid? programmeId, CancellationToken ct)
    {
        var membership = db.Memberships.Local.SingleOrDefault(m => m.PersonId == personId && m.UnitId == db.Unit.UnitId)
            ?? await db.Memberships.SingleOrDefaultAsync(m => m.UnitId == db.Unit.UnitId && m.PersonId == personId, ct);
        if (membership is null)
            db.Memberships.Add(membership = Membership.Open(db.Unit.UnitId, personId, clock.GetUtcNow()));
        if (membership.Ended)
            return null;
        if (membership.Give(role, programmeId))
        {
            outbox.Publish(membership.ToFact());
            await PublishPeople.For(db, outbox, [personId], ct);
        }
        return membership;
    }
}
