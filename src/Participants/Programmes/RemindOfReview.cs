using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Programmes;

/// <summary>A period after opening, and again each period, the programme is to be reviewed. Where it was meanwhile, nobody is told.</summary>
public sealed class RemindOfReview(ParticipantsDb db, Outbox outbox, Timers timers, TimeProvider clock) : ITimer
{
    public static string Name => "programme-review";

    public async Task Fire(TimerFired timer, CancellationToken ct)
    {
        var id = timer.Payload<Guid>();
        if (await db.Programmes.SingleOrDefaultAsync(known => known.Id == id && known.State == ProgrammeState.Open, ct) is not { } programme)
            return;
        var now = clock.GetUtcNow();
        if (!programme.ReviewedSince(programme.LastBefore(programme.Settings.Review, now)))
            outbox.Publish(new ReviewFellDue(programme.Id, programme.Version, DateOnly.FromDateTime(now.UtcDateTime)));
        await Rhythms.Set(programme, timers, now, ct);
        await db.SaveChangesAsync(ct);
    }
}
