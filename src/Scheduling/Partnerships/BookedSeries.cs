using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Scheduling.Calendars;
using Mentoring.Scheduling.Sessions;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>Turns a proposed series into sessions; part of the next save, all of them or none.</summary>
public sealed class BookedSeries(SchedulingDb db, Outbox outbox, UnsettledSessions unsettled, CalendarEntries entries, TimeProvider clock)
{
    /// <param name="pair">Whose series.</param>
    /// <param name="slots">The proposed times.</param>
    /// <param name="bySide">Who takes it; null for the platform.</param>
    /// <param name="mentor">The pair's, who knows the way.</param>
    /// <param name="mentee">The pair's, who knows the way.</param>
    /// <param name="ct">Cancels the look-up; for a pair's first series there is none.</param>
    public async Task Book(Partnership pair, IReadOnlyList<ProposedSlot> slots, Side? bySide, Attendee mentor, Attendee mentee, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        Session[] sessions = [.. slots.Select(proposed => Session.Book(pair, proposed.Slot, bySide, now, proposed.Slot.WaysOf(mentor, mentee)))];
        db.Sessions.AddRange(sessions);
        db.BookedTimes.AddRange(BookedTimes.For(sessions));
        foreach (var session in sessions)
            outbox.Publish(session.ToBooked(entries.Enter(session, mentor, mentee)));
        await unsettled.ExpectSeries(pair, sessions, ct);
        pair.BookSeries(slots);
    }
}
