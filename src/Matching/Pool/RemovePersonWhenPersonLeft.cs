using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Matching.Pairs;
using Mentoring.Messaging;

namespace Mentoring.Matching.Pool;

/// <summary>Whoever leaves the unit is out of every pool, proposal and pair.</summary>
internal sealed class RemovePersonWhenPersonLeft(MatchingDb db, Inbox inbox, Leaving leaving) : IConsumer<PersonLeft>
{
    public async Task Consume(ConsumeContext<PersonLeft> context)
    {
        var (personId, ct) = (context.Message.PersonId, context.CancellationToken);
        await Person.Remove(personId, db, inbox, ct);
        await leaving.EndAll(_ => true, _ => true, personId, atOnce: false, ct);
        await db.SaveChangesAsync(ct);
    }
}
