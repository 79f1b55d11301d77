namespace Mentoring.Matching.Runs;

/// <summary>Why two people may not be a pair.</summary>
/// <param name="Rule">The rule's name, as in the programme's file.</param>
/// <param name="Words">For the programme manager.</param>
public sealed record BrokenRule(string Rule, string Words);

/// <summary>
/// The rules no pair may break, by name. Some hold in every programme (who is free, whose turn it is, who is senior to whom, no
/// authority inside a pair); a programme asks for the others.
/// </summary>
internal static class HardRules
{
    public const string Wave = "wave";
    public const string Capacity = "capacity";
    public const string Direction = "direction";
    public const string TopicOverlap = "topic-overlap";
    public const string Authority = "authority";
    public const string CommonLanguage = "common-language";
    public const string OverlappingHours = "overlapping-hours";
    public const string DifferentUnit = "different-unit";
    public const string DifferentLocation = "different-location";
    public const string BlockedPair = "blocked-pair";
    public const string Ban = "ban";

    private delegate string? Check(Policy policy, Profile mentor, Profile mentee);

    // In the order in which a person would ask: the first that is broken is the one that is told.
    private static readonly (string Name, bool Always, Check Check)[] s_rules =
    [
        (Wave, true, (policy, _, mentee) => mentee.Member.Wave == policy.Wave
            ? null
            : $"The mentee starts with wave “{mentee.Member.Wave}”; this run is for wave “{policy.Wave}”."),
        (Capacity, true, (_, mentor, mentee) => (mentor.Member.FreePlaces, mentee.Member.FreePlaces) switch
        {
            ( < 1, < 1) => "Both already have as many pairs and open proposals as the programme allows.",
            ( < 1, _) => "The mentor already has as many pairs and open proposals as the programme allows.",
            (_, < 1) => "The mentee already has as many pairs and open proposals as the programme allows.",
            _ => null,
        }),
        (Direction, true, (policy, mentor, mentee) => (policy.Direction == Contracts.Participants.Direction.Traditional
                ? mentor.Snapshot.Stage > mentee.Snapshot.Stage
                : mentor.Snapshot.Stage < mentee.Snapshot.Stage)
            ? null
            : policy.Direction == Contracts.Participants.Direction.Traditional
                ? "The mentor is not of a higher career stage than the mentee, and this programme mentors downwards."
                : "The mentor is not of a lower career stage than the mentee, and this programme mentors upwards."),
        (Authority, true, (policy, mentor, mentee) => mentor.DistanceTo(mentee) switch
        {
            null => null,
            1 => "One of the two reports to the other.",
            { } distance when policy.SameChainAtDistance is not { } least || distance < least =>
                $"One of the two stands {distance} levels above the other in the same reporting line"
                + (policy.SameChainAtDistance is { } allowed ? $"; this programme allows it from {allowed} levels on." : "."),
            _ when !mentor.Snapshot.ConsentsToSameChain || !mentee.Snapshot.ConsentsToSameChain =>
                "They stand in the same reporting line, far enough apart, but not both have consented to that.",
            _ => null,
        }),
        (TopicOverlap, false, (_, mentor, mentee) => mentor.BringsAnything(mentee)
            ? null
            : "The mentor offers none of the topics the mentee needs."),
        (CommonLanguage, false, (_, mentor, mentee) => mentor.Languages.AsSpan().IndexOfAny(mentee.Languages) >= 0
            ? null
            : "They have no language in common."),
        (OverlappingHours, false, (policy, mentor, mentee) => mentor.CommonMinutes(mentee) is var common && common >= policy.SessionMinutes
            ? null
            : $"Their working days have {common} minutes in common, and a session takes {policy.SessionMinutes}."),
        (DifferentUnit, false, (_, mentor, mentee) => !mentor.UnitPath.SequenceEqual(mentee.UnitPath, StringComparer.OrdinalIgnoreCase)
            ? null
            : "They work in the same unit."),
        (DifferentLocation, false, (_, mentor, mentee) => mentor.Snapshot.Location is null
                || !string.Equals(mentor.Snapshot.Location, mentee.Snapshot.Location, StringComparison.OrdinalIgnoreCase)
            ? null
            : "They work at the same location."),
    ];

    public static bool IsKnown(string rule) => Array.Exists(s_rules, known => known.Name == rule);

    /// <summary>The first rule the two would break, or null when they may be a pair.</summary>
    public static BrokenRule? FirstBroken(Policy policy, Profile mentor, Profile mentee)
    {
        foreach (var (name, always, check) in s_rules)
        {
            if ((always || policy.Asks(name)) && check(policy, mentor, mentee) is { } words)
                return new BrokenRule(name, words);
        }
        return null;
    }

    /// <summary>Every rule the two would break, by name.</summary>
    public static IReadOnlyList<string> AllBroken(Policy policy, Profile mentor, Profile mentee) =>
        [.. s_rules.Where(rule => (rule.Always || policy.Asks(rule.Name)) && rule.Check(policy, mentor, mentee) is not null).Select(rule => rule.Name)];
}
