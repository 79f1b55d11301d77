using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Guests;

/// <summary>Whoever leaves home is no guest anywhere either.</summary>
public sealed class EndOffersWhenPersonLeft(ParticipantsDb db, Outbox outbox, TimeProvider clock) : IConsumer<PersonLeft>
{
    public async Task Consume(ConsumeContext<PersonLeft> context)
    {
        var (personId, ct) = (context.Message.PersonId, context.CancellationToken);
        foreach (var offer in await db.GuestOffers.Where(offer => offer.PersonId == personId && offer.State != GuestState.Ended).ToListAsync(ct))
        {
            offer.End(clock.GetUtcNow());
            outbox.Publish(new GuestEnded(offer.Id, offer.Version), concerning: offer.HostUnitId);
        }
        await db.SaveChangesAsync(ct);
    }
}
