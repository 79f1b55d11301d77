using Mentoring.Matching.Pool;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Runs;

/// <summary>What a run would be told before it starts: everything in its way at once, and whom it would be about. Changes nothing.</summary>
internal static class ValidateRun
{
    /// <param name="Valid">It could be started.</param>
    /// <param name="Obstacles">Everything in the way.</param>
    /// <param name="Rules">The hard rules that would hold, in the order in which they are told.</param>
    /// <param name="Criteria">The criteria with the most points each gives.</param>
    /// <param name="MostPoints">What the best pair could be worth.</param>
    /// <param name="Mentors">Mentors with a place free.</param>
    /// <param name="Mentees">Mentees of the wave with a place free.</param>
    public sealed record RunValidation(
        bool Valid, IReadOnlyList<RunObstacle> Obstacles, IReadOnlyList<string> Rules, IReadOnlyList<Weight> Criteria, int MostPoints, int Mentors, int Mentees);

    public static async Task<IResult> Handle(RunRequest request, Caller caller, MatchingDb db, TimeProvider clock, CancellationToken ct)
    {
        if (request.Faults() is { Count: > 0 } errors) return Problems.Invalid(errors);
        var programme = await db.Programmes.AsNoTracking().SingleOrDefaultAsync(p => p.Slug == request.Programme, ct);
        if (programme is null) return Problems.NotFound();
        if (!caller.Is(Roles.ProgrammeManager, programme.Id)) return Problems.RoleMissing();

        var now = clock.GetUtcNow();
        var obstacles = await request.Obstacles(programme, db, now, ct);
        var policy = request.PolicyOf(programme.Settings);
        var pool = await PoolReader.Read(db, programme, DateOnly.FromDateTime(now.UtcDateTime), ct);
        return Results.Ok(new RunValidation(
            obstacles.Count == 0,
            obstacles,
            [.. HardRules.Of(policy).Select(rule => rule.Name)],
            policy.Weights,
            policy.Weights.Sum(weight => weight.Points),
            pool.Mentors.Count(mentor => mentor.FreePlaces > 0),
            pool.Mentees.Count(mentee => mentee.Wave == policy.Wave && mentee.FreePlaces > 0)));
    }
}
