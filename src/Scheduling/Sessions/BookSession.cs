using Mentoring.Contracts.Audit;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Scheduling.Availability;
using Mentoring.Scheduling.Calendars;
using Mentoring.Scheduling.Partnerships;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Mentoring.Scheduling.Sessions;

/// <summary>Books one session: the mentee or a delegate where the mentee books, either of the two where the platform does.</summary>
public static class BookSession
{
    /// <param name="PartnershipId">For which pair.</param>
    /// <param name="StartsAt">Instant.</param>
    /// <param name="Minutes">As the programme says, unless given.</param>
    /// <param name="Channel"><c>video</c> or <c>in-person</c>; unless given, the charter's usual one, or the one that suits both.</param>
    /// <param name="Place">Where, in words or as a link; unless given with it, the charter's where the two meet in person.</param>
    public sealed record Request(Guid PartnershipId, DateTimeOffset StartsAt, int? Minutes = null, string? Channel = null, string? Place = null);

    private enum Refusal
    {
        Ended,
        MenteeBooks,
        CharterUnsigned,
        PreparationMissing,
    }

    public static async Task<IResult> Handle(
        [FromBody] Request request,
        Caller caller,
        SchedulingDb db,
        Attendees attendees,
        Outbox outbox,
        UnsettledSessions unsettled,
        CalendarEntries entries,
        TimeProvider clock,
        CancellationToken ct)
    {
        if (Validate(request) is { Count: > 0 } errors)
            return Problems.Invalid(errors);
        var pair = await db.Partnerships.AsNoTracking().SingleOrDefaultAsync(pair => pair.Id == request.PartnershipId, ct);
        if (pair is null || await Acting.For(caller, pair, db, ct) is not { } acting)
            return Problems.NotFound();
        var terms = await db.Programmes.SingleAsync(terms => terms.Id == pair.ProgrammeId, ct);
        if (Refuse(pair, acting, terms.PlatformBooks, await db.PreparedOf(pair, ct)) is { } refusal)
            return ToProblem(refusal);

        var now = clock.GetUtcNow();
        var startsAt = request.StartsAt.ToUniversalTime();
        if (TimeRules.OutOfReach(startsAt, now) is { } outOfReach)
            return outOfReach.ToProblem(acting);
        var endsAt = startsAt.AddMinutes(request.Minutes ?? terms.SessionMinutes);
        var (mentor, mentee) = await attendees.Of(pair.MentorId, pair.MenteeId, now, ct);
        var usual = SeriesPlan.Usual(pair.Charter!.Text, mentor, mentee);
        var channel = request.Channel ?? usual.Channel!;
        var slot = new TimeSlot(startsAt, endsAt, channel, request.Place ?? (request.Channel is null ? usual.Place : null));
        var session = Session.Book(pair, slot, acting.Side, now, slot.WaysOf(mentor, mentee));
        if (TimeRules.Check(mentor, mentee, session.Time, session.Channel, session.Place, acting.Side, Instant.FromDateTimeOffset(now)) is { } timeRefusal)
            return timeRefusal.ToProblem(acting);

        db.Sessions.Add(session);
        db.BookedTimes.AddRange(BookedTimes.For(session));
        outbox.Publish(session.ToBooked(entries.Enter(session, mentor, mentee)));
        unsettled.Expect(session);
        if (acting.AsDelegate)
            outbox.Publish(new ActionAudited(Guid.CreateVersion7(), caller.PersonId, "session-booked-for-mentee", session.Id, now));
        if (!await db.SaveUnlessDoubleBooked(ct))
            return SessionRefusals.SlotTaken(acting);
        return Results.Created($"/api/v1/units/{caller.Unit}/sessions/{session.Id}", await db.Show(session, acting, ct));
    }

    private static Refusal? Refuse(Partnership pair, Acting acting, bool platformBooks, Prepared prepared) =>
        pair.Ended ? Refusal.Ended
        : !platformBooks && acting.Side is Side.Mentor ? Refusal.MenteeBooks
        : pair.Charter is not { Signed: true } ? Refusal.CharterUnsigned
        : !prepared.Both ? Refusal.PreparationMissing
        : null;

    private static IResult ToProblem(Refusal refusal) => refusal switch
    {
        Refusal.Ended => Problems.Of(409, "partnership-ended", "This partnership has ended; nothing more can be booked."),
        Refusal.MenteeBooks => Problems.Of(422, "mentee-books", "In this programme the mentee or a delegate books. Suggest a time to them."),
        Refusal.CharterUnsigned => ReadCharter.Unsigned(),
        Refusal.PreparationMissing => Problems.Of(422, "preparation-missing", "Both finish their preparation before the first session."),
    };

    private static Dictionary<string, string[]> Validate(Request request)
    {
        var errors = new Dictionary<string, string[]>();
        if (request.Minutes is < 15 or > 240)
            errors["minutes"] = ["must be from 15 to 240"];
        if (request.Channel is not (null or Channels.Video or Channels.InPerson))
            errors["channel"] = [$"must be {Channels.Video} or {Channels.InPerson}"];
        if (request.Place is { Length: > 300 })
            errors["place"] = ["has more than 300 characters"];
        return errors;
    }
}
