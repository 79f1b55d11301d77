using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Partnerships;

public sealed class NotePreparationWhenPreparationDone(SchedulingDb db, Timers timers, TimeProvider clock) : IConsumer<PreparationDone>
{
    public async Task Consume(ConsumeContext<PreparationDone> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        if (await db.Preparations.FindAsync([db.Unit.UnitId, fact.ProgrammeId, fact.PersonId, fact.Side], ct) is not null)
            return;
        db.Preparations.Add(new Preparation { ProgrammeId = fact.ProgrammeId, PersonId = fact.PersonId, Side = fact.Side });
        var waiting = await db.Partnerships
            .Where(pair => pair.ProgrammeId == fact.ProgrammeId && pair.ActivatedAt == null && pair.EndedAt == null
                && (pair.MentorId == fact.PersonId || pair.MenteeId == fact.PersonId))
            .Select(pair => pair.Id)
            .ToListAsync(ct);
        foreach (var pair in waiting)
            await timers.Set(ActivatePartnership.Name, pair.ToString(), clock.GetUtcNow(), ct: ct);
        await db.SaveChangesAsync(ct);
    }
}
