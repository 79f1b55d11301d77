using Mentoring.Contracts.Participants;

namespace Mentoring.Matching.Runs;

/// <summary>What one criterion gave a pair.</summary>
/// <param name="Criterion">Its name, as in the programme's file.</param>
/// <param name="Points">Whole points; those of all criteria add up to the pair's score.</param>
/// <param name="Words">Why.</param>
public sealed record CriterionPoints(string Criterion, int Points, string Words);

/// <summary>A part of the whole: <paramref name="Of"/> is never 0.</summary>
internal readonly record struct Share(int Part, int Of);

/// <summary>What makes one allowed pair better than another.</summary>
/// <param name="Name">As in the programme's file.</param>
/// <param name="Share">Of its weight; asked of millions of pairs: allocates nothing.</param>
/// <param name="Words">Why, for both to read.</param>
internal sealed record Criterion(
    string Name,
    Look<Share> Share,
    Look<string> Words);

/// <summary>
/// The criteria by name. Each sees two snapshots and answers with a share of its weight; points are that share rounded down, and the score
/// is their sum and nothing else.
/// </summary>
internal static class Criteria
{
    private const int HighestLevel = 5;
    private const int EnoughHours = 6 * 60;
    private const int EnoughInterests = 3;
    private const int FarGrades = 10;

    private static readonly Criterion[] s_criteria =
    [
        new("gap",
            (policy, in two) => policy.Direction == Direction.Reciprocal
                ? new(two.Up.GapLevels + two.Back.GapLevels, Math.Max(1, HighestLevel * (two.Mentee.GapNeeds + two.Mentor.GapNeeds)))
                : new(two.Up.GapLevels, Math.Max(1, HighestLevel * two.Mentee.GapNeeds)),
            (policy, in two) =>
            {
                var up = Gap("mentor", two.Mentor, "mentee", two.Mentee);
                return policy.Direction == Direction.Reciprocal ? $"{up} {Gap("mentee", two.Mentee, "mentor", two.Mentor)}" : up;
            }),
        new("priority",
            (_, in two) => new(two.Up.Priorities, Math.Max(1, two.Mentee.PriorityNeeds)),
            (_, in two) => two.Mentor.Brings(two.Mentee).Where(topic => topic.Priority).ToList() is { Count: > 0 } met
                ? $"Serves the strategic priority: {Labels(met, levels: false)}."
                : "Serves no strategic priority."),
        new("level",
            (_, in two) => new(Math.Min(two.Up.LevelsAbove, HighestLevel - 1), HighestLevel - 1),
            (_, in two) => two.Up.LevelsAbove > 0
                ? $"Where they meet, the mentor is up to {Count(two.Up.LevelsAbove, "level")} ahead."
                : "The mentor is not ahead of the mentee where they meet."),
        new("wishes",
            // Half for what the mentee asks for, half for what the mentor would like to learn in return.
            (_, in two) =>
            {
                var (theirs, ours) = (Math.Max(1, two.Mentee.Needs.Length), Math.Max(1, two.Mentor.Needs.Length));
                return new(two.Up.Topics * ours + two.Back.Topics * theirs, 2 * theirs * ours);
            },
            (_, in two) => (two.Up.Topics, two.Back.Topics) switch
            {
                (0, 0) => "Neither brings what the other asked for.",
                (var forMentee, 0) => $"The mentor brings {forMentee} of {Count(two.Mentee.Needs.Length, "topic")} the mentee asked for.",
                (0, var forMentor) => $"The mentee brings {forMentor} of {Count(two.Mentor.Needs.Length, "topic")} the mentor would like to learn.",
                (var forMentee, var forMentor) =>
                    $"An exchange: {forMentee} of {Count(two.Mentee.Needs.Length, "topic")} for the mentee, {forMentor} of {two.Mentor.Needs.Length} for the mentor.",
            }),
        new("reach",
            (_, in two) => Reach(two),
            (_, in two) => Reach(two).Part switch
            {
                2 => "They work in different parts of the organisation.",
                1 => "They work in different units of the same part of the organisation.",
                _ => "They work in the same unit.",
            }),
        new("interests",
            (_, in two) => new(Math.Min(EnoughInterests, Met.Common(two.Mentor.Interests, two.Mentee.Interests)), EnoughInterests),
            (_, in two) => (InCommon(two.Mentor.Snapshot.Interests, two.Mentee.Snapshot.Interests), InCommon(two.Mentor.Snapshot.WorkingStyle, two.Mentee.Snapshot.WorkingStyle)) switch
            {
                ([], []) => "No interest in common.",
                (var interests, []) => $"Both are interested in {List(interests)}.",
                ([], var styles) => $"Both name the same working style: {List(styles)}.",
                (var interests, var styles) => $"Both are interested in {List(interests)}, and name the same working style: {List(styles)}.",
            }),
        new("time",
            (_, in two) => new(Math.Min(EnoughHours, two.CommonMinutes), EnoughHours),
            (_, in two) => $"{Count(two.CommonMinutes / 60, "hour")} of their working days overlap all year."),
        new("channel",
            (_, in two) => new(ChannelFit(two), 2),
            (_, in two) => ChannelFit(two) switch
            {
                2 => $"Both prefer {ChannelWords(two.Mentor.Snapshot.Channels[0])}.",
                1 => "They share a channel, though not the one both prefer.",
                _ => "They share no preferred channel.",
            }),
        new("grade",
            // Near enough to understand one another's work.
            (policy, in two) => policy.GradesAbove(two) is { } grades ? new(FarGrades - Math.Min(FarGrades, Math.Abs(grades)), FarGrades) : new(0, 1),
            (policy, in two) => policy.GradesAbove(two) is { } grades
                ? $"They stand {Count(Math.Abs(grades), "grade")} apart."
                : "Of one of the two the grade is not known."),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. s_criteria.Select(criterion => criterion.Name)];

