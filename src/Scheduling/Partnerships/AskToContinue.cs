using Mentoring.Messaging;
using Mentoring.Scheduling.Availability;
using Mentoring.Scheduling.Sessions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>
/// Before the planned end both are asked whether they want to go on, and a closing session is offered: the last that is booked, or times for
/// one where none is.
/// </summary>
public sealed class AskToContinue(SchedulingDb db, Attendees attendees, Outbox outbox, TimeProvider clock) : ITimer
{
    public static string Name => "partnership-continuation";

    public async Task Fire(TimerFired timer, CancellationToken ct)
    {
        var id = Guid.Parse(timer.Key);
        var now = clock.GetUtcNow();
        var pair = await db.Partnerships.SingleOrDefaultAsync(pair => pair.Id == id, ct);
        if (pair is null || !pair.Ask(now))
            return;
        var closing = await db.Sessions
            .Where(session => session.PartnershipId == id && session.State == SessionState.Booked && session.StartsAt > now && session.StartsAt < pair.EndsAt)
            .MaxAsync(session => (DateTimeOffset?)session.StartsAt, ct);
        outbox.Publish(pair.ToAsked(closing, closing is null ? await Slots(pair, now, ct) : []));
        await db.SaveChangesAsync(ct);
    }

    private async Task<IReadOnlyList<DateTimeOffset>> Slots(Partnership pair, DateTimeOffset now, CancellationToken ct)
    {
        var minutes = await db.Programmes.Where(terms => terms.Id == pair.ProgrammeId).Select(terms => terms.SessionMinutes).SingleAsync(ct);
        var (mentor, mentee) = await attendees.Of(pair.MentorId, pair.MenteeId, now, ct);
        return
        [
            .. ReadSlots.Next(mentor, mentee, minutes, Instant.FromDateTimeOffset(now), ReadSlots.HowFor(pair, mentor, mentee))
                .Select(slot => (Start: slot.Time.Start.ToDateTimeOffset(), End: slot.Time.End.ToDateTimeOffset()))
                .Where(slot => slot.End <= pair.EndsAt)
                .Select(slot => slot.Start),
        ];
    }
}
