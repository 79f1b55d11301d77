using Mentoring.Messaging;
using Mentoring.Scheduling.Partnerships;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;

namespace Mentoring.Scheduling.Calendars;

/// <summary>
/// Takes a calendar away, and all that was read from it; out of that of an account the sessions to come are taken as well. What is booked stays booked. A calendar has nothing that could change under whoever
/// removes it, so no <c>If-Match</c> is asked for.
/// </summary>
public static class RemoveCalendar
{
    public static async Task<IResult> Handle(Guid id, Caller caller, SchedulingDb db, Timers timers, SeriesProposal proposal, TimeProvider clock, CancellationToken ct)
    {
        await using var change = await Atomically.Begin(db, ct);
        if (await db.Lock(id, ct) is not { } feed || feed.PersonId != caller.PersonId)
            return Problems.NotFound();
        await db.Remove(feed, timers, clock.GetUtcNow(), ct);
        await proposal.TryAgainFor(caller.PersonId, ct);
        await db.SaveChangesAsync(ct);
        await change.Commit(ct);
        return Results.NoContent();
    }
}