    public static Criterion Named(string name) => Array.Find(s_criteria, criterion => criterion.Name == name)
        ?? throw new InvalidOperationException($"There is no criterion “{name}”; a policy that names one is refused before.");

    /// <summary><c>a, b and c</c>.</summary>
    public static string List(IReadOnlyList<string> words) => words.Count switch
    {
        0 => "",
        1 => words[0],
        _ => $"{string.Join(", ", words.SkipLast(1))} and {words[^1]}",
    };

    public static string Count(long count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private static List<string> InCommon(IReadOnlyList<string>? ours, IReadOnlyList<string>? theirs) =>
        [.. (ours ?? []).Intersect(theirs ?? [], StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)];

    private static string Gap(string whoKnows, Profile knows, string whoNeeds, Profile needs) =>
        knows.BringsOfGap(needs) is { Count: > 0 } known
            ? $"The {whoKnows} knows {Labels(known)}: {known.Count} of the {Count(needs.GapNeeds, "gap topic")} the {whoNeeds} needs."
            : $"The {whoKnows} knows none of the programme's topics that the {whoNeeds} needs.";

    private static Share Reach(in Meeting two) =>
        new(two.Mentor.Unit == two.Mentee.Unit ? 0 : two.Mentor.PartOfOrganisation == two.Mentee.PartOfOrganisation ? 1 : 2, 2);

    private static int ChannelFit(in Meeting two)
    {
        var (ours, theirs) = (two.Mentor.Channels, two.Mentee.Channels);
        return ours.Length > 0 && theirs.Length > 0 && ours[0] == theirs[0] ? 2 : ours.AsSpan().IndexOfAny(theirs) >= 0 ? 1 : 0;
    }

    private static string ChannelWords(string channel) => channel == "in-person" ? "meeting in person" : channel;

    private static string Labels(IReadOnlyList<TopicLevel> topics, bool levels = true) =>
        List([.. topics.Select(topic => levels ? $"{topic.Label} (level {topic.Level})" : topic.Label)]);
}
