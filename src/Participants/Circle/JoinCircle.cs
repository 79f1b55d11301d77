using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Circle;

/// <param name="Programme">Whose circle, by slug.</param>
public sealed record CircleRequest(string Programme);

/// <summary>A mentor joins the circle or leaves it; each is the mentor's own choice, and both may be repeated without harm.</summary>
public static class JoinCircle
{
    public static async Task<IResult> Join(CircleRequest request, Caller caller, ParticipantsDb db, TimeProvider clock, CancellationToken ct)
    {
        if (await Standing.Of(request.Programme, caller, db, ct) is not { } standing)
            return Problems.NotFound();
        if (!standing.MayJoin)
            return Problems.Of(409, "not-a-mentor", "The circle is the mentors' own. Whoever manages a programme calls its meetings without belonging to it.");
        var now = clock.GetUtcNow();
        if (!standing.Member)
        {
            await db.Database.ExecuteSqlAsync($"""
                insert into circle_members (unit_id, programme_id, person_id, joined_at) values ({caller.UnitId}, {standing.Programme.Id}, {caller.PersonId}, {now})
                on conflict (unit_id, programme_id, person_id) do update set joined_at = excluded.joined_at
                """, ct);
        }
        return Results.Ok(await ShowCircle.View(standing with { Member = true }, db, now, ct));
    }

    /// <summary>Company that was asked for or given ends with it.</summary>
    public static async Task<IResult> Leave(CircleRequest request, Caller caller, ParticipantsDb db, TimeProvider clock, CancellationToken ct)
    {
        if (await Standing.Of(request.Programme, caller, db, ct) is not { } standing)
            return Problems.NotFound();
        var programmeId = standing.Programme.Id;
        foreach (var accompaniment in await db.Accompaniments
            .Where(known => known.ProgrammeId == programmeId && known.State != AccompanimentState.Ended && (known.MentorId == caller.PersonId || known.AlumnusId == caller.PersonId))
            .ToListAsync(ct))
            accompaniment.End();
        if (await db.CircleMembers.SingleOrDefaultAsync(known => known.ProgrammeId == programmeId && known.PersonId == caller.PersonId, ct) is { } member)
            db.CircleMembers.Remove(member);
        await db.SaveChangesAsync(ct);
        return Results.Ok(await ShowCircle.View(standing with { Member = false }, db, clock.GetUtcNow(), ct));
    }
}
