using Mentoring.Contracts.Participants;

namespace Mentoring.Matching.Runs;

/// <summary>What one criterion gave a pair.</summary>
/// <param name="Criterion">Its name, as in the programme's file.</param>
/// <param name="Points">Whole points; those of all criteria add up to the pair's score.</param>
/// <param name="Words">Why.</param>
public sealed record CriterionPoints(string Criterion, int Points, string Words);

/// <summary>
/// What makes one allowed pair better than another. Each criterion sees two snapshots and answers with a share of its weight;
/// points are that share rounded down, and the score is their sum and nothing else.
/// </summary>
internal static class Criteria
{
    /// <summary>A part of the whole: <paramref name="Of"/> is never 0.</summary>
    private readonly record struct Share(int Part, int Of);

    private sealed record Criterion(
        Func<Profile, Profile, Share> Share,
        Func<Profile, Profile, string> Words);

    private const int HighestLevel = 5;
    private const int EnoughHours = 6 * 60;
    private const int EnoughInterests = 3;

    private static readonly Dictionary<string, Criterion> s_criteria = new()
    {
        ["gap"] = new(
            (mentor, mentee) =>
            {
                var known = 0;
                foreach (var need in mentee.GapNeeds)
                    if (mentor.Offers.TryGetValue(need.Topic, out var offer)) known += offer.Level;
                return new(known, Math.Max(1, HighestLevel * mentee.GapNeeds.Length));
            },
            (mentor, mentee) =>
            {
                var known = mentee.GapNeeds.Where(need => mentor.Offers.ContainsKey(need.Topic)).Select(need => mentor.Offers[need.Topic]).ToList();
                return known.Count == 0
                    ? "The mentor knows none of the programme's topics that the mentee needs."
                    : $"The mentor knows {Labels(known)}: {known.Count} of the {mentee.GapNeeds.Length} gap topics the mentee needs.";
            }),
        ["priority"] = new(
            (mentor, mentee) => new(
                mentee.PriorityNeeds.Count(need => mentor.Offers.ContainsKey(need.Topic)), Math.Max(1, mentee.PriorityNeeds.Length)),
            (mentor, mentee) => mentee.PriorityNeeds.Where(need => mentor.Offers.ContainsKey(need.Topic)).ToList() is { Count: > 0 } met
                ? $"Serves the strategic priority: {Labels(met, levels: false)}."
                : "Serves no strategic priority."),
        ["level"] = new(
            (mentor, mentee) => new(Math.Clamp(LevelsAbove(mentor, mentee), 0, HighestLevel - 1), HighestLevel - 1),
            (mentor, mentee) => LevelsAbove(mentor, mentee) is > 0 and var above
                ? $"Where they meet, the mentor is up to {above} levels ahead."
                : "The mentor is not ahead of the mentee where they meet."),
        ["wishes"] = new(
            // Half for what the mentee asks for, half for what the mentor would like to learn in return.
            (mentor, mentee) =>
            {
                var (theirs, ours) = (Math.Max(1, mentee.Needs.Count), Math.Max(1, mentor.Needs.Count));
                return new(Met(mentor, mentee) * ours + Met(mentee, mentor) * theirs, 2 * theirs * ours);
            },
            (mentor, mentee) => (Met(mentor, mentee), Met(mentee, mentor)) switch
            {
                (0, 0) => "Neither brings what the other asked for.",
                (var forMentee, 0) => $"The mentor brings {forMentee} of {mentee.Needs.Count} topics the mentee asked for.",
                (0, var forMentor) => $"The mentee brings {forMentor} of {mentor.Needs.Count} topics the mentor would like to learn.",
                (var forMentee, var forMentor) =>
                    $"An exchange: {forMentee} of {mentee.Needs.Count} topics for the mentee, {forMentor} of {mentor.Needs.Count} for the mentor.",
            }),
        ["reach"] = new(
            (mentor, mentee) => Reach(mentor, mentee),
            (mentor, mentee) => Reach(mentor, mentee).Part switch
            {
                2 => "They work in different parts of the organisation.",
                1 => "They work in different units of the same part of the organisation.",
                _ => "They work in the same unit.",
            }),
        ["interests"] = new(
            (mentor, mentee) => new(Math.Min(EnoughInterests, Shared(mentor, mentee).Count), EnoughInterests),
            (mentor, mentee) => Shared(mentor, mentee) is { Count: > 0 } shared
                ? $"Both are interested in {List(shared)}."
                : "No interest in common."),
        ["time"] = new(
            (mentor, mentee) => new(Math.Min(EnoughHours, mentor.CommonMinutes(mentee)), EnoughHours),
            (mentor, mentee) => $"{mentor.CommonMinutes(mentee) / 60} hours of their working days overlap all year."),
        ["channel"] = new(
            (mentor, mentee) => new(ChannelFit(mentor, mentee), 2),
            (mentor, mentee) => ChannelFit(mentor, mentee) switch
            {
                2 => $"Both prefer {ChannelWords(mentor.Snapshot.Channels[0])}.",
                1 => "They share a channel, though not the one both prefer.",
                _ => "They share no preferred channel.",
            }),
    };

