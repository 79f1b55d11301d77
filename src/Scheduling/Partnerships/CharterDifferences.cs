namespace Mentoring.Scheduling.Partnerships;

/// <summary>One thing that two versions of a charter say otherwise.</summary>
/// <param name="Part">As the fields are named: <c>gap</c>, <c>goals.mentor.measure</c>, <c>clauses.disagreement.text</c>, <c>cadence.video</c>; <c>clauses</c> is their order.</param>
/// <param name="Substance">It takes both signatures away; otherwise it is logistics and keeps them.</param>
/// <param name="Before">Null where it was not there.</param>
/// <param name="After">Null where it is there no more.</param>
public sealed record CharterDifference(string Part, bool Substance, string? Before, string? After);

/// <summary>What differs between two texts of a charter, by clause.</summary>
public static class CharterDifferences
{
    /// <returns>Empty where they say the same. In the order of the page; what is no more comes after what is.</returns>
    public static IReadOnlyList<CharterDifference> Between(CharterText before, CharterText after)
    {
        var (was, now) = (Substance(before), Substance(after));
        return
        [
            .. Between(was, now, substance: true),
            .. InOrder("clauses", substance: true, [.. before.Clauses.Select(clause => clause.Name)], [.. after.Clauses.Select(clause => clause.Name)]),
            .. Between(Cadence(before), Cadence(after), substance: false),
            .. InOrder("places", substance: false, before.Places, after.Places),
        ];
    }

    private static IEnumerable<CharterDifference> Between(
        IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after, bool substance) =>
        from part in after.Keys.Union(before.Keys)
        let was = before.GetValueOrDefault(part)
        let now = after.GetValueOrDefault(part)
        where was != now
        select new CharterDifference(part, substance, was, now);

    private static IEnumerable<CharterDifference> InOrder(string part, bool substance, IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        if (!before.SequenceEqual(after))
            yield return new CharterDifference(part, substance, string.Join(", ", before), string.Join(", ", after));
    }

    private static OrderedDictionary<string, string> Substance(CharterText text)
    {
        var parts = new OrderedDictionary<string, string>();
        Add("gap", text.Gap);
        Add("measure", text.Measure);
        Add("goals.mentor.text", text.Goals.Mentor.Text);
        Add("goals.mentor.measure", text.Goals.Mentor.Measure);
        Add("goals.mentee.text", text.Goals.Mentee.Text);
        Add("goals.mentee.measure", text.Goals.Mentee.Measure);
        foreach (var clause in text.Clauses)
        {
            Add($"clauses.{clause.Name}.title", clause.Title);
            Add($"clauses.{clause.Name}.text", clause.Text);
        }
        Add("confidentiality", text.Confidentiality);
        return parts;

        void Add(string part, string? value)
        {
            if (value is not null)
                parts[part] = value;
        }
    }

    private static Dictionary<string, string> Cadence(CharterText text) => text.Cadence.ToDictionary(channel => $"cadence.{channel.Key}", channel => channel.Value);
}
