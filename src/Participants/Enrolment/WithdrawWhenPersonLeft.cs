using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Enrolment;

/// <summary>Whoever has left the unit takes part in nothing any more.</summary>
public sealed class WithdrawWhenPersonLeft(ParticipantsDb db, Outbox outbox, TimeProvider clock) : IConsumer<PersonLeft>
{
    public async Task Consume(ConsumeContext<PersonLeft> context)
    {
        var (personId, ct) = (context.Message.PersonId, context.CancellationToken);
        var now = clock.GetUtcNow();
        foreach (var participant in await db.Participants.Where(known => known.PersonId == personId && known.State != ParticipantState.Withdrawn).OrderBy(known => known.ProgrammeId).ToListAsync(ct))
            await Withdraw.Now(participant, db, outbox, now, ct);
        await db.SaveChangesAsync(ct);
    }
}
