using MassTransit;
using Mentoring.Contracts.Scheduling;

namespace Mentoring.Scheduling.Momentum;

public sealed class WeighMomentumWhenSessionHeld(SchedulingDb db, Weighing weighing) : IConsumer<SessionHeld>
{
    public async Task Consume(ConsumeContext<SessionHeld> context)
    {
        await weighing.Weigh(context.Message.PartnershipId, context.CancellationToken);
        await db.SaveChangesAsync(context.CancellationToken);
    }
}
