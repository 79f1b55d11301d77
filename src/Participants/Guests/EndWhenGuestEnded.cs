using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Participants.People;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Guests;

/// <summary>The other side has ended it. A tombstone: at the host, an offer that arrives later changes nothing.</summary>
public sealed class EndWhenGuestEnded(ParticipantsDb db, Inbox inbox, Outbox outbox, Timers timers, ErasePersonHere erase, TimeProvider clock) : IConsumer<GuestEnded>
{
    public async Task Consume(ConsumeContext<GuestEnded> context)
    {
        var (id, ct) = (context.Message.OfferId, context.CancellationToken);
        await inbox.Bury("guest", id, ct);
        var now = clock.GetUtcNow();
        if (await db.GuestOffers.SingleOrDefaultAsync(known => known.Id == id, ct) is { } offer)
            offer.End(now);
        else if (await db.HostedGuests.SingleOrDefaultAsync(known => known.Id == id, ct) is { } guest)
            await End(guest, context.Message.Erased, now, ct);
        await db.SaveChangesAsync(ct);
    }

    private async Task End(HostedGuest guest, bool erased, DateTimeOffset now, CancellationToken ct)
    {
        if (!erased)
        {
            await EndGuest.Here(guest, db, outbox, timers, now, ct);
            return;
        }
        await ReportingLineLock.Take(db, ct);
        if (guest.End())
            await timers.Clear(ExpireGuest.Name, guest.Id.ToString(), ct);
        if (guest.PersonId is { } personId && await db.People.SingleOrDefaultAsync(known => known.Id == personId, ct) is { } person)
            await erase.Now(person, successor: null, ct);
    }
}