    public static bool IsKnown(string criterion) => s_criteria.ContainsKey(criterion);

    /// <summary>The sum of <see cref="Explain"/>, without the words.</summary>
    public static int Score(Policy policy, Profile mentor, Profile mentee)
    {
        var score = 0;
        foreach (var weight in policy.Weights) score += Points(weight, mentor, mentee);
        return score;
    }

    /// <summary>What each criterion gives, in the order of the policy.</summary>
    public static IReadOnlyList<CriterionPoints> Explain(Policy policy, Profile mentor, Profile mentee) =>
    [
        .. policy.Weights.Select(weight => new CriterionPoints(
            weight.Criterion,
            Points(weight, mentor, mentee),
            s_criteria[weight.Criterion].Words(mentor, mentee))),
    ];

    /// <summary><c>a, b and c</c>.</summary>
    public static string List(IReadOnlyList<string> words) => words.Count switch
    {
        0 => "",
        1 => words[0],
        _ => $"{string.Join(", ", words.SkipLast(1))} and {words[^1]}",
    };

    private static int Points(Weight weight, Profile mentor, Profile mentee)
    {
        var (part, of) = s_criteria[weight.Criterion].Share(mentor, mentee);
        return (int)((long)weight.Points * part / of);
    }

    private static int LevelsAbove(Profile mentor, Profile mentee) => mentee.Needs.Values
        .Where(need => mentor.Offers.ContainsKey(need.Topic))
        .Select(need => mentor.Offers[need.Topic].Level - need.Level)
        .DefaultIfEmpty(0).Max();

    private static int Met(Profile by, Profile of)
    {
        var met = 0;
        foreach (var topic in of.Needs.Keys)
            if (by.Offers.ContainsKey(topic)) met++;
        return met;
    }

    private static Share Reach(Profile mentor, Profile mentee) =>
        mentor.UnitPath.SequenceEqual(mentee.UnitPath, StringComparer.OrdinalIgnoreCase) ? new(0, 2)
        : string.Equals(mentor.UnitPath.FirstOrDefault(), mentee.UnitPath.FirstOrDefault(), StringComparison.OrdinalIgnoreCase) ? new(1, 2)
        : new(2, 2);

    private static List<string> Shared(Profile mentor, Profile mentee) =>
        [.. mentor.Interests.Where(mentee.Interests.Contains).Order(StringComparer.OrdinalIgnoreCase)];

    private static int ChannelFit(Profile mentor, Profile mentee)
    {
        var (ours, theirs) = (mentor.Snapshot.Channels, mentee.Snapshot.Channels);
        return ours.Count > 0 && theirs.Count > 0 && ours[0] == theirs[0] ? 2 : ours.Any(theirs.Contains) ? 1 : 0;
    }

    private static string ChannelWords(string channel) => channel == "in-person" ? "meeting in person" : channel;

    private static string Labels(List<TopicLevel> topics, bool levels = true) =>
        List([.. topics.Select(topic => levels ? $"{topic.Label} (level {topic.Level})" : topic.Label)]);
}
