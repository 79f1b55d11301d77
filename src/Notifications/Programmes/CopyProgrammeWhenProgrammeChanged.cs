using MassTransit;
using Mentoring.Contracts.Participants;

namespace Mentoring.Notifications.Programmes;

public sealed class CopyProgrammeWhenProgrammeChanged(NotificationsDb db, Messaging.Inbox inbox) : IConsumer<ProgrammeChanged>
{
    public Task Consume(ConsumeContext<ProgrammeChanged> context) =>
        ProgrammeCopy.Take(db, inbox, context.Message.ProgrammeId, context.Message.Version, context.Message.Programme, context.CancellationToken);
}
