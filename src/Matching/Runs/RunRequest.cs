using Mentoring.Contracts.Participants;
using Mentoring.Matching.Pool;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Runs;

/// <param name="Programme">The programme's slug.</param>
/// <param name="Wave">Whose turn it is.</param>
/// <param name="Locks">Pairs to be made in any case; they must break no rule.</param>
/// <param name="Bans">Pairs not to be made in this run.</param>
/// <param name="Mode">Which allowed pairs are weighed; the programme's way unless said.</param>
/// <param name="Basis">A solved run of this programme and wave to start from: among equally good choices as many of its pairs as possible are kept.</param>
/// <param name="Changes">How many pairs of that run may be given up at most, even where more would gain points.</param>
/// <param name="Policy">What if some of the programme's rules or weights were others: such a run is compared, not approved.</param>
public sealed record RunRequest(
    string Programme,
    string Wave,
    IReadOnlyList<Couple>? Locks = null,
    IReadOnlyList<Couple>? Bans = null,
    RunMode? Mode = null,
    PolicyChange? Policy = null,
    Guid? Basis = null,
    int? Changes = null)
{
    private const int MostCouples = 1_000;
    private const int MostPoints = 1_000;

    // Nearer there is authority inside the pair, in a programme's file as well.
    private const int LeastDistance = 3;

    /// <summary>The policy that is meant, were it allowed.</summary>
    internal Policy PolicyOf(Programme programme)
    {
        var policy = Runs.Policy.Of(programme, Wave);
        return (Policy?.Of(policy) ?? policy) with { Mode = Mode ?? policy.Mode };
    }

    /// <summary>Faults of shape, by field.</summary>
    internal Dictionary<string, string[]> Faults()
    {
        var errors = new Dictionary<string, string[]>();
        if (string.IsNullOrWhiteSpace(Programme)) errors["programme"] = ["is required"];
        if (string.IsNullOrWhiteSpace(Wave)) errors["wave"] = ["is required"];
        if (Locks?.Count > MostCouples) errors["locks"] = [$"has more than {MostCouples} pairs"];
        if (Bans?.Count > MostCouples) errors["bans"] = [$"has more than {MostCouples} pairs"];
        if (Locks is { } locks && Bans is { } bans && locks.Intersect(bans).Any()) errors["bans"] = ["names a pair that is locked as well"];
        if (Mode == RunMode.ManagerPicked && Locks is not { Count: > 0 }) errors["locks"] = ["are the pairs you pick; name at least one"];
        if (Changes < 0) errors["changes"] = ["is 0 or more"];
        if (Changes is not null && Basis is null) errors["changes"] = ["counts from a run; name it as the basis"];
        if (Policy?.Prefer?.Any(weight => weight.Value is < 0 or > MostPoints) == true) errors["policy.prefer"] = [$"gives 0 to {MostPoints} points"];
        if (Policy?.SameChainAtDistance is { } distance && distance != 0 && distance < LeastDistance)
            errors["policy.sameChainAtDistance"] = [$"is {LeastDistance} or more, or 0 for disjoint chains"];
        if (Policy?.Grades is { } grades && (grades.AtLeast < 0 || grades.AtMost < (grades.AtLeast ?? 0))) errors["policy.grades"] = ["asks for a distance that there is none of"];
        return errors;
    }

    /// <summary>Every rule of the domain that stands in the way, the most telling first; none when the run may start.</summary>
    internal async Task<IReadOnlyList<RunObstacle>> Obstacles(KnownProgramme programme, MatchingDb db, DateTimeOffset now, CancellationToken ct)
    {
        var obstacles = new List<RunObstacle>();
        var policy = PolicyOf(programme.Settings);
        if (programme.Closed) obstacles.Add(new("programme-closed", "programme", "This programme has ended; nobody is matched in it any more."));
        if (programme.Settings.Waves.FirstOrDefault(known => known.Name == Wave) is not { } wave)
        {
            obstacles.Add(new("wave-unknown", "wave",
                $"The programme has no wave “{Wave}”. It has: {Criteria.List([.. programme.Settings.Waves.Select(known => known.Name)])}."));
        }
        else if (!wave.Unlocked)
        {
            obstacles.Add(new("wave-locked", "wave", WhenItOpens(wave)));
        }
        if (policy.HardRules.Except(HardRules.Names).ToList() is { Count: > 0 } rules)
        {
            obstacles.Add(new("policy-unknown", "policy.hard",
                $"There is no rule {Quoted(rules)} here. There are: {Criteria.List(HardRules.Names)}."));
        }
        if (policy.Weights.Select(weight => weight.Criterion).Except(Criteria.Names).ToList() is { Count: > 0 } criteria)
        {
            obstacles.Add(new("policy-unknown", "policy.prefer",
                $"There is no criterion {Quoted(criteria)} here, and none sees an age or a protected characteristic. There are: {Criteria.List(Criteria.Names)}."));
        }
        if (Basis is { } basis && !await db.Runs.AnyAsync(
            run => run.Id == basis && run.ProgrammeId == programme.Id && run.Wave == Wave && (run.State == RunState.Solved || run.State == RunState.Approved), ct))
        {
            obstacles.Add(new("basis-unknown", "basis", "The run to start from is a solved one of the same programme and wave."));
        }
        if (obstacles.Count > 0 || Locks is not { Count: > 0 } locks) return obstacles;
        var pool = await PoolReader.Read(db, programme, DateOnly.FromDateTime(now.UtcDateTime), ct);
        if (new PairRules(policy, pool, Bans ?? []).CheckLocks(locks) is { } broken)
            obstacles.Add(new("lock-forbidden", "locks", $"A locked pair is not allowed by the rule “{broken.Rule}”: {broken.Words}", broken.Rule));
        return obstacles;
    }

    private static string Quoted(IReadOnlyList<string> names) => Criteria.List([.. names.Select(name => $"“{name}”")]);

    private static string WhenItOpens(Wave wave)
    {
        var condition = wave switch
        {
            { UnlockWave: { } other, HeldAtLeast: { } times } => $"every pair of wave “{other}” has met {(times == 1 ? "once" : $"{times} times")}",
            { UnlockWave: { } other, ReviewGreen: true } => $"the review of wave “{other}” is green",
            { UnlockWave: { } other } => $"the pairs of wave “{other}” have met",
            { ReviewGreen: true } => "the programme's review is green",
            { Date: { } date } => $"{date:yyyy-MM-dd} has come",
            _ => "its condition in the programme's file is met",
        };
        return $"Wave “{wave.Name}” is still locked: it opens when {condition}.";
    }
}

