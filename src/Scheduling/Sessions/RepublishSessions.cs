using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Sessions;

/// <summary>Every session as it stands, by the fact that tells of its state.</summary>
public sealed class RepublishSessions(SchedulingDb db, Outbox outbox) : IRepublish
{
    public async Task Republish(CancellationToken ct)
    {
        var entered = (await db.CalendarEntries.AsNoTracking().OrderBy(entry => entry.PersonId).ToListAsync(ct))
            .Where(entry => entry.StandsForMail).ToLookup(entry => entry.SessionId, entry => entry.PersonId);
        await foreach (var session in db.Sessions.AsNoTracking().AsAsyncEnumerable().WithCancellation(ct))
        {
            switch (session.State)
            {
                case SessionState.Booked when session.Sequence > 0:
                    outbox.Publish(session.ToMoved([.. entered[session.Id]]));
                    break;
                case SessionState.Booked:
                    outbox.Publish(session.ToBooked([.. entered[session.Id]]));
                    break;
                case SessionState.Held:
                    outbox.Publish(session.ToHeld());
                    break;
                case SessionState.NotHeld:
                    outbox.Publish(session.ToHeldRetracted());
                    break;
                case SessionState.Cancelled:
                    outbox.Publish(session.ToCancelled([.. entered[session.Id]]));
                    break;
                case SessionState.Missed:
                    outbox.Publish(session.ToMissed());
                    break;
            }
        }
        await db.SaveChangesAsync(ct);
    }
}
