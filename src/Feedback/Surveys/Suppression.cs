using System.Numerics;

namespace Mentoring.Feedback.Surveys;

/// <summary>
/// Decides which numbers of a table may be shown. Withholding the small ones is not enough: with a total and all groups but one on
/// show, the last is a subtraction away (complementary suppression: L. Willenborg and T. de Waal, Elements of Statistical Disclosure
/// Control, 2001, chapter 6).
/// <para>
/// The table is given as disjoint smallest groups of people, and cells, each a set of such groups. The invariant: no set of groups whose
/// number follows from what is shown, by any sum or difference, holds fewer than k people. A set's number follows exactly when its
/// indicator vector is a rational combination of those of the shown cells, so that is what is tested, for every set.
/// </para>
/// </summary>
public static class Suppression
{
    /// <summary>Every set of groups is tried; far more than any grouping here has.</summary>
    public const int MostGroups = 12;

    /// <param name="people">How many people are in each group.</param>
    /// <param name="cells">Sets of groups as bit masks, the most wanted first; bit i is group i.</param>
    /// <param name="k">Fewest people behind a number.</param>
    /// <returns>For each cell, whether it may be shown.</returns>
    public static IReadOnlyList<bool> Show(IReadOnlyList<int> people, IReadOnlyList<uint> cells, int k)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(people.Count, MostGroups);
        var shown = new bool[cells.Count];
        var span = new List<long[]>();
        for (var cell = 0; cell < cells.Count; cell++)
        {
            var candidate = Reduced(span, Indicator(cells[cell], people.Count));
            if (People(people, cells[cell]) < k)
                continue;
            if (candidate is null)
            {
                // Follows from what is shown already, so showing it tells nothing new.
                shown[cell] = true;
                continue;
            }
            span.Add(candidate);
            shown[cell] = !Discloses(span, people, k);
            if (!shown[cell])
                span.RemoveAt(span.Count - 1);
        }
        return shown;
    }

    private static bool Discloses(List<long[]> span, IReadOnlyList<int> people, int k)
    {
        for (var set = 1u; set < 1u << people.Count; set++)
        {
            if (People(people, set) < k && Reduced(span, Indicator(set, people.Count)) is null)
                return true;
        }
        return false;
    }

    private static int People(IReadOnlyList<int> people, uint set)
    {
        var sum = 0;
        for (var group = 0; group < people.Count; group++)
            sum += (set & (1u << group)) != 0 ? people[group] : 0;
        return sum;
    }

    private static long[] Indicator(uint set, int groups)
    {
        var vector = new long[groups];
        for (var group = 0; group < groups; group++)
            vector[group] = (set >> group) & 1;
        return vector;
    }

    // Gaussian elimination in integers. A row is zero in the leading columns of all rows before it, so clearing them in order disturbs
    // none that is cleared already. Null: the vector lies in the span.
    private static long[]? Reduced(List<long[]> span, long[] vector)
    {
        foreach (var row in span)
        {
            var lead = Array.FindIndex(row, value => value != 0);
            if (vector[lead] == 0)
                continue;
            var (a, b) = (row[lead], vector[lead]);
            for (var i = 0; i < vector.Length; i++)
                vector[i] = checked(vector[i] * a - row[i] * b);
            Shorten(vector);
        }
        return Array.TrueForAll(vector, value => value == 0) ? null : vector;
    }

    private static void Shorten(long[] vector)
    {
        var divisor = vector.Aggregate(BigInteger.Zero, (sum, value) => BigInteger.GreatestCommonDivisor(sum, value));
        if (divisor <= BigInteger.One)
            return;
        for (var i = 0; i < vector.Length; i++)
            vector[i] /= (long)divisor;
    }
}
