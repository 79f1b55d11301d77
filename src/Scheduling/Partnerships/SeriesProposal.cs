using Mentoring.Contracts.Scheduling;
using Mentoring.Messaging;
using Mentoring.Scheduling.Availability;
using Mentoring.Scheduling.Programmes;
using Mentoring.Scheduling.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>
/// Proposes a pair's series for the term it is in, and books it where the platform does. Where the two have no common time the programme's
/// managers are told, once, and it is tried again. Part of the next save.
/// </summary>
public sealed class SeriesProposal(SchedulingDb db, Attendees attendees, BookedSeries booking, Outbox outbox, Timers timers, TimeProvider clock, IOptions<SchedulingOptions> options)
{
    private static readonly TimeSpan UntilTriedAgain = TimeSpan.FromDays(7);

    /// <param name="pair">Active; its charter is there.</param>
    /// <param name="terms">Its programme's.</param>
    /// <param name="ct">Cancels the look-ups.</param>
    public async Task Propose(Partnership pair, ProgrammeTerms terms, CancellationToken ct) =>
        await Propose(pair, terms, await attendees.Of([pair.MentorId, pair.MenteeId], clock.GetUtcNow(), ct), ct);

    /// <summary>One of many: what is booked for it is in the way of those that come after.</summary>
    /// <param name="pair">Active; its charter is there.</param>
    /// <param name="terms">Its programme's.</param>
    /// <param name="people">The calendars of the two, among others; takes up what is booked.</param>
    /// <param name="ct">Cancels the look-ups; where nothing was proposed to the pair before, there are none.</param>
    public async Task Propose(Partnership pair, ProgrammeTerms terms, Dictionary<Guid, Attendee> people, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (mentor, mentee) = (people[pair.MentorId], people[pair.MenteeId]);
        var slots = SeriesPlan.Propose(
            mentor, mentee, pair.Charter!.Text, terms.SessionMinutes, Instant.FromDateTimeOffset(now), Instant.FromDateTimeOffset(pair.EndsAt ?? now));
        var momentum = await db.Momentum.FindAsync([db.Unit.UnitId, pair.Id], ct) ?? throw new InvalidOperationException("The pair has not begun.");
        var isFirst = pair.Series is null;
        pair.Propose(slots);
        if (slots.Count == 0)
        {
            if (momentum.FindNoCommonTime(now))
            {
                db.Transitions.Add(momentum.ToTransition(now));
                outbox.Publish(momentum.ToFact(pair, AlarmStep.ProgrammeManager, [], noCommonTime: true));
            }
            await SetTimer(isFirst, LookForCommonTime.Name, pair, now + UntilTriedAgain, ct);
            return;
        }
        if (momentum.FindCommonTime())
        {
            db.Transitions.Add(momentum.ToTransition(now));
            outbox.Publish(momentum.ToFact(pair, tell: null, []));
        }
        if (!terms.PlatformBooks || !pair.Charter.Signed)
        {
            var remindAt = mentee.Hours.AfterWorkingDays(Instant.FromDateTimeOffset(now), options.Value.WorkingDaysToConfirm).ToDateTimeOffset();
            await SetTimer(isFirst, RemindOfSeries.Name, pair, remindAt, ct);
            return;
        }
        await booking.Book(pair, slots, bySide: null, mentor, mentee, ct);
        people[pair.MentorId] = mentor.WithBusy(slots.Select(slot => mentor.Engaged(slot.Slot.Time, slot.Slot.Channel, slot.Slot.Place)));
        people[pair.MenteeId] = mentee.WithBusy(slots.Select(slot => mentee.Engaged(slot.Slot.Time, slot.Slot.Channel, slot.Slot.Place)));
    }

    /// <summary>Thousands may begin at once, and where none was proposed before none can be set: nothing is asked of the database then.</summary>
    private async Task SetTimer(bool isFirst, string name, Partnership pair, DateTimeOffset dueAt, CancellationToken ct)
    {
        if (isFirst)
            timers.Add(name, pair.Id.ToString(), dueAt);
        else
            await timers.Set(name, pair.Id.ToString(), dueAt, ct: ct);
    }

    /// <summary>Somebody can be met at other hours than before: where that person's pairs had no common time, it is looked for at once.</summary>
    public async Task TryAgainFor(Guid personId, CancellationToken ct)
    {
        var active = await db.Partnerships.AsNoTracking()
            .Where(pair => pair.ActivatedAt != null && pair.EndedAt == null && (pair.MentorId == personId || pair.MenteeId == personId))
            .ToListAsync(ct);
        foreach (var pair in active.Where(pair => pair.LacksCommonTime))
            await timers.Set(LookForCommonTime.Name, pair.Id.ToString(), clock.GetUtcNow(), ct: ct);
    }
}
