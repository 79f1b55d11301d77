using MassTransit;
using Mentoring.Contracts.Matching;
using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Programmes;

/// <summary>Later waves wait for every pair of an earlier one, so each pair is noted. Its sessions may be heard of first.</summary>
public sealed class NoteWhenPairFormed(ParticipantsDb db, Outbox outbox, TimeProvider clock) : IConsumer<PairFormed>
{
    public async Task Consume(ConsumeContext<PairFormed> context)
    {
        var (pair, ct) = (context.Message, context.CancellationToken);
        await db.Database.ExecuteSqlAsync($"""
            insert into programme_pairs (unit_id, pair_id, programme_id, wave, ended) values ({db.Unit.UnitId}, {pair.PairId}, {pair.ProgrammeId}, {pair.Wave}, false)
            on conflict (unit_id, pair_id) do update set wave = excluded.wave
            """, ct);
        await UnlockWaves.Of(pair.ProgrammeId, db, outbox, clock.GetUtcNow(), ct);
        await db.SaveChangesAsync(ct);
    }
}
