using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;

namespace Mentoring.Scheduling.Programmes;

public sealed class CopyTermsWhenProgrammeChanged(SchedulingDb db, Inbox inbox) : IConsumer<ProgrammeChanged>
{
    public async Task Consume(ConsumeContext<ProgrammeChanged> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        if (!await inbox.IsNewest("programme", fact.ProgrammeId, fact.Version, ct))
            return;
        if (await db.Programmes.FindAsync([db.Unit.UnitId, fact.ProgrammeId], ct) is not { } terms)
            db.Programmes.Add(terms = new ProgrammeTerms { Id = fact.ProgrammeId });
        terms.Take(fact.Programme);
        await db.SaveChangesAsync(ct);
    }
}
