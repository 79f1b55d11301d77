using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>Each pair by itself, though there may be thousands: what stands in the way of one is no reason for the others to go on.</summary>
public sealed class EndPartnershipsWhenProgrammeClosed(SchedulingDb db, Inbox inbox, Timers timers, TimeProvider clock) : IConsumer<ProgrammeClosed>
{
    public async Task Consume(ConsumeContext<ProgrammeClosed> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        await inbox.Bury("programme", fact.ProgrammeId, ct);
        if (await db.Programmes.FindAsync([db.Unit.UnitId, fact.ProgrammeId], ct) is { } terms)
            terms.Closed = true;
        var now = clock.GetUtcNow();
        foreach (var id in await db.Partnerships.Where(pair => pair.EndedAt == null && pair.ProgrammeId == fact.ProgrammeId).Select(pair => pair.Id).ToListAsync(ct))
            timers.Add(EndWithProgramme.Name, id.ToString(), now);
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>The programme is closed: the pair is over, as planned or sooner.</summary>
public sealed class EndWithProgramme(SchedulingDb db, Endings endings) : ITimer
{
    public static string Name => "partnership-programme-closed";

    public async Task Fire(TimerFired timer, CancellationToken ct)
    {
        var id = Guid.Parse(timer.Key);
        if (await db.Partnerships.SingleOrDefaultAsync(pair => pair.Id == id, ct) is not { } pair || !await endings.End(pair, early: false, ct))
            return;
        await db.SaveChangesAsync(ct);
    }
}
