using Mentoring.Contracts.Participants;
using Mentoring.Contracts.Scheduling;
using Mentoring.Messaging;
using Mentoring.Scheduling.Availability;
using Mentoring.Scheduling.Partnerships;
using Mentoring.Scheduling.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Mentoring.Scheduling.Momentum;

/// <summary>
/// Weighs a pair anew from what its sessions are now, whichever fact or timer asks for it: so facts may come twice and in any order. Part
/// of the next save.
/// </summary>
public sealed class Weighing(SchedulingDb db, Attendees attendees, Outbox outbox, Timers timers, TimeProvider clock, IOptions<SchedulingOptions> options)
{
    /// <summary>Null where the pair has ended or has not begun.</summary>
    public async Task<(Partnership Pair, PairMomentum Momentum)?> Weigh(Guid partnershipId, CancellationToken ct)
    {
        var pair = await db.Partnerships.AsNoTracking().SingleOrDefaultAsync(pair => pair.Id == partnershipId, ct);
        if (pair is not { Ended: false, ActivatedAt: { } since, Charter: { } charter })
            return null;
        var momentum = await db.Momentum.SingleAsync(momentum => momentum.PartnershipId == partnershipId, ct);
        var sessions = await db.Sessions.AsNoTracking().Where(session => session.PartnershipId == partnershipId).ToListAsync(ct);

        var now = clock.GetUtcNow();
        var reading = PairHistory.Read(
            sessions.Select(session => ToMeeting(session, momentum.AlarmSince)).OfType<Meeting>(),
            Duration.FromDays(Rhythm.Of(charter.Text.Cadence).Days),
            Instant.FromDateTimeOffset(since),
            Instant.FromDateTimeOffset(now));
        var lastBooked = sessions.Where(session => session.State is SessionState.Booked or SessionState.Held).Max(session => session.MenteeBookedAt);

        var lookedForBefore = momentum.LookAgainAt;
        var change = momentum.Weigh(reading, lastBooked, now);
        if (change is not MomentumChange.None)
            db.Transitions.Add(momentum.ToTransition(now));
        switch (change)
        {
            case MomentumChange.AlarmRaised:
                await RaiseAlarm(pair, momentum, now, ct);
                break;
            case MomentumChange.Reading:
                outbox.Publish(momentum.ToFact(pair, tell: null, []));
                if (momentum.Alarm is null)
                    await timers.Clear(EscalateAlarm.Name, pair.Id.ToString(), ct);
                break;
            case MomentumChange.None:
                break;
        }
        // Most facts change nothing about it: what is not written cannot stand in the way of the timer that is just firing.
        if (momentum.LookAgainAt is { } lookAgain && lookAgain != lookedForBefore)
            await timers.Set(LookAtMomentum.Name, pair.Id.ToString(), lookAgain, ct: ct);
        return (pair, momentum);
    }

    private async Task RaiseAlarm(Partnership pair, PairMomentum momentum, DateTimeOffset now, CancellationToken ct)
    {
        var minutes = await db.Programmes.Where(terms => terms.Id == pair.ProgrammeId).Select(terms => terms.SessionMinutes).SingleAsync(ct);
        var (mentor, mentee) = await attendees.Of(pair.MentorId, pair.MenteeId, now, ct);
        var slots = ReadSlots.Next(mentor, mentee, minutes, Instant.FromDateTimeOffset(now), ReadSlots.HowFor(pair, mentor, mentee));
        outbox.Publish(momentum.ToFact(pair, AlarmStep.Mentee, [.. slots.Select(slot => slot.Time.Start)]));
        var due = mentee.Hours.AfterWorkingDays(Instant.FromDateTimeOffset(now), options.Value.WorkingDaysToRebook);
        await timers.Set(EscalateAlarm.Name, pair.Id.ToString(), due.ToDateTimeOffset(), AlarmStep.Mentee, ct: ct);
    }

    private static Meeting? ToMeeting(Session session, DateTimeOffset? alarmSince)
    {
        Outcome? outcome = session.State switch
        {
            SessionState.Booked => Outcome.Planned,
            SessionState.Held => Outcome.Held,
            SessionState.Cancelled when session.BySide is Side.Mentor => Outcome.CancelledByMentor,
            SessionState.Cancelled when session.BySide is Side.Mentee => Outcome.CancelledByMentee,
            SessionState.Missed => session.BySide is Side.Mentor ? Outcome.MissedByMentor : Outcome.MissedByMentee,
            // Nobody's doing, or the two do not agree: counts for neither.
            SessionState.Cancelled or SessionState.NotHeld => null,
        };
        var byMentor = session.BookedAt >= alarmSince && session.MenteeBookedAt != session.BookedAt;
        return outcome is { } known ? new Meeting(session.Id, Instant.FromDateTimeOffset(session.StartsAt), known, byMentor) : null;
    }
}
