using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Scheduling.Calendars;
using Mentoring.Scheduling.Momentum;
using Mentoring.Scheduling.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>Ends partnerships, whatever the cause: sessions to come fall away and the places are free. Part of the next save.</summary>
public sealed class Endings(SchedulingDb db, Outbox outbox, Timers timers, UnsettledSessions unsettled, CalendarEntries entries, TimeProvider clock)
{
    /// <summary>False where it had ended before: then nothing is told again.</summary>
    public async Task<bool> End(Partnership pair, bool early, CancellationToken ct)
    {
        if (!pair.End(early, clock.GetUtcNow()))
            return false;
        await WindUp(pair, ct);
        return true;
    }

    /// <inheritdoc cref="Partnership.EndAsPlanned"/>
    public async Task<bool> EndAsPlanned(Partnership pair, CancellationToken ct)
    {
        if (!pair.EndAsPlanned(clock.GetUtcNow()))
            return false;
        await WindUp(pair, ct);
        return true;
    }

    private async Task WindUp(Partnership pair, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var session in await db.Sessions.Where(session => session.PartnershipId == pair.Id && session.State == SessionState.Booked).ToListAsync(ct))
        {
            if (!session.FallAway(now))
            {
                // What they have had is asked about all the same.
                await unsettled.ExpectAlone(session, ct);
                continue;
            }
            await unsettled.Forget(session, ct);
            await db.FreeTimeOf(session, ct);
            outbox.Publish(session.ToCancelled(await entries.Follow(session, ct)));
        }
        foreach (var timer in new[] { ActivatePartnership.Name, EndWhenTimeIsOver.Name, LookAtMomentum.Name, EscalateAlarm.Name, AskToContinue.Name, LookForCommonTime.Name, RemindOfSeries.Name, AskAboutSeries.Name })
            await timers.Clear(timer, pair.Id.ToString(), ct);
        foreach (var side in new[] { Side.Mentor, Side.Mentee })
            await timers.Clear(TellOfRevision.Name, TellOfRevision.KeyFor(pair, side), ct);
        // Counted or no longer wanted: who had said what is nobody's business any more.
        db.ContinuationAnswers.RemoveRange(await db.ContinuationAnswers.Where(answer => answer.PartnershipId == pair.Id).ToListAsync(ct));
        outbox.Publish(pair.ToEnded());
    }
}
