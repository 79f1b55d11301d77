using Mentoring.Contracts.Participants;

namespace Mentoring.Matching.Runs;

/// <summary>
/// What one run may and should do, as data. There is no place in it for an age or a protected characteristic, as there is none in
/// what it looks at.
/// </summary>
/// <param name="Direction">Who learns from whom.</param>
/// <param name="Wave">Whose turn it is.</param>
/// <param name="HardRules">Names from <see cref="Runs.HardRules"/> that this programme asks for, besides those that always hold.</param>
/// <param name="SameChainAtDistance">Null: nobody above or below the other. Otherwise the least distance allowed with both consents.</param>
/// <param name="Weights">Criteria of <see cref="Criteria"/> with the points each can give at most; heaviest first.</param>
/// <param name="GapTopics">The topics of the programme's gap that mentees need.</param>
/// <param name="SessionMinutes">Two people need at least this much of their working days in common.</param>
/// <param name="Grades">How many grades lie between the two; null where the programme does not ask.</param>
/// <param name="NotUnderDirectReport">In the same chain too, the mentor may not stand under somebody who reports to the mentee.</param>
/// <param name="GapTopicsBack">In a reciprocal programme, the topics of the gap that mentors need; otherwise none.</param>
/// <param name="Mode">How pairs are found.</param>
public sealed record Policy(
    Direction Direction,
    string Wave,
    IReadOnlyList<string> HardRules,
    int? SameChainAtDistance,
    IReadOnlyList<Weight> Weights,
    IReadOnlyList<string> GapTopics,
    int SessionMinutes,
    GradeDistance? Grades = null,
    bool NotUnderDirectReport = false,
    IReadOnlyList<string>? GapTopicsBack = null,
    RunMode Mode = RunMode.WholePool)
{
    public static Policy Of(Programme programme, string wave) => new(
        programme.Direction,
        wave,
        programme.HardRules,
        programme.SameChainAtDistance,
        Heaviest(programme.Prefer),
        programme.Gap.Up is { Count: > 0 } up ? up : programme.Gap.Topics,
        programme.SessionMinutes,
        programme.Grades,
        programme.NotUnderDirectReport,
        programme.Gap.Down,
        programme.Mode == MatchingMode.SelfChosen ? RunMode.SelfChosen : RunMode.WholePool);

    public static IReadOnlyList<Weight> Heaviest(IReadOnlyDictionary<string, int> weights) =>
    [
        .. weights.Where(weight => weight.Value > 0)
            .OrderByDescending(weight => weight.Value).ThenBy(weight => weight.Key, StringComparer.Ordinal)
            .Select(weight => new Weight(weight.Key, weight.Value)),
    ];

    public bool Asks(string rule) => HardRules.Contains(rule);

    /// <summary>By how many grades the one who ought to stand above does; null where a grade is not known.</summary>
    internal int? GradesAbove(in Meeting two) =>
        Direction == Direction.Traditional ? two.Mentor.Grade - two.Mentee.Grade : two.Mentee.Grade - two.Mentor.Grade;
}

/// <summary>A criterion and the most points it gives.</summary>
public sealed record Weight(string Criterion, int Points);

/// <summary>Which pairs a run weighs, of those that break no rule.</summary>
public enum RunMode
{
    /// <summary>All of them.</summary>
    WholePool,

    /// <summary>Those in which at least one of the two has asked for the other.</summary>
    SelfChosen,

    /// <summary>The locks and nothing else: pairs picked by the programme manager, under the same rules.</summary>
    ManagerPicked,
}
