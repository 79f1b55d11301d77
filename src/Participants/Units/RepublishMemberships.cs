using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Units;

public sealed class RepublishMemberships(ParticipantsDb db, Outbox outbox) : IRepublish
{
    public async Task Republish(CancellationToken ct)
    {
        await foreach (var membership in db.Memberships.AsNoTracking().Where(m => m.UnitId == db.Unit.UnitId).AsAsyncEnumerable().WithCancellation(ct))
            outbox.Publish(membership.ToFact());
        await db.SaveChangesAsync(ct);
    }
}
