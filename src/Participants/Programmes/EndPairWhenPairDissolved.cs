using MassTransit;
using Mentoring.Contracts.Matching;
using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Programmes;

/// <summary>A pair that Matching had to dissolve holds no wave back any more.</summary>
public sealed class EndPairWhenPairDissolved(ParticipantsDb db, Outbox outbox, TimeProvider clock) : IConsumer<PairDissolved>
{
    public async Task Consume(ConsumeContext<PairDissolved> context)
    {
        var (ended, ct) = (context.Message, context.CancellationToken);
        await db.Database.ExecuteSqlAsync($"""
            insert into programme_pairs (unit_id, pair_id, programme_id, wave, ended) values ({db.Unit.UnitId}, {ended.PairId}, {ended.ProgrammeId}, '', true)
            on conflict (unit_id, pair_id) do update set ended = true
            """, ct);
        await UnlockWaves.Of(ended.ProgrammeId, db, outbox, clock.GetUtcNow(), ct);
        await db.SaveChangesAsync(ct);
    }
}
