using Mentoring.Contracts.Audit;
using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.MachineClients;

/// <summary>An administrator ends a machine client: whoever has its token is a stranger from then on.</summary>
public static class RevokeMachineClient
{
    public static async Task<IResult> Handle(
        Guid id, Precondition precondition, Caller caller, ParticipantsDb db, Outbox outbox, TimeProvider clock, CancellationToken ct)
    {
        if (await db.MachineClients.SingleOrDefaultAsync(c => c.Id == id && c.EndedAt == null, ct) is not { } client)
            return Problems.NotFound();
        if (precondition.Refusal(client.Version) is { } stale)
            return stale;
        var now = clock.GetUtcNow();
        if (client.End(db.Unit.UnitId, now) is { } ended)
        {
            outbox.Publish(ended);
            outbox.Publish(new ActionAudited(Guid.CreateVersion7(now), caller.PersonId, "machine-client-revoked", client.Id, now));
            await db.SaveChangesAsync(ct);
        }
        return Results.NoContent();
    }
}
