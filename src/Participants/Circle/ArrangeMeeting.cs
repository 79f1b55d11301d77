using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Circle;

/// <param name="StartsAt">Instant.</param>
/// <param name="Place">Where, in words or as a link.</param>
/// <param name="Agenda">What is to be talked about, in order; may be left for the alumni to fill.</param>
public sealed record MeetingRequest(string Title, DateTimeOffset StartsAt, int Minutes, string Place, IReadOnlyList<string>? Agenda = null);

/// <param name="Programme">Whose circle, by slug.</param>
public sealed record CallMeetingRequest(
    string Programme, string Title, DateTimeOffset StartsAt, int Minutes, string Place, IReadOnlyList<string>? Agenda = null);

/// <summary>Alumni and the programme's managers call a meeting, move it, change its agenda or cancel it; members are told of all but the agenda.</summary>
public static class ArrangeMeeting
{
    private const int LongestText = 200;
    private const int MostPoints = 20;

    public static async Task<IResult> Call(CallMeetingRequest request, Caller caller, ParticipantsDb db, Outbox outbox, TimeProvider clock, CancellationToken ct)
    {
        if (await Standing.Of(request.Programme, caller, db, ct) is not { } standing)
            return Problems.NotFound();
        if (!standing.MayArrange)
            return NotForYou();
        var (plan, errors) = Plan(new(request.Title, request.StartsAt, request.Minutes, request.Place, request.Agenda));
        if (plan is null)
            return Problems.Invalid(errors);
        if (CircleMeeting.Call(standing.Programme.Id, plan, clock.GetUtcNow()) is not { } meeting)
            return Problem(MeetingRefusal.InThePast);
        db.CircleMeetings.Add(meeting);
        await Tell(meeting, db, outbox, ct);
        await db.SaveChangesAsync(ct);
        return Results.Created($"/api/v1/units/{caller.Unit}/circle/meetings/{meeting.Id}", MeetingView.Of(meeting));
    }

    public static Task<IResult> Change(
        Guid id, MeetingRequest request, Precondition precondition, Caller caller, ParticipantsDb db, Outbox outbox, TimeProvider clock, CancellationToken ct)
    {
        var (plan, errors) = Plan(request);
        return plan is null
            ? Task.FromResult(Problems.Invalid(errors))
            : Rearrange(id, meeting => precondition.Refusal(meeting.Version), meeting => meeting.Change(plan, clock.GetUtcNow()), caller, db, outbox, ct);
    }

    public static Task<IResult> Cancel(Guid id, Caller caller, ParticipantsDb db, Outbox outbox, TimeProvider clock, CancellationToken ct) =>
        Rearrange(id, _ => null, meeting => meeting.Cancel(clock.GetUtcNow()), caller, db, outbox, ct);

    private static async Task<IResult> Rearrange(
        Guid id, Func<CircleMeeting, IResult?> stale, Func<CircleMeeting, MeetingRefusal?> change, Caller caller, ParticipantsDb db, Outbox outbox, CancellationToken ct)
    {
        if (await db.CircleMeetings.SingleOrDefaultAsync(known => known.Id == id, ct) is not { } meeting
            || await Standing.Of(meeting.ProgrammeId, caller, db, ct) is not { } standing)
            return Problems.NotFound();
        if (!standing.MayArrange)
            return NotForYou();
        if (stale(meeting) is { } refused)
            return refused;
        var arrangement = meeting.Arrangement;
        if (change(meeting) is { } refusal)
            return Problem(refusal);
        if (meeting.Arrangement != arrangement)
            await Tell(meeting, db, outbox, ct);
        await db.SaveChangesAsync(ct);
        return Precondition.Ok(MeetingView.Of(meeting), meeting.Version);
    }

    private static async Task Tell(CircleMeeting meeting, ParticipantsDb db, Outbox outbox, CancellationToken ct) =>
        outbox.Publish(meeting.ToFact(await Standing.MembersOf(meeting.ProgrammeId, db).Select(member => member.PersonId).OrderBy(id => id).ToListAsync(ct)));

    private static (MeetingPlan? Plan, Dictionary<string, string[]> Errors) Plan(MeetingRequest request)
    {
        var errors = new Dictionary<string, string[]>();
        var agenda = (request.Agenda ?? []).Select(point => point?.Trim() ?? "").ToList();
        if (!IsText(request.Title))
            errors["title"] = [$"must have 1 to {LongestText} characters"];
        if (!IsText(request.Place))
            errors["place"] = [$"must have 1 to {LongestText} characters: a room or a link"];
        if (request.Minutes is < CircleMeeting.ShortestMinutes or > CircleMeeting.LongestMinutes)
            errors["minutes"] = [$"must be {CircleMeeting.ShortestMinutes} to {CircleMeeting.LongestMinutes}"];
        if (agenda.Count > MostPoints || !agenda.TrueForAll(IsText))
            errors["agenda"] = [$"may have {MostPoints} points at most, each of 1 to {LongestText} characters"];
        return errors.Count > 0
            ? (null, errors)
            : (new MeetingPlan(request.Title.Trim(), request.StartsAt.ToUniversalTime(), request.Minutes, request.Place.Trim(), agenda), errors);

        static bool IsText(string text) => !string.IsNullOrWhiteSpace(text) && text.Trim().Length <= LongestText && !text.Any(char.IsControl);
    }

    private static IResult NotForYou() => Problems.Of(
        403, "not-an-alumnus", "Alumni who belong to the circle and the programme's managers arrange its meetings. You become an alumnus when your time with a mentee has come to its planned end.");

    private static IResult Problem(MeetingRefusal refusal) => refusal switch
    {
        MeetingRefusal.Cancelled => Problems.Of(409, "meeting-cancelled", "This meeting is cancelled. Call another."),
        MeetingRefusal.Begun => Problems.Of(409, "meeting-begun", "This meeting has begun or is over."),
        MeetingRefusal.InThePast => Problems.Of(422, "meeting-in-the-past", "Choose a time that is still to come."),
    };
}
