using Mentoring.Contracts.Audit;
using Mentoring.Messaging;
using Mentoring.Scheduling.Calendars;
using Mentoring.Scheduling.Partnerships;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Sessions;

/// <summary>Calls a session off before it starts; a delegate does so for the mentee.</summary>
public static class CancelSession
{
    /// <param name="Reason"><c>clash</c>, <c>illness</c>, <c>travel</c>, <c>workload</c> or <c>other</c>.</param>
    public sealed record Request(string Reason);

    public static async Task<IResult> Handle(
        Guid id,
        [FromBody] Request request,
        Caller caller,
        SchedulingDb db,
        Outbox outbox,
        UnsettledSessions unsettled,
        CalendarEntries entries,
        TimeProvider clock,
        CancellationToken ct)
    {
        if (!CancelReasons.Choices.Contains(request.Reason))
            return Problems.Invalid("reason", $"must be one of {string.Join(", ", CancelReasons.Choices)}");
        var session = await db.Sessions.SingleOrDefaultAsync(session => session.Id == id, ct);
        if (session is null || await Acting.For(caller, session, db, ct) is not { } acting)
            return Problems.NotFound();

        var now = clock.GetUtcNow();
        if (session.Cancel(acting.Side, request.Reason, now) is { } refusal)
            return refusal.ToProblem();
        await using var change = await Atomically.Begin(db, ct);
        await db.FreeTimeOf(session, ct);
        outbox.Publish(session.ToCancelled(await entries.Follow(session, ct)));
        await unsettled.Forget(session, ct);
        if (acting.AsDelegate)
            outbox.Publish(new ActionAudited(Guid.CreateVersion7(), caller.PersonId, "session-cancelled-for-mentee", session.Id, now));
        await db.SaveChangesAsync(ct);
        await change.Commit(ct);
        return Precondition.Ok(await db.Show(session, acting, ct), session.Version);
    }
}
