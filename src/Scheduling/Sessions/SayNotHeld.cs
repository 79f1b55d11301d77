using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Sessions;

/// <summary>
/// Says that it did not take place: the other side of who called it held, within a week; or the mentee, asked after its time, at once.
/// It is never the junior's button to call a session missed.
/// </summary>
public static class SayNotHeld
{
    /// <param name="MissedBy">Who could not come, when the mentee answers after its time; the mentee's own side where it is not said. Means nothing in an objection.</param>
    public sealed record Request(Side? MissedBy = null);

    public static async Task<IResult> Handle(
        Guid id, [FromBody] Request? request, Caller caller, SchedulingDb db, Outbox outbox, UnsettledSessions unsettled, TimeProvider clock, CancellationToken ct)
    {
        var session = await db.Sessions.SingleOrDefaultAsync(session => session.Id == id, ct);
        if (session?.SideOf(caller.PersonId) is not { } side)
            return Problems.NotFound();

        var now = clock.GetUtcNow();
        if (side is Side.Mentee && session.Miss(now, request?.MissedBy ?? Side.Mentee))
        {
            outbox.Publish(session.ToMissed());
            await unsettled.Forget(session, ct);
        }
        else if (session.SayNotHeld(side, now) is { } refusal)
        {
            return refusal.ToProblem();
        }
        else
        {
            outbox.Publish(session.ToHeldRetracted());
        }
        await db.SaveChangesAsync(ct);
        return Precondition.Ok(await db.Show(session, ct), session.Version);
    }
}
