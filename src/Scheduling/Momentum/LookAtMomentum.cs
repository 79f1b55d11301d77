using Mentoring.Messaging;

namespace Mentoring.Scheduling.Momentum;

/// <summary>Weighs a pair again when time alone may have changed how it does.</summary>
public sealed class LookAtMomentum(SchedulingDb db, Weighing weighing) : ITimer
{
    public static string Name => "momentum-look";

    public async Task Fire(TimerFired timer, CancellationToken ct)
    {
        await weighing.Weigh(Guid.Parse(timer.Key), ct);
        await db.SaveChangesAsync(ct);
    }
}