/// <summary>What stands in the way of a run.</summary>
/// <param name="Code">Stable.</param>
/// <param name="Field">What of the request it is about.</param>
/// <param name="Words">What to do, for a person.</param>
/// <param name="Rule">The hard rule that is broken, where it is one.</param>
public sealed record RunObstacle(string Code, string Field, string Words, string? Rule = null);

/// <summary>What of a programme's policy is to be otherwise; what is null stays.</summary>
/// <param name="Hard">The rules the programme asks for.</param>
/// <param name="Prefer">Criterion → points; replaces all weights.</param>
/// <param name="SameChainAtDistance">0 for disjoint chains.</param>
/// <param name="NotUnderDirectReport">Nobody who stands under somebody who reports to the mentee.</param>
/// <param name="Grades">How many grades lie between the two; both bounds null for no rule.</param>
public sealed record PolicyChange(
    IReadOnlyList<string>? Hard = null,
    IReadOnlyDictionary<string, int>? Prefer = null,
    int? SameChainAtDistance = null,
    bool? NotUnderDirectReport = null,
    GradeDistance? Grades = null)
{
    internal Policy Of(Policy policy) => policy with
    {
        HardRules = Hard ?? policy.HardRules,
        Weights = Prefer is null ? policy.Weights : Policy.Heaviest(Prefer),
        SameChainAtDistance = SameChainAtDistance switch { null => policy.SameChainAtDistance, 0 => null, var least => least },
        NotUnderDirectReport = NotUnderDirectReport ?? policy.NotUnderDirectReport,
        Grades = Grades switch { null => policy.Grades, { AtLeast: null, AtMost: null } => null, var asked => asked },
    };
}
