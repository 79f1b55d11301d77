using Mentoring.Scheduling.Sessions;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Level = Mentoring.Contracts.Scheduling.Momentum;

namespace Mentoring.Scheduling.Momentum;

/// <summary>
/// How the pairs of a programme have done, Monday by Monday. The programme manager reads exact numbers; the sponsor numbers that stand for at least k pairs,
/// and none of the current week, so that nobody finds out about one pair by looking twice.
/// </summary>
public static class ReadTrend
{
    private const int Weeks = 12;

    /// <param name="Points">The last twelve Mondays, the latest last.</param>
    /// <param name="Figures">Of all pairs there have been; null for a sponsor where they are fewer than k.</param>
    public sealed record View(IReadOnlyList<TrendPoint> Points, Figures? Figures);

    /// <summary>Of sessions whose time has come.</summary>
    /// <param name="Pairs">Ever under way, those that have ended among them.</param>
    /// <param name="DaysToFirstSession">Whole days from a pair's forming to its first held session, the median; null where none was held, or by fewer than k pairs.</param>
    public sealed record Figures(int Pairs, int Held, int CancelledByMentee, int CancelledByMentor, int MissedByMentee, int? DaysToFirstSession);

    private sealed record Cell(DateTimeOffset At, string Level, int Pairs);

    private sealed record Counts(int Pairs, int Held, int CancelledByMentee, int CancelledByMentor, int MissedByMentee, int Met, double? DaysToFirstSession);

    public static async Task<IResult> Handle(string programme, Caller caller, SchedulingDb db, TimeProvider clock, CancellationToken ct)
    {
        if (await db.Programmes.AsNoTracking().Where(terms => terms.Slug == programme).Select(terms => new { terms.Id, terms.K }).FirstOrDefaultAsync(ct) is not { } terms)
            return Problems.NotFound();
        var manages = caller.Is(Roles.ProgrammeManager, terms.Id);
        if (!manages && !caller.Is(Roles.Sponsor, terms.Id))
            return Problems.RoleMissing();

        var now = clock.GetUtcNow();
        var monday = now.Date.AddDays(-(((int)now.DayOfWeek + 6) % 7));
        var last = new DateTimeOffset(monday, TimeSpan.Zero);
        var points = await Points(terms.Id, last, db, ct);
        var counts = await Count(terms.Id, until: manages ? now : last, db, ct);
        var figures = new Figures(
            counts.Pairs, counts.Held, counts.CancelledByMentee, counts.CancelledByMentor, counts.MissedByMentee,
            manages || counts.Met >= terms.K ? (int?)counts.DaysToFirstSession : null);
        return Results.Ok(manages
            ? new View(points, figures)
            : new View([.. points.Select(point => point.For(terms.K))], counts.Pairs >= terms.K ? figures : null));
    }

    private static async Task<IReadOnlyList<TrendPoint>> Points(Guid programmeId, DateTimeOffset last, SchedulingDb db, CancellationToken ct)
    {
        var mondays = Enumerable.Range(0, Weeks).Select(week => last.AddDays(-7 * (Weeks - 1 - week))).ToArray();
        // Before its first change a pair is as it began.
        var cells = await db.Database.SqlQuery<Cell>($"""
            select monday.at as "At", coalesce(latest.level, {nameof(Level.Steady)}) as "Level", count(*)::int as "Pairs"
            from unnest({mondays}) as monday(at)
            join partnerships pair on pair.programme_id = {programmeId} and pair.activated_at <= monday.at and (pair.ended_at is null or pair.ended_at > monday.at)
            left join lateral (
                select change.level from momentum_transitions change
                where change.unit_id = pair.unit_id and change.partnership_id = pair.id and change.at <= monday.at order by change.version desc limit 1) latest on true
            group by 1, 2
            """).ToListAsync(ct);
        var byMonday = cells.ToLookup(cell => cell.At);
        return [.. mondays.Select(at => TrendPoint.Of(at, byMonday[at].ToDictionary(cell => Enum.Parse<Level>(cell.Level), cell => cell.Pairs)))];
    }

    private static Task<Counts> Count(Guid programmeId, DateTimeOffset until, SchedulingDb db, CancellationToken ct) => db.Database.SqlQuery<Counts>($"""
        with each as (
            select count(*) filter (where session.state = {nameof(SessionState.Held)}) as held,
                   count(*) filter (where session.state = {nameof(SessionState.Cancelled)} and session.by_side = 'Mentee') as cancelled_by_mentee,
                   count(*) filter (where session.state = {nameof(SessionState.Cancelled)} and session.by_side = 'Mentor') as cancelled_by_mentor,
                   count(*) filter (where session.state = {nameof(SessionState.Missed)} and session.by_side = 'Mentee') as missed_by_mentee,
                   floor(extract(epoch from min(session.starts_at) filter (where session.state = {nameof(SessionState.Held)}) - pair.formed_at) / 86400) as days
            from partnerships pair
            left join sessions session on session.unit_id = pair.unit_id and session.partnership_id = pair.id and session.starts_at < {until}
            where pair.programme_id = {programmeId} and pair.activated_at < {until}
            group by pair.unit_id, pair.id, pair.formed_at)
        select count(*)::int as "Pairs", coalesce(sum(held), 0)::int as "Held", coalesce(sum(cancelled_by_mentee), 0)::int as "CancelledByMentee",
               coalesce(sum(cancelled_by_mentor), 0)::int as "CancelledByMentor", coalesce(sum(missed_by_mentee), 0)::int as "MissedByMentee",
               count(days)::int as "Met", percentile_cont(0.5) within group (order by days) as "DaysToFirstSession"
        from each
        """).SingleAsync(ct);
}
