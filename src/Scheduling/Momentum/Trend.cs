using Level = Mentoring.Contracts.Scheduling.Momentum;

namespace Mentoring.Scheduling.Momentum;

/// <summary>How the pairs of a programme did at one moment.</summary>
/// <param name="At">Start of a Monday; instant, UTC.</param>
/// <param name="Pairs">Under way at that moment; null where too few to be told.</param>
/// <param name="Thriving">As of the four levels; null where too few, or where it would tell how many too few are.</param>
public sealed record TrendPoint(DateTimeOffset At, int? Pairs, int? Thriving, int? Steady, int? Slipping, int? Stalled)
{
    public static TrendPoint Of(DateTimeOffset at, IReadOnlyDictionary<Level, int> pairs) => new(
        at,
        pairs.Values.Sum(),
        pairs.GetValueOrDefault(Level.Thriving),
        pairs.GetValueOrDefault(Level.Steady),
        pairs.GetValueOrDefault(Level.Slipping),
        pairs.GetValueOrDefault(Level.Stalled));

    /// <summary>
    /// What may be shown to somebody who must not find out about a single pair: no number from 1 to <paramref name="k"/> − 1, and none that leaves such a
    /// number when the others are taken from the whole (complementary suppression).
    /// </summary>
    /// <param name="k">The fewest pairs a number may stand for.</param>
    public TrendPoint For(int k)
    {
        if (Pairs < k)
            return this with { Pairs = Pairs is 0 ? 0 : null, Thriving = null, Steady = null, Slipping = null, Stalled = null };
        int?[] levels = [Thriving, Steady, Slipping, Stalled];
        var told = levels.Select(count => count is 0 || count >= k ? count : null).ToArray();
        var rest = Pairs - told.Sum();
        if (rest > 0 && rest < k)
            told[Array.IndexOf(told, told.Where(count => count > 0).Min())] = null;
        return this with { Thriving = told[0], Steady = told[1], Slipping = told[2], Stalled = told[3] };
    }
}
