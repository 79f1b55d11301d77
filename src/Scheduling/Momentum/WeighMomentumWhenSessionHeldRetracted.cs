using MassTransit;
using Mentoring.Contracts.Scheduling;

namespace Mentoring.Scheduling.Momentum;

public sealed class WeighMomentumWhenSessionHeldRetracted(SchedulingDb db, Weighing weighing) : IConsumer<SessionHeldRetracted>
{
    public async Task Consume(ConsumeContext<SessionHeldRetracted> context)
    {
        await weighing.Weigh(context.Message.PartnershipId, context.CancellationToken);
        await db.SaveChangesAsync(context.CancellationToken);
    }
}
