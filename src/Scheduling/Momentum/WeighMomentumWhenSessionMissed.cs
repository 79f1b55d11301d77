using MassTransit;
using Mentoring.Contracts.Scheduling;

namespace Mentoring.Scheduling.Momentum;

public sealed class WeighMomentumWhenSessionMissed(SchedulingDb db, Weighing weighing) : IConsumer<SessionMissed>
{
    public async Task Consume(ConsumeContext<SessionMissed> context)
    {
        await weighing.Weigh(context.Message.PartnershipId, context.CancellationToken);
        await db.SaveChangesAsync(context.CancellationToken);
    }
}
