using MassTransit;
using Mentoring.Contracts.Scheduling;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Circle;

/// <summary>Whoever has mentored to the planned end has gone before. An early end is not seen here.</summary>
public sealed class NoteAlumnusWhenPartnershipEnded(ParticipantsDb db) : IConsumer<PartnershipEnded>
{
    public async Task Consume(ConsumeContext<PartnershipEnded> context)
    {
        var (ended, ct) = (context.Message, context.CancellationToken);
        if (ended.Early)
            return;
        await db.Database.ExecuteSqlAsync($"""
            insert into alumni (unit_id, programme_id, person_id)
            select {db.Unit.UnitId}, {ended.ProgrammeId}, id from people where id = {ended.MentorId} and not gone
            on conflict do nothing
            """, ct);
    }
}
