using Mentoring.Messaging;

namespace Mentoring.Participants.Programmes;

/// <summary>A wave's day has come. Days begin at midnight UTC: a unit may span zones, and a wave is a matter of weeks.</summary>
public sealed class UnlockWaveByDate(ParticipantsDb db, Outbox outbox, TimeProvider clock) : ITimer
{
    public static string Name => "wave-date";

    public static DateTimeOffset DueAt(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    public async Task Fire(TimerFired timer, CancellationToken ct)
    {
        await UnlockWaves.Of(timer.Payload<Guid>(), db, outbox, clock.GetUtcNow(), ct);
        await db.SaveChangesAsync(ct);
    }
}
