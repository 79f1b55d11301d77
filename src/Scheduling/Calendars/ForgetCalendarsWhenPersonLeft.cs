using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;

namespace Mentoring.Scheduling.Calendars;

/// <summary>Nobody's calendar is read any longer than they are here.</summary>
public sealed class ForgetCalendarsWhenPersonLeft(SchedulingDb db, Timers timers, TimeProvider clock) : IConsumer<PersonLeft>
{
    public async Task Consume(ConsumeContext<PersonLeft> context)
    {
        await db.ForgetCalendars(context.Message.PersonId, timers, clock.GetUtcNow(), context.CancellationToken);
        await db.SaveChangesAsync(context.CancellationToken);
    }
}
