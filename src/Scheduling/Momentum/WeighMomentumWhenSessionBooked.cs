using MassTransit;
using Mentoring.Contracts.Scheduling;

namespace Mentoring.Scheduling.Momentum;

public sealed class WeighMomentumWhenSessionBooked(SchedulingDb db, Weighing weighing) : IConsumer<SessionBooked>
{
    public async Task Consume(ConsumeContext<SessionBooked> context)
    {
        await weighing.Weigh(context.Message.PartnershipId, context.CancellationToken);
        await db.SaveChangesAsync(context.CancellationToken);
    }
}
