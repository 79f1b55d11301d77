using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Enrolment;

/// <summary>A guest takes part for as long as the programme's file says. It ends as if the guest had withdrawn; the guest stays one in the unit.</summary>
public sealed class EndGuestsPart(ParticipantsDb db, Outbox outbox, TimeProvider clock) : ITimer
{
    public static string Name => "guest-part-over";

    public async Task Fire(TimerFired timer, CancellationToken ct)
    {
        var id = Guid.Parse(timer.Key);
        if (await db.Participants.SingleOrDefaultAsync(known => known.Id == id, ct) is not { } participant)
            return;
        // Refused where the guest has withdrawn before, or has left.
        _ = await Withdraw.Now(participant, db, outbox, clock.GetUtcNow(), ct);
        await db.SaveChangesAsync(ct);
    }
}
