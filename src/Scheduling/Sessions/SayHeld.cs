using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Sessions;

/// <summary>Either of the two says that it took place.</summary>
public static class SayHeld
{
    public static async Task<IResult> Handle(
        Guid id, Caller caller, SchedulingDb db, Outbox outbox, UnsettledSessions unsettled, TimeProvider clock, CancellationToken ct)
    {
        var session = await db.Sessions.SingleOrDefaultAsync(session => session.Id == id, ct);
        if (session?.SideOf(caller.PersonId) is not { } side)
            return Problems.NotFound();
        if (session.SayHeld(side, clock.GetUtcNow()) is { } refusal)
            return refusal.ToProblem();
        outbox.Publish(session.ToHeld());
        await unsettled.Forget(session, ct);
        await db.SaveChangesAsync(ct);
        return Precondition.Ok(await db.Show(session, ct), session.Version);
    }
}
