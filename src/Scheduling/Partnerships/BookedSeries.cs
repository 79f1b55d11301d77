using Mentoring.Messaging;
using Mentoring.Scheduling.Sessions;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>Turns a proposed series into sessions; part of the next save, all of them or none.</summary>
public sealed class BookedSeries(SchedulingDb db, Outbox outbox, UnsettledSessions unsettled, TimeProvider clock)
{
    public async Task<IReadOnlyList<Session>> Book(Partnership pair, IReadOnlyList<ProposedSlot> slots, CancellationToken ct)
    {
        var sessions = new List<Session>(slots.Count);
        foreach (var proposed in slots)
        {
            var session = Session.Book(pair, proposed.Slot, clock.GetUtcNow());
            db.Sessions.Add(session);
            db.BookedTimes.AddRange(BookedTime.For(session));
            outbox.Publish(session.ToBooked());
            await unsettled.Expect(session, ct);
            sessions.Add(session);
        }
        pair.BookSeries(slots);
        return sessions;
    }
}
