using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Units;

/// <summary>
/// Whoever has left, and a guest whose part is over, may no longer sign in here: the gateway forgets them as soon as the fact arrives,
/// and after its 30 s in any case. The caller saves.
/// </summary>
public static class EndMembership
{
    public static async Task Of(ParticipantsDb db, Outbox outbox, IReadOnlyCollection<Guid> personIds, CancellationToken ct)
    {
        var memberships = await db.Memberships.Where(m => m.UnitId == db.Unit.UnitId && personIds.Contains(m.PersonId) && !m.Ended).ToListAsync(ct);
        foreach (var membership in memberships)
        {
            if (membership.End() is { } ended)
                outbox.Publish(ended);
        }
    }
}
