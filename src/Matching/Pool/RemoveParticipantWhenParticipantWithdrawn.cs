using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Matching.Pairs;
using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Pool;

/// <summary>Whoever leaves a programme is out of its pool, its proposals and its pairs; nobody is told why.</summary>
internal sealed class RemoveParticipantWhenParticipantWithdrawn(MatchingDb db, Inbox inbox, Leaving leaving) : IConsumer<ParticipantWithdrawn>
{
    public async Task Consume(ConsumeContext<ParticipantWithdrawn> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        await inbox.Bury(Participant.Copy, fact.ParticipantId, ct);
        db.Participants.RemoveRange(await db.Participants.Where(p => p.Id == fact.ParticipantId).ToListAsync(ct));
        db.Wishes.RemoveRange(await db.Wishes
            .Where(wish => wish.ProgrammeId == fact.ProgrammeId
                && ((wish.PersonId == fact.PersonId && wish.Side == fact.Side) || (wish.OtherId == fact.PersonId && wish.Side != fact.Side)))
            .ToListAsync(ct));
        await leaving.EndAll(
            proposal => proposal.ProgrammeId == fact.ProgrammeId && proposal.PersonOn(fact.Side) == fact.PersonId,
            pair => pair.ProgrammeId == fact.ProgrammeId && (fact.Side == Side.Mentor ? pair.MentorId : pair.MenteeId) == fact.PersonId,
            fact.PersonId,
            atOnce: false,
            ct);
        await db.SaveChangesAsync(ct);
    }
}
