using Mentoring.Contracts.Audit;
using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.MachineClients;

/// <param name="ExpiresAt">When the new token ends; a year from now where nothing is said, two at most.</param>
public sealed record RotateMachineClientRequest(DateTimeOffset? ExpiresAt = null);

/// <summary>An administrator gives a machine client another secret; the one before works for a day yet, so that no night's provisioning fails.</summary>
public static class RotateMachineClient
{
    public static async Task<IResult> Handle(
        Guid id, RotateMachineClientRequest? request, Caller caller, ParticipantsDb db, Outbox outbox, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (request?.ExpiresAt is { } wished && !MachineClient.MayEnd(wished, now))
            return Problems.Invalid("expiresAt", CreateMachineClient.WrongEnd);
        if (await db.MachineClients.SingleOrDefaultAsync(c => c.Id == id, ct) is not { } client)
            return Problems.NotFound();

        var (text, token) = MachineToken.Draw(db.Unit.UnitId);
        if (client.Rotate(token, request?.ExpiresAt?.ToUniversalTime() ?? MachineClient.UsualEnd(now), now) is not { } changed)
            return Problems.NotFound();
        outbox.Publish(changed);
        outbox.Publish(new ActionAudited(Guid.CreateVersion7(now), caller.PersonId, "machine-client-rotated", client.Id, now));
        await db.SaveChangesAsync(ct);
        return Precondition.Ok(new MachineClientWithToken((await ShowMachineClient.Views(db, [client], now, ct))[0], text), client.Version);
    }
}
