using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Matching.Proposals;
using Mentoring.Messaging;

namespace Mentoring.Matching.Pool;

internal sealed class KeepReportingLineWhenReportingLineChanged(MatchingDb db, Inbox inbox, Asking asking, Outbox outbox) : IConsumer<ReportingLineChanged>
{
    public async Task Consume(ConsumeContext<ReportingLineChanged> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        await ReportingLine.Keep(fact.PersonId, fact.Version, fact.Chain, db, inbox, asking, outbox, ct);
        await db.SaveChangesAsync(ct);
    }
}
