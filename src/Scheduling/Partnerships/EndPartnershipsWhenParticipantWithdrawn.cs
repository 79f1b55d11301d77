using MassTransit;
using Mentoring.Contracts.Participants;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Partnerships;

public sealed class EndPartnershipsWhenParticipantWithdrawn(SchedulingDb db, Endings endings) : IConsumer<ParticipantWithdrawn>
{
    public async Task Consume(ConsumeContext<ParticipantWithdrawn> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        var open = db.Partnerships.Where(pair => pair.EndedAt == null && pair.ProgrammeId == fact.ProgrammeId);
        open = fact.Side is Side.Mentor ? open.Where(pair => pair.MentorId == fact.PersonId) : open.Where(pair => pair.MenteeId == fact.PersonId);
        foreach (var pair in await open.ToListAsync(ct))
            await endings.End(pair, early: true, ct);
        await db.SaveChangesAsync(ct);
    }
}
