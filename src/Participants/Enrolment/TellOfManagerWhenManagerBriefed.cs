using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Participants.People;

namespace Mentoring.Participants.Enrolment;

/// <summary>
/// The brief needs the manager's name and address where it is written. Not in the save of the enrolment: a whole team that enrols at once would
/// change its one manager at once, and all but one would be refused.
/// </summary>
public sealed class TellOfManagerWhenManagerBriefed(ParticipantsDb db, Outbox outbox) : IConsumer<ManagerBriefed>
{
    public async Task Consume(ConsumeContext<ManagerBriefed> context)
    {
        await PublishPeople.For(db, outbox, [context.Message.ManagerId], context.CancellationToken);
        await db.SaveChangesAsync(context.CancellationToken);
    }
}
