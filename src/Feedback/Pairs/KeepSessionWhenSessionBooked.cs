using MassTransit;
using Mentoring.Contracts.Scheduling;
using Mentoring.Messaging;

namespace Mentoring.Feedback.Pairs;

public sealed class KeepSessionWhenSessionBooked(FeedbackDb db, Inbox inbox) : IConsumer<SessionBooked>
{
    public Task Consume(ConsumeContext<SessionBooked> context)
    {
        var fact = context.Message;
        var said = SessionCopy.Said(
            fact.SessionId, fact.PartnershipId, fact.ProgrammeId, fact.MentorId, fact.MenteeId, fact.StartsAt, SessionState.Booked);
        return SessionCopy.Take(fact.Version, said, db, inbox, context.CancellationToken);
    }
}
