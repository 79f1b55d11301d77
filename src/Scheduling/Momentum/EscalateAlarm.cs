using Mentoring.Contracts.Scheduling;
using Mentoring.Messaging;
using Microsoft.Extensions.Options;

namespace Mentoring.Scheduling.Momentum;

/// <summary>
/// The next step of the ladder, where the mentee has booked nothing since: the programme manager, then the sponsor. Never the mentor's
/// manager.
/// </summary>
public sealed class EscalateAlarm(
    SchedulingDb db, Weighing weighing, Outbox outbox, Timers timers, TimeProvider clock, IOptions<SchedulingOptions> options) : ITimer
{
    public static string Name => "momentum-alarm";

    public async Task Fire(TimerFired timer, CancellationToken ct)
    {
        var from = timer.Payload<AlarmStep>();
        // Weighed first: a booking whose fact has not come round yet ends the alarm as well.
        if (await weighing.Weigh(Guid.Parse(timer.Key), ct) is (var pair, var momentum) && momentum.Escalate(from))
        {
            db.Transitions.Add(momentum.ToTransition(clock.GetUtcNow()));
            outbox.Publish(momentum.ToFact(pair, momentum.Alarm, []));
            if (momentum.Alarm is AlarmStep.ProgrammeManager)
                await timers.Set(Name, timer.Key, clock.GetUtcNow() + options.Value.ManagerToSponsor, AlarmStep.ProgrammeManager, ct: ct);
        }
        await db.SaveChangesAsync(ct);
    }
}
