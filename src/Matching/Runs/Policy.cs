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
/// <param name="GapTopics">The topics of the programme's gap.</param>
/// <param name="SessionMinutes">Two people need at least this much of their working days in common.</param>
public sealed record Policy(
    Direction Direction,
    string Wave,
    IReadOnlyList<string> HardRules,
    int? SameChainAtDistance,
    IReadOnlyList<Weight> Weights,
    IReadOnlyList<string> GapTopics,
    int SessionMinutes)
{
    public static Policy Of(Programme programme, string wave) => new(
        programme.Direction,
        wave,
        programme.HardRules,
        programme.SameChainAtDistance,
        [.. programme.Prefer.Where(weight => weight.Value > 0)
            .OrderByDescending(weight => weight.Value).ThenBy(weight => weight.Key, StringComparer.Ordinal)
            .Select(weight => new Weight(weight.Key, weight.Value))],
        programme.Gap.Topics,
        programme.SessionMinutes);

    /// <summary>Rules and criteria that nobody here can keep; a policy that has any is not run.</summary>
    public IReadOnlyList<string> Unknown() =>
    [
        .. HardRules.Where(rule => !Runs.HardRules.IsKnown(rule)),
        .. Weights.Select(weight => weight.Criterion).Where(criterion => !Criteria.IsKnown(criterion)),
    ];

    public bool Asks(string rule) => HardRules.Contains(rule);
}

/// <summary>A criterion and the most points it gives.</summary>
public sealed record Weight(string Criterion, int Points);
