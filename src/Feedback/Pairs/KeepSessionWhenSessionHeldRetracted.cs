using MassTransit;
using Mentoring.Contracts.Scheduling;
using Mentoring.Messaging;

namespace Mentoring.Feedback.Pairs;

public sealed class KeepSessionWhenSessionHeldRetracted(FeedbackDb db, Inbox inbox) : IConsumer<SessionHeldRetracted>
{
    public Task Consume(ConsumeContext<SessionHeldRetracted> context)
    {
        var fact = context.Message;
        var said = SessionCopy.Said(
            fact.SessionId, fact.PartnershipId, fact.ProgrammeId, fact.MentorId, fact.MenteeId, fact.StartsAt, SessionState.NotHeld);
        return SessionCopy.Take(fact.Version, said, db, inbox, context.CancellationToken);
    }
}
