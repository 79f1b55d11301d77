using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Circle;

/// <summary>Whom one accompanies or is accompanied by; to alumni, who would like company, the longest waiting first.</summary>
public static class ReadAccompaniments
{
    public static async Task<IResult> List(string programme, PageRequest page, Caller caller, ParticipantsDb db, CancellationToken ct)
    {
        if (await Standing.Of(programme, caller, db, ct) is not { } standing)
            return Problems.NotFound();
        if (!standing.Member)
            return Standing.NotAMember();
        var (me, programmeId, alumnus, after) = (caller.PersonId, standing.Programme.Id, standing.Alumnus, page.AfterId ?? Guid.Empty);
        // A request of somebody who has left the circle since is nobody's to take up.
        var members = Standing.MembersOf(programmeId, db).Select(member => member.PersonId);
        var shown = db.Accompaniments.AsNoTracking().Where(known => known.ProgrammeId == programmeId && known.State != AccompanimentState.Ended && members.Contains(known.MentorId)
            && (known.MentorId == me || known.AlumnusId == me || (alumnus && known.State == AccompanimentState.Asked)));
        var found = await Views(shown.Where(known => known.Id > after).OrderBy(known => known.Id).Take(page.Take), db).ToListAsync(ct);
        return Results.Ok(Page.Of(found, page, view => Cursor.Of(view.Id)));
    }

    internal static Task<AccompanimentView> View(Accompaniment accompaniment, ParticipantsDb db, CancellationToken ct) =>
        Views(db.Accompaniments.AsNoTracking().Where(known => known.Id == accompaniment.Id), db).SingleAsync(ct);

    private static IQueryable<AccompanimentView> Views(IQueryable<Accompaniment> shown, ParticipantsDb db) =>
        from accompaniment in shown
        join mentor in db.People on accompaniment.MentorId equals mentor.Id
        join person in db.People on accompaniment.AlumnusId equals person.Id into alumni
        from alumnus in alumni.DefaultIfEmpty()
        orderby accompaniment.Id
        select new AccompanimentView(
            accompaniment.Id,
            accompaniment.State,
            new Companion(mentor.Id, mentor.Name, mentor.Email),
            alumnus == null ? null : new Companion(alumnus.Id, alumnus.Name, alumnus.Email),
            accompaniment.AskedAt);
}

/// <param name="Mentor">Who asked.</param>
/// <param name="Alumnus">Who gives company; null until somebody does.</param>
public sealed record AccompanimentView(Guid Id, AccompanimentState State, Companion Mentor, Companion? Alumnus, DateTimeOffset AskedAt);

/// <param name="Email">To arrange it; null for somebody without a mailbox.</param>
public sealed record Companion(Guid PersonId, string Name, string? Email);
