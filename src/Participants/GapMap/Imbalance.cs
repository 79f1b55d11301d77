namespace Mentoring.Participants.GapMap;

/// <summary>
/// How far insight and authority lie apart in one topic, from 0 to 100:
/// <code>100 × need / (need + held with authority) × held without authority / (held without + held with authority)</code>
/// The first share says how many of those with authority whom the topic concerns lack it; the second how much of what is known stands below
/// authority. 0 where nobody with authority needs it or nobody else holds it. It rises with need and with what is held below, falls with what
/// is held above, and does not depend on the size of the unit.
/// </summary>
/// <remarks>
/// It is worked out from shown numbers alone, so that it tells nothing about hidden ones: without a shown need or a shown number of holders
/// there is none, and a hidden number of holders with authority enters as the most that is too few to show.
/// </remarks>
public static class Imbalance
{
    public const int Highest = 100;

    /// <summary>Below it there is hardly a gap to close.</summary>
    public const int WorthClosing = 20;

    /// <param name="needs">People with authority who need it, as shown.</param>
    /// <param name="holders">People without authority who hold it, as shown.</param>
    /// <param name="holdersWithAuthority">People with authority who hold it, as shown.</param>
    public static int? Of(int? needs, int? holders, int? holdersWithAuthority)
    {
        if (needs is not { } need || holders is not { } below)
            return null;
        if (need == 0 || below == 0)
            return 0;
        var above = holdersWithAuthority ?? SafeCounts.K - 1;
        return (int)Math.Round(Highest * ((double)need / (need + above)) * ((double)below / (below + above)), MidpointRounding.AwayFromZero);
    }
}
