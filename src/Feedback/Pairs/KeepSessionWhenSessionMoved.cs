using MassTransit;
using Mentoring.Contracts.Scheduling;
using Mentoring.Messaging;

namespace Mentoring.Feedback.Pairs;

public sealed class KeepSessionWhenSessionMoved(FeedbackDb db, Inbox inbox) : IConsumer<SessionMoved>
{
    public Task Consume(ConsumeContext<SessionMoved> context)
    {
        var fact = context.Message;
        var said = SessionCopy.Said(
            fact.SessionId, fact.PartnershipId, fact.ProgrammeId, fact.MentorId, fact.MenteeId, fact.StartsAt, SessionState.Booked);
        return SessionCopy.Take(fact.Version, said, db, inbox, context.CancellationToken);
    }
}
