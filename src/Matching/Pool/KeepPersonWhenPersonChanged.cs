using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Matching.Proposals;
using Mentoring.Messaging;

namespace Mentoring.Matching.Pool;

internal sealed class KeepPersonWhenPersonChanged(MatchingDb db, Inbox inbox, Asking asking, Outbox outbox) : IConsumer<PersonChanged>
{
    public async Task Consume(ConsumeContext<PersonChanged> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        await Person.Keep(fact, db, inbox, ct);
        await ReportingLine.Keep(fact.PersonId, fact.Version, fact.Chain, db, inbox, asking, outbox, ct);
        await db.SaveChangesAsync(ct);
    }
}
