using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Delegates;

public sealed class RepublishDelegates(ParticipantsDb db, Outbox outbox) : IRepublish
{
    public async Task Republish(CancellationToken ct)
    {
        await foreach (var list in db.Delegates.AsNoTracking().AsAsyncEnumerable().WithCancellation(ct))
            outbox.Publish(list.ToFact());
        await db.SaveChangesAsync(ct);
    }
}
