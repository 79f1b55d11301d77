using Mentoring.Participants.Programmes;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Circle;

/// <summary>The circle of a programme, and to its members who belongs to it.</summary>
public static class ShowCircle
{
    public static async Task<IResult> Handle(string programme, Caller caller, ParticipantsDb db, TimeProvider clock, CancellationToken ct) =>
        await Standing.Of(programme, caller, db, ct) is { } standing ? Results.Ok(await View(standing, db, clock.GetUtcNow(), ct)) : Problems.NotFound();

    public static async Task<IResult> Members(string programme, PageRequest page, Caller caller, ParticipantsDb db, CancellationToken ct)
    {
        if (await Standing.Of(programme, caller, db, ct) is not { } standing)
            return Problems.NotFound();
        if (!standing.Member)
            return Standing.NotAMember();
        var after = page.AfterId ?? Guid.Empty;
        var found = await (
            from member in Standing.MembersOf(standing.Programme.Id, db)
            join person in db.People on member.PersonId equals person.Id
            where member.PersonId > after
            orderby member.PersonId
            select new CircleMemberView(
                member.PersonId, person.Name, db.Alumni.Any(alumnus => alumnus.ProgrammeId == standing.Programme.Id && alumnus.PersonId == member.PersonId)))
            .Take(page.Take).ToListAsync(ct);
        return Results.Ok(Page.Of(found, page, member => Cursor.Of(member.PersonId)));
    }

    internal static async Task<CircleView> View(Standing standing, ParticipantsDb db, DateTimeOffset now, CancellationToken ct)
    {
        var (programme, forum) = (standing.Programme, standing.Programme.Settings.Forum);
        var meetings = db.CircleMeetings.Where(meeting => meeting.ProgrammeId == programme.Id && !meeting.Cancelled);
        var next = await meetings.Where(meeting => meeting.StartsAt > now).MinAsync(meeting => (DateTimeOffset?)meeting.StartsAt, ct);
        var last = await meetings.Where(meeting => meeting.StartsAt <= now).MaxAsync(meeting => (DateTimeOffset?)meeting.StartsAt, ct);
        return new CircleView(
            programme.Slug,
            forum?.Name,
            forum?.Every,
            next,
            next is null && forum is not null && (last ?? programme.OpenedAt) is { } since ? Period.After(since, forum.Every) : null,
            await Standing.MembersOf(programme.Id, db).CountAsync(ct),
            standing.Member,
            standing.Alumnus,
            standing.MayArrange);
    }
}

/// <param name="Programme">Whose circle, by slug.</param>
/// <param name="Name">What the programme calls its mentors' meeting; null where it has no word of its own.</param>
/// <param name="Every">Its rhythm, an ISO 8601 period; null where the programme sets none.</param>
/// <param name="NextAt">When the circle meets next; null while no meeting is called.</param>
/// <param name="DueBy">When the rhythm wants the next one, while none is called.</param>
/// <param name="Members">How many belong to it.</param>
/// <param name="Member">Whether the caller does.</param>
/// <param name="Alumnus">Whether the caller has mentored in this programme to the planned end.</param>
/// <param name="MayArrange">Whether the caller may call meetings and edit agendas.</param>
public sealed record CircleView(
    string Programme, string? Name, string? Every, DateTimeOffset? NextAt, DateTimeOffset? DueBy, int Members, bool Member, bool Alumnus, bool MayArrange);

public sealed record CircleMemberView(Guid PersonId, string Name, bool Alumnus);
