using MassTransit;
using Mentoring.Contracts.Scheduling;
using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Programmes;

/// <summary>Counts a session of its pair; later waves may wait for it.</summary>
public sealed class UnlockWavesWhenSessionHeld(ParticipantsDb db, Outbox outbox, TimeProvider clock) : IConsumer<SessionHeld>
{
    public async Task Consume(ConsumeContext<SessionHeld> context)
    {
        var (session, ct) = (context.Message, context.CancellationToken);
        await db.Database.ExecuteSqlAsync($"""
            insert into programme_sessions (unit_id, session_id, programme_id, pair_id, held, version, starts_at)
            values ({db.Unit.UnitId}, {session.SessionId}, {session.ProgrammeId}, {session.PartnershipId}, true, {session.Version}, {session.StartsAt})
            on conflict (unit_id, session_id) do update set held = excluded.held, version = excluded.version, starts_at = excluded.starts_at
            where programme_sessions.version < excluded.version
            """, ct);
        await UnlockWaves.Of(session.ProgrammeId, db, outbox, clock.GetUtcNow(), ct);
        await db.SaveChangesAsync(ct);
    }
}
