using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;

namespace Mentoring.Feedback.Programmes;

public sealed class KeepProgrammeWhenProgrammeChanged(FeedbackDb db, Inbox inbox, Timers timers, TimeProvider clock) : IConsumer<ProgrammeChanged>
{
    public Task Consume(ConsumeContext<ProgrammeChanged> context) =>
        ProgrammeCopy.Take(context.Message.ProgrammeId, context.Message.Version, context.Message.Programme, db, inbox, timers, clock, context.CancellationToken);
}
