using MassTransit;
using Mentoring.Contracts.Participants;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Guests;

/// <summary>At home: sees where its person takes part and who answers for it there.</summary>
public sealed class NoteWhenGuestAdmitted(ParticipantsDb db) : IConsumer<GuestAdmitted>
{
    public async Task Consume(ConsumeContext<GuestAdmitted> context)
    {
        var (admitted, ct) = (context.Message, context.CancellationToken);
        // Admitted while home erased its person: the host hears of that and ends it.
        if (await db.GuestOffers.SingleOrDefaultAsync(known => known.Id == admitted.OfferId, ct) is { } offer
            && offer.Admitted(admitted.Version, admitted.Sponsor, admitted.Expires))
            await db.SaveChangesAsync(ct);
    }
}
