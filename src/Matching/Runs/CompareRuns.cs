using Mentoring.Matching.Pool;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Runs;

/// <summary>Two runs of one programme and wave side by side: what differs in their policies, their figures, and whom each mentee would get.</summary>
internal static class CompareRuns
{
    /// <param name="Here">This run.</param>
    /// <param name="There">The other.</param>
    /// <param name="PairsInBoth">Pairs that both found.</param>
    /// <param name="MenteesOnlyHere">Mentees that only this run serves.</param>
    /// <param name="MenteesOnlyThere">Mentees that only the other serves.</param>
    /// <param name="PolicyDiffers">Names of what differs between the policies.</param>
    public sealed record RunComparison(
        RunReads.MatchingRunView Here,
        RunReads.MatchingRunView There,
        int PairsInBoth,
        int MenteesOnlyHere,
        int MenteesOnlyThere,
        IReadOnlyList<string> PolicyDiffers);

    /// <summary>A mentee whose mentors are not the same in both; none where a run leaves the mentee without.</summary>
    public sealed record MenteeDifference(NamedPerson Mentee, IReadOnlyList<MentorOfRun> Here, IReadOnlyList<MentorOfRun> There);

    /// <summary>Whom a run gives a mentee.</summary>
    public sealed record MentorOfRun(NamedPerson Mentor, int Score);

    public static async Task<IResult> Handle(Guid id, Guid other, Caller caller, MatchingDb db, TimeProvider clock, CancellationToken ct)
    {
        var (here, there, slug, refusal) = await Find(id, other, caller, db, ct);
        if (refusal is not null) return refusal;
        var both = await db.RunPairs.Where(pair => pair.RunId == id)
            .Join(db.RunPairs.Where(pair => pair.RunId == other), one => new { one.MentorId, one.MenteeId }, one => new { one.MentorId, one.MenteeId }, (one, _) => one)
            .CountAsync(ct);
        var now = clock.GetUtcNow();
        return Results.Ok(new RunComparison(
            RunReads.MatchingRunView.Of(here!, slug!, now),
            RunReads.MatchingRunView.Of(there!, slug!, now),
            both,
            await ServedOnlyBy(id, other),
            await ServedOnlyBy(other, id),
            Differences(here!.Policy, there!.Policy)));

        Task<int> ServedOnlyBy(Guid run, Guid notBy) => db.RunPairs.Where(pair => pair.RunId == run)
            .Select(pair => pair.MenteeId).Distinct()
            .CountAsync(mentee => !db.RunPairs.Any(pair => pair.RunId == notBy && pair.MenteeId == mentee), ct);
    }

    /// <summary>Page by page, by mentee.</summary>
    public static async Task<IResult> Mentees(Guid id, Guid other, PageRequest page, Caller caller, MatchingDb db, CancellationToken ct)
    {
        if (await Find(id, other, caller, db, ct) is { Refusal: { } refusal }) return refusal;
        var after = page.AfterId ?? Guid.Empty;
        var mentees = await OnlyIn(id, other).Union(OnlyIn(other, id)).Where(mentee => mentee.CompareTo(after) > 0)
            .Order().Take(page.Take).ToListAsync(ct);
        var pairs = await db.RunPairs.AsNoTracking()
            .Where(pair => (pair.RunId == id || pair.RunId == other) && mentees.Contains(pair.MenteeId))
            .OrderBy(pair => pair.Rank).Select(pair => new { pair.RunId, pair.MenteeId, pair.MentorId, pair.Score }).ToListAsync(ct);
        var names = await NamedPerson.Read(db, pairs.Select(pair => pair.MentorId).Concat(mentees), ct);
        var items = mentees.Select(mentee => new MenteeDifference(names(mentee), Of(id, mentee), Of(other, mentee))).ToList();
        return Results.Ok(Page.Of(items, page, item => Cursor.Of(item.Mentee.Id)));

        IQueryable<Guid> OnlyIn(Guid run, Guid notIn) => db.RunPairs.Where(pair => pair.RunId == run
            && !db.RunPairs.Any(same => same.RunId == notIn && same.MenteeId == pair.MenteeId && same.MentorId == pair.MentorId)).Select(pair => pair.MenteeId);

        IReadOnlyList<MentorOfRun> Of(Guid run, Guid mentee) =>
            [.. pairs.Where(pair => pair.RunId == run && pair.MenteeId == mentee).Select(pair => new MentorOfRun(names(pair.MentorId), pair.Score))];
    }

    private static async Task<(MatchingRun? Here, MatchingRun? There, string? Slug, IResult? Refusal)> Find(
        Guid id, Guid other, Caller caller, MatchingDb db, CancellationToken ct)
    {
        var runs = await db.Runs.AsNoTracking().Where(run => run.Id == id || run.Id == other).ToDictionaryAsync(run => run.Id, ct);
        if (!runs.TryGetValue(id, out var here)) return (null, null, null, Problems.NotFound());
        if (!caller.Is(Roles.ProgrammeManager, here.ProgrammeId)) return (null, null, null, Problems.RoleMissing());
        if (!runs.TryGetValue(other, out var there) || there.ProgrammeId != here.ProgrammeId) return (null, null, null, Problems.NotFound());
        if (here.Wave != there.Wave)
        {
            return (null, null, null, Problems.Of(StatusCodes.Status422UnprocessableEntity, "runs-not-comparable",
                $"One run is for wave “{here.Wave}”, the other for “{there.Wave}”: they are about other people."));
        }
        if (here.Result is null || there.Result is null)
            return (null, null, null, Problems.Of(StatusCodes.Status409Conflict, "run-not-solved", "Only runs that have been solved can be compared."));
        var slug = await db.Programmes.Where(programme => programme.Id == here.ProgrammeId).Select(programme => programme.Slug).SingleAsync(ct);
        return (here, there, slug, null);
    }

    internal static IReadOnlyList<string> Differences(Policy one, Policy other)
    {
        (string Name, bool Same)[] parts =
        [
            ("direction", one.Direction == other.Direction),
            ("mode", one.Mode == other.Mode),
            ("hard", one.HardRules.Order().SequenceEqual(other.HardRules.Order())),
            ("prefer", one.Weights.SequenceEqual(other.Weights)),
            ("sameChainAtDistance", one.SameChainAtDistance == other.SameChainAtDistance),
            ("notUnderDirectReport", one.NotUnderDirectReport == other.NotUnderDirectReport),
            ("grades", one.Grades == other.Grades),
            ("gap", one.GapTopics.SequenceEqual(other.GapTopics) && (one.GapTopicsBack ?? []).SequenceEqual(other.GapTopicsBack ?? [])),
            ("sessionMinutes", one.SessionMinutes == other.SessionMinutes),
        ];
        return [.. parts.Where(part => !part.Same).Select(part => part.Name)];
    }
}
