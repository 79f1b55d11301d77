using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;

namespace Mentoring.Participants.Delegates;

public sealed class EndDelegationsWhenPersonLeft(ParticipantsDb db, Outbox outbox) : IConsumer<PersonLeft>
{
    public async Task Consume(ConsumeContext<PersonLeft> context)
    {
        await EndDelegations.Of(db, outbox, context.Message.PersonId, context.CancellationToken);
        await db.SaveChangesAsync(context.CancellationToken);
    }
}
