namespace Mentoring.Participants.GapMap;

/// <summary>
/// Which of the counts of an organisation may be shown. Nothing below <see cref="K"/> people is; and as a whole is shown beside its parts,
/// one more part is hidden wherever the whole less the shown parts would leave 1 to K − 1 people (complementary suppression). Below a hidden
/// part nothing is shown. So whatever is added or subtracted among the shown numbers, nobody or at least K people come out.
/// </summary>
public static class SafeCounts
{
    /// <summary>The fewest people a number is shown for: the same as a programme's default.</summary>
    public const int K = 5;

    /// <summary>The path of the whole.</summary>
    public const string Whole = "";

    private const string Separator = " / ";

    /// <param name="counts">People by the exact path they stand at; a path may come more than once.</param>
    /// <returns>What may be shown, by path, each with all that stands below it; a path that is not there is hidden.</returns>
    public static IReadOnlyDictionary<string, int> Of(IEnumerable<(string Path, int People)> counts)
    {
        var totals = new Dictionary<string, int>(StringComparer.Ordinal) { [Whole] = 0 };
        var below = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var (path, people) in counts)
        {
            for (string? at = path; at is not null; at = ParentOf(at))
            {
                if (!totals.TryGetValue(at, out var total))
                    Below(ParentOf(at)!).Add(at);
                totals[at] = total + people;
            }
        }

        var shown = new Dictionary<string, int>(StringComparer.Ordinal);
        if (totals[Whole] >= K)
            Show(Whole);
        return shown;

        void Show(string path)
        {
            shown[path] = totals[path];
            var parts = Below(path).Where(part => totals[part] >= K).OrderBy(part => totals[part]).ThenBy(part => part, StringComparer.Ordinal).ToList();
            // Whoever stands at the path itself is part of the rest: they have no row of their own.
            var rest = totals[path] - parts.Sum(part => totals[part]);
            if (rest is > 0 and < K && parts.Count > 0)
                parts.RemoveAt(0);
            parts.ForEach(Show);
        }

        List<string> Below(string path) => below.TryGetValue(path, out var parts) ? parts : below[path] = [];
    }

    /// <summary>The path one part shorter; null above the whole.</summary>
    public static string? ParentOf(string path) =>
        path.Length == 0 ? null
        : path.LastIndexOf(Separator, StringComparison.Ordinal) is > 0 and var end ? path[..end]
        : Whole;
}
