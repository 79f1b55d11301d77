using MassTransit;
using Mentoring.Contracts.Scheduling;

namespace Mentoring.Scheduling.Momentum;

public sealed class WeighMomentumWhenSessionMoved(SchedulingDb db, Weighing weighing) : IConsumer<SessionMoved>
{
    public async Task Consume(ConsumeContext<SessionMoved> context)
    {
        await weighing.Weigh(context.Message.PartnershipId, context.CancellationToken);
        await db.SaveChangesAsync(context.CancellationToken);
    }
}
