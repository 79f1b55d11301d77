using MassTransit;
using Mentoring.Contracts.Scheduling;

namespace Mentoring.Scheduling.Momentum;

public sealed class WeighMomentumWhenSessionCancelled(SchedulingDb db, Weighing weighing) : IConsumer<SessionCancelled>
{
    public async Task Consume(ConsumeContext<SessionCancelled> context)
    {
        await weighing.Weigh(context.Message.PartnershipId, context.CancellationToken);
        await db.SaveChangesAsync(context.CancellationToken);
    }
}
