using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Partnerships;

public sealed class EndPartnershipsWhenProgrammeClosed(SchedulingDb db, Inbox inbox, Endings endings) : IConsumer<ProgrammeClosed>
{
    public async Task Consume(ConsumeContext<ProgrammeClosed> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        await inbox.Bury("programme", fact.ProgrammeId, ct);
        if (await db.Programmes.FindAsync([db.Unit.UnitId, fact.ProgrammeId], ct) is { } terms)
            terms.Closed = true;
        foreach (var pair in await db.Partnerships.Where(pair => pair.EndedAt == null && pair.ProgrammeId == fact.ProgrammeId).ToListAsync(ct))
            await endings.End(pair, early: false, ct);
        await db.SaveChangesAsync(ct);
    }
}
