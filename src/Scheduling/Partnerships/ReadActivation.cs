using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Partnerships;

/// <summary>
/// How far the platform is with beginning a programme's pairs: the job that activates them and plans and books their series. It starts by
/// itself; nobody has to post it.
/// </summary>
/// <remarks>
/// Counted from the pairs as they are, so that it is right after whatever restart, and there is nothing beside them that could disagree.
/// </remarks>
public static class ReadActivation
{
    private static readonly TimeSpan PaceOf = TimeSpan.FromMinutes(1);

    public enum State
    {
        /// <summary>Pairs that may begin wait to be planned.</summary>
        Running,

        /// <summary>Every pair that may begin has begun.</summary>
        Done,
    }

    /// <param name="State">Whether pairs that are ready still wait.</param>
    /// <param name="Done">Pairs that have begun; ended ones are left out of every number here.</param>
    /// <param name="Total">Those, and the ones that are ready to: charter signed by both, both prepared.</param>
    /// <param name="Eta">When the last of them will have begun at the pace of the last minute; null where none waits or none has begun lately.</param>
    /// <param name="Result">What has come of those that have begun.</param>
    public sealed record View(State State, long Done, long Total, DateTimeOffset? Eta, Result Result);

    /// <param name="Booked">The whole series is booked.</param>
    /// <param name="Proposed">The series waits for the mentee to confirm it.</param>
    /// <param name="WithoutCommonTime">No time suits both; it is looked for again with every change of hours, and weekly.</param>
    public sealed record Result(long Booked, long Proposed, long WithoutCommonTime);

    private sealed record Count(long Begun, long Waiting, long Lately, long Booked, long WithoutCommonTime);

    public static async Task<IResult> Handle(string programme, Caller caller, SchedulingDb db, TimeProvider clock, CancellationToken ct)
    {
        if (await db.Programmes.Where(terms => terms.Slug == programme).Select(terms => (Guid?)terms.Id).FirstOrDefaultAsync(ct) is not { } id)
            return Problems.NotFound();
        if (!caller.Is(Roles.ProgrammeManager, id))
            return Problems.RoleMissing();
        var now = clock.GetUtcNow();
        var count = await db.Database.SqlQuery<Count>($"""
            select count(*) filter (where activated_at is not null) as "Begun",
                   count(*) filter (where activated_at is null and ready) as "Waiting",
                   count(*) filter (where activated_at > {now - PaceOf}) as "Lately",
                   count(*) filter (where activated_at is not null and (series ->> 'booked')::boolean) as "Booked",
                   count(*) filter (where activated_at is not null and not (series ->> 'booked')::boolean and jsonb_array_length(series -> 'slots') = 0) as "WithoutCommonTime"
            from (
                select activated_at, series, (charter ->> 'signedByMentor')::boolean and (charter ->> 'signedByMentee')::boolean
                    and exists (select from preparations done where done.programme_id = pair.programme_id and done.person_id = pair.mentor_id and done.side = 'Mentor')
                    and exists (select from preparations done where done.programme_id = pair.programme_id and done.person_id = pair.mentee_id and done.side = 'Mentee') as ready
                from partnerships pair where programme_id = {id} and ended_at is null) pairs
            """).SingleAsync(ct);
        DateTimeOffset? eta = count is { Waiting: > 0, Lately: > 0 } ? now + (PaceOf * ((double)count.Waiting / count.Lately)) : null;
        return Results.Ok(new View(
            count.Waiting > 0 ? State.Running : State.Done,
            count.Begun,
            count.Begun + count.Waiting,
            eta,
            new Result(count.Booked, count.Begun - count.Booked - count.WithoutCommonTime, count.WithoutCommonTime)));
    }
}
