using MassTransit;
using Mentoring.Contracts.Scheduling;
using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Programmes;

/// <summary>A pair whose time is over holds no wave back any more. A partnership bears its pair's id.</summary>
public sealed class EndPairWhenPartnershipEnded(ParticipantsDb db, Outbox outbox, TimeProvider clock) : IConsumer<PartnershipEnded>
{
    public async Task Consume(ConsumeContext<PartnershipEnded> context)
    {
        var (ended, ct) = (context.Message, context.CancellationToken);
        await db.Database.ExecuteSqlAsync($"""
            insert into programme_pairs (unit_id, pair_id, programme_id, wave, ended) values ({db.Unit.UnitId}, {ended.PartnershipId}, {ended.ProgrammeId}, '', true)
            on conflict (unit_id, pair_id) do update set ended = true
            """, ct);
        await UnlockWaves.Of(ended.ProgrammeId, db, outbox, clock.GetUtcNow(), ct);
        await db.SaveChangesAsync(ct);
    }
}
