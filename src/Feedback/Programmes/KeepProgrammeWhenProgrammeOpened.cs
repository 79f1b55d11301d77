using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;

namespace Mentoring.Feedback.Programmes;

public sealed class KeepProgrammeWhenProgrammeOpened(FeedbackDb db, Inbox inbox, Timers timers, TimeProvider clock) : IConsumer<ProgrammeOpened>
{
    public Task Consume(ConsumeContext<ProgrammeOpened> context) =>
        ProgrammeCopy.Take(context.Message.ProgrammeId, context.Message.Version, context.Message.Programme, db, inbox, timers, clock, context.CancellationToken);
}
