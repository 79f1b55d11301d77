using MassTransit;
using Mentoring.Contracts.Participants;

namespace Mentoring.Notifications.Programmes;

public sealed class CopyProgrammeWhenProgrammeOpened(NotificationsDb db, Messaging.Inbox inbox) : IConsumer<ProgrammeOpened>
{
    public Task Consume(ConsumeContext<ProgrammeOpened> context) =>
        ProgrammeCopy.Take(db, inbox, context.Message.ProgrammeId, context.Message.Version, context.Message.Programme, context.CancellationToken);
}
