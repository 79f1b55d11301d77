using MassTransit;
using Mentoring.Contracts.Scheduling;
using Mentoring.Messaging;

namespace Mentoring.Feedback.Pairs;

public sealed class KeepSessionWhenSessionMissed(FeedbackDb db, Inbox inbox) : IConsumer<SessionMissed>
{
    public Task Consume(ConsumeContext<SessionMissed> context)
    {
        var fact = context.Message;
        var said = SessionCopy.Said(
            fact.SessionId, fact.PartnershipId, fact.ProgrammeId, fact.MentorId, fact.MenteeId, fact.StartsAt, SessionState.Missed, fact.BySide);
        return SessionCopy.Take(fact.Version, said, db, inbox, context.CancellationToken);
    }
}
