using Mentoring.Messaging;
using Mentoring.Scheduling.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Calendars;

/// <summary>Has sessions entered into the calendars of those who have connected their account, and has the entries follow; part of the next save.</summary>
public sealed class CalendarEntries(SchedulingDb db, Timers timers, TimeProvider clock)
{
    /// <summary>For a session just booked.</summary>
    /// <returns>Who needs no invitation by mail.</returns>
    public IReadOnlyList<Guid> Enter(Session session, Attendee mentor, Attendee mentee)
    {
        var entered = new List<Guid>();
        foreach (var (person, account) in new[] { (session.MentorId, mentor.Account), (session.MenteeId, mentee.Account) })
        {
            if (account is null)
                continue;
            db.CalendarEntries.Add(new CalendarEntry { SessionId = session.Id, PersonId = person, UnitSlug = account.UnitSlug, Address = account.Address });
            LookAfter(session, person);
            entered.Add(person);
        }
        return entered;
    }

    /// <summary>For one that has another time now, or will not take place.</summary>
    /// <inheritdoc cref="Enter"/>
    public async Task<IReadOnlyList<Guid>> Follow(Session session, CancellationToken ct)
    {
        var entries = await db.CalendarEntries.AsNoTracking().Where(entry => entry.SessionId == session.Id).OrderBy(entry => entry.PersonId).ToListAsync(ct);
        foreach (var entry in entries)
            LookAfter(session, entry.PersonId);
        return [.. entries.Where(entry => entry.StandsForMail).Select(entry => entry.PersonId)];
    }

    /// <summary>A timer for each change: whoever is just looking after an older one neither swallows it nor is in the way of this save.</summary>
    private void LookAfter(Session session, Guid personId) =>
        timers.Add(KeepEntry.Name, KeepEntry.Key(session.Id, personId, $"{session.Version}"), clock.GetUtcNow());
}
