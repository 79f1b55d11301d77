using MassTransit;
using Mentoring.Contracts.Scheduling;
using Mentoring.Messaging;

namespace Mentoring.Feedback.Pairs;

public sealed class KeepSessionWhenSessionHeld(FeedbackDb db, Inbox inbox) : IConsumer<SessionHeld>
{
    public Task Consume(ConsumeContext<SessionHeld> context)
    {
        var fact = context.Message;
        var said = SessionCopy.Said(
            fact.SessionId, fact.PartnershipId, fact.ProgrammeId, fact.MentorId, fact.MenteeId, fact.StartsAt, SessionState.Held);
        return SessionCopy.Take(fact.Version, said, db, inbox, context.CancellationToken);
    }
}
