using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;

namespace Mentoring.Participants.Guests;

/// <summary>At the host: keeps the consented snapshot until somebody decides. An end that was heard of first stays the end.</summary>
public sealed class KeepWhenGuestOffered(ParticipantsDb db, Inbox inbox) : IConsumer<GuestOffered>
{
    public async Task Consume(ConsumeContext<GuestOffered> context)
    {
        var (offer, ct) = (context.Message, context.CancellationToken);
        if (!await inbox.IsNewest("guest", offer.OfferId, offer.Version, ct))
            return;
        db.HostedGuests.Add(HostedGuest.From(offer));
        await db.SaveChangesAsync(ct);
    }
}
