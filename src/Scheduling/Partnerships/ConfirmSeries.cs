using Mentoring.Contracts.Audit;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Scheduling.Availability;
using Mentoring.Scheduling.Sessions;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>
/// The mentee, or a delegate, takes the proposed series: all sessions are booked at once. Where a proposed time is no longer free the series
/// is planned anew and that is booked; the answer says so.
/// </summary>
public static class ConfirmSeries
{
    private enum Refusal
    {
        Ended,
        MenteeBooks,
        CharterUnsigned,
        NothingProposed,
        BookedAlready,
    }

    public static async Task<IResult> Handle(
        Guid id,
        Caller caller,
        SchedulingDb db,
        Attendees attendees,
        BookedSeries booking,
        Outbox outbox,
        Timers timers,
        TimeProvider clock,
        CancellationToken ct)
    {
        var pair = await db.Partnerships.SingleOrDefaultAsync(pair => pair.Id == id, ct);
        if (pair is null || await Acting.For(caller, pair, db, ct) is not { } acting)
            return Problems.NotFound();
        if (Refuse(pair, acting) is { } refusal)
            return ToProblem(refusal);

        var now = clock.GetUtcNow();
        var (mentor, mentee) = await attendees.Of(pair.MentorId, pair.MenteeId, now, ct);
        var slots = pair.Series!.Slots;
        var asProposed = slots.All(proposed => StillFree(proposed.Slot, mentor, mentee, now));
        if (!asProposed)
        {
            var minutes = (int)(slots[0].Slot.EndsAt - slots[0].Slot.StartsAt).TotalMinutes;
            slots = SeriesPlan.Propose(
                mentor, mentee, pair.Charter!.Text, minutes, Instant.FromDateTimeOffset(now), Instant.FromDateTimeOffset(pair.EndsAt ?? now));
            if (slots.Count == 0)
                return ToProblem(Refusal.NothingProposed);
        }
        await booking.Book(pair, slots, acting.Side, mentor, mentee, ct);
        await timers.Clear(RemindOfSeries.Name, pair.Id.ToString(), ct);
        if (acting.AsDelegate)
            outbox.Publish(new ActionAudited(Guid.CreateVersion7(), caller.PersonId, "series-confirmed-for-mentee", pair.Id, now));
        if (!await db.SaveUnlessDoubleBooked(ct))
            return SessionRefusals.SlotTaken(acting);
        return Results.Ok(ReadSeries.Show(pair, mentor.Hours.Zone, mentee.Hours.Zone, asProposed));
    }

    private static Refusal? Refuse(Partnership pair, Acting acting) =>
        pair.Ended ? Refusal.Ended
        : acting.Side is Side.Mentor ? Refusal.MenteeBooks
        // A change of substance since the series was proposed has taken the signatures away.
        : pair.Charter is not { Signed: true } ? Refusal.CharterUnsigned
        : pair.Series switch
        {
            { Booked: true } => Refusal.BookedAlready,
            { Slots.Count: > 0 } => null,
            _ => Refusal.NothingProposed,
        };

    private static IResult ToProblem(Refusal refusal) => refusal switch
    {
        Refusal.Ended => EndPartnership.Ended(),
        Refusal.MenteeBooks => Problems.Of(422, "mentee-books", "The mentee or a delegate confirms the series."),
        Refusal.CharterUnsigned => ReadCharter.Unsigned(),
        Refusal.NothingProposed => Problems.Of(409, "series-not-proposed", "There is no series to confirm: both sign and prepare first, and need common hours."),
        Refusal.BookedAlready => Problems.Of(409, "series-booked", "The series is booked already. Move single sessions where a time does not suit."),
    };

    private static bool StillFree(TimeSlot slot, Attendee mentor, Attendee mentee, DateTimeOffset now) =>
        slot.StartsAt > now && Instant.FromDateTimeOffset(slot.StartsAt) >= Instant.FromDateTimeOffset(now) + mentor.Hours.MinimumNotice && new[] { mentor, mentee }.All(person =>
            person.CanMeet(slot.Time, slot.Channel, slot.Place) && !person.IsBusy(slot.Time, slot.Channel, slot.Place));
}
