using MassTransit;
using Mentoring.Contracts.Scheduling;
using Mentoring.Messaging;

namespace Mentoring.Feedback.Pairs;

public sealed class KeepSessionWhenSessionCancelled(FeedbackDb db, Inbox inbox) : IConsumer<SessionCancelled>
{
    public Task Consume(ConsumeContext<SessionCancelled> context)
    {
        var fact = context.Message;
        var said = SessionCopy.Said(
            fact.SessionId, fact.PartnershipId, fact.ProgrammeId, fact.MentorId, fact.MenteeId, fact.StartsAt, SessionState.Cancelled,
            // A partnership that ended names no side: who ended it is nobody's business.
            fact.Reason == "partnership-ended" ? null : fact.BySide);
        return SessionCopy.Take(fact.Version, said, db, inbox, context.CancellationToken);
    }
}
