using Mentoring.Contracts.Audit;
using Mentoring.Messaging;
using Mentoring.Scheduling.Availability;
using Mentoring.Scheduling.Calendars;
using Mentoring.Scheduling.Partnerships;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Mentoring.Scheduling.Sessions;

/// <summary>Gives a session another time; either of the two, or a delegate for the mentee.</summary>
public static class MoveSession
{
    public sealed record Request(DateTimeOffset StartsAt);

    public static async Task<IResult> Handle(
        Guid id,
        [FromBody] Request request,
        Caller caller,
        SchedulingDb db,
        Attendees attendees,
        Outbox outbox,
        UnsettledSessions unsettled,
        CalendarEntries entries,
        TimeProvider clock,
        CancellationToken ct)
    {
        var session = await db.Sessions.SingleOrDefaultAsync(session => session.Id == id, ct);
        if (session is null || await Acting.For(caller, session, db, ct) is not { } acting)
            return Problems.NotFound();

        var now = clock.GetUtcNow();
        if (TimeRules.OutOfReach(request.StartsAt, now) is { } outOfReach)
            return outOfReach.ToProblem(acting);
        await using var change = await Atomically.Begin(db, ct);
        await db.FreeTimeOf(session, ct);
        if (session.Move(request.StartsAt.ToUniversalTime(), acting.Side, now) is { } refusal)
            return refusal.ToProblem();
        var (mentor, mentee) = await attendees.Of(session.MentorId, session.MenteeId, now, ct);
        if (TimeRules.Check(mentor, mentee, session.Time, session.Channel, session.Place, acting.Side, Instant.FromDateTimeOffset(now)) is { } timeRefusal)
            return timeRefusal.ToProblem(acting);

        db.BookedTimes.AddRange(BookedTimes.For(session));
        outbox.Publish(session.ToMoved(await entries.Follow(session, ct)));
        await unsettled.ExpectAgain(session, ct);
        if (acting.AsDelegate)
            outbox.Publish(new ActionAudited(Guid.CreateVersion7(), caller.PersonId, "session-moved-for-mentee", session.Id, now));
        if (!await db.SaveUnlessDoubleBooked(ct))
            return SessionRefusals.SlotTaken(acting);
        await change.Commit(ct);
        return Precondition.Ok(await db.Show(session, acting, ct), session.Version);
    }
}
