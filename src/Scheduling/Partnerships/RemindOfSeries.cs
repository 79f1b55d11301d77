using Mentoring.Contracts.Scheduling;
using Mentoring.Messaging;
using Mentoring.Scheduling.Availability;
using Mentoring.Scheduling.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>
/// Three working days after a series was proposed the mentee, who is to book it, is reminded, and so is whoever books for them: once. After that only the board shows that it
/// waits. A pair that has a session to come meets, and is left in peace.
/// </summary>
public sealed class RemindOfSeries(SchedulingDb db, Attendees attendees, Outbox outbox, Timers timers, TimeProvider clock, IOptions<SchedulingOptions> options) : ITimer
{
    public static string Name => "series-reminder";

    public async Task Fire(TimerFired timer, CancellationToken ct)
    {
        var (id, now) = (Guid.Parse(timer.Key), clock.GetUtcNow());
        var pair = await db.Partnerships.AsNoTracking().SingleOrDefaultAsync(pair => pair.Id == id, ct);
        if (pair is not { AwaitsConfirmation: true, Series: { } series }
            || series.Slots.Where(proposed => proposed.Slot.StartsAt > now).Select(proposed => proposed.Slot.StartsAt).ToArray() is not [var first, ..] toCome
            || await db.Sessions.AnyAsync(session => session.PartnershipId == id && session.State == SessionState.Booked && session.StartsAt > now, ct))
        {
            return;
        }
        // It cannot be booked until both have signed again: the days count anew.
        if (pair.Charter is not { Signed: true })
        {
            var again = (await attendees.HoursOf(pair.MenteeId, ct)).AfterWorkingDays(Instant.FromDateTimeOffset(now), options.Value.WorkingDaysToConfirm);
            await timers.Set(Name, timer.Key, again.ToDateTimeOffset(), ct: ct);
        }
        else
        {
            // The mentor hears nothing of it, also not as the mentee's delegate.
            var delegates = await db.Delegations.Where(held => held.MenteeId == pair.MenteeId && held.DelegateId != pair.MentorId)
                .OrderBy(held => held.DelegateId).Select(held => held.DelegateId).ToListAsync(ct);
            outbox.Publish(new SeriesUnconfirmed(
                pair.Id, pair.Version, pair.ProgrammeId, pair.MentorId, pair.MenteeId, pair.Term, first, toCome.Length, delegates));
        }
        await db.SaveChangesAsync(ct);
    }
}
