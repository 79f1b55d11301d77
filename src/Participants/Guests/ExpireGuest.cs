using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Guests;

/// <summary>A guest's time is over. Set at the host when the guest is admitted.</summary>
public sealed class ExpireGuest(ParticipantsDb db, Outbox outbox, Timers timers, TimeProvider clock) : ITimer
{
    public static string Name => "guest-expiry";

    public async Task Fire(TimerFired timer, CancellationToken ct)
    {
        var id = Guid.Parse(timer.Key);
        if (await db.HostedGuests.SingleOrDefaultAsync(known => known.Id == id, ct) is { } guest
            && await EndGuest.Here(guest, db, outbox, timers, clock.GetUtcNow(), ct))
        {
            outbox.Publish(new GuestEnded(guest.Id, guest.Version), concerning: guest.HomeUnitId);
        }
        await db.SaveChangesAsync(ct);
    }
}
