namespace Mentoring.Matching.Runs;

/// <summary>Why two people may not be a pair.</summary>
/// <param name="Rule">The rule's name, as in the programme's file.</param>
/// <param name="Words">For the programme manager.</param>
public sealed record BrokenRule(string Rule, string Words);

/// <summary>A rule no pair may break.</summary>
/// <param name="Name">As in the programme's file and in every refusal.</param>
/// <param name="Holds">Whether a programme has it; some hold in every one.</param>
/// <param name="IsBroken">Asked of millions of pairs: allocates nothing.</param>
/// <param name="Words">Why it is broken, for the programme manager.</param>
internal sealed record HardRule(
    string Name,
    Func<Policy, bool> Holds,
    Look<bool> IsBroken,
    Look<string> Words);

/// <summary>
/// The rules no pair may break, by name. Some hold in every programme (who is free, whose turn it is, who is senior to whom, no
/// authority inside a pair); a programme asks for the others.
/// </summary>
internal static class HardRules
{
    public const string Wave = "wave";
    public const string Capacity = "capacity";
    public const string Oneself = "oneself";
    public const string Direction = "direction";
    public const string Grades = "grades";
    public const string TopicOverlap = "topic-overlap";
    public const string Authority = "authority";
    public const string CommonLanguage = "common-language";
    public const string OverlappingHours = "overlapping-hours";
    public const string DifferentUnit = "different-unit";
    public const string DifferentDepartment = "different-department";
    public const string DifferentLocation = "different-location";
    public const string BlockedPair = "blocked-pair";
    public const string Ban = "ban";
    public const string OtherWayRound = "other-way-round";

    // In the order in which a person would ask: the first that is broken is the one that is told.
    private static readonly HardRule[] s_rules =
    [
        new(Wave, Always,
            (policy, in two) => two.Mentee.Wave != policy.Wave,
            (policy, in two) => $"The mentee starts with wave “{two.Mentee.Wave}”; this run is for wave “{policy.Wave}”."),
        new(Capacity, Always,
            (_, in two) => two.Mentor.FreePlaces < 1 || two.Mentee.FreePlaces < 1,
            (_, in two) => $"{((two.Mentor.FreePlaces, two.Mentee.FreePlaces) switch
            {
                ( < 1, < 1) => "Both already have",
                ( < 1, _) => "The mentor already has",
                _ => "The mentee already has",
            })} as many pairs and open proposals as the programme allows."),
        // Only where each mentors the other may the stages of the two sides overlap, and one person take part on both.
        new(Oneself, policy => policy.Direction == Contracts.Participants.Direction.Reciprocal || policy.Grades is { AtLeast: >= 1 },
            (_, in two) => two.Mentor.PersonId == two.Mentee.PersonId,
            (_, in _) => "It is the same person, who takes part on both sides."),
        // Where at least a grade is asked for, the grades decide, being finer; stages everywhere else.
        // Where each mentors the other, two of the same stage may; but "up" has to be up, so whoever stands above is the mentee.
        new(Direction, policy => policy.Grades is not { AtLeast: >= 1 },
            (policy, in two) => policy.Direction switch
            {
                Contracts.Participants.Direction.Traditional => two.Mentor.Stage <= two.Mentee.Stage,
                Contracts.Participants.Direction.Reciprocal => two.Mentor.Stage > two.Mentee.Stage,
                _ => two.Mentor.Stage >= two.Mentee.Stage,
            },
            (policy, in _) => policy.Direction switch
            {
                Contracts.Participants.Direction.Traditional => "The mentor is not of a higher career stage than the mentee, and this programme mentors downwards.",
                Contracts.Participants.Direction.Reciprocal => "The mentor is of a higher career stage than the mentee; in this programme whoever stands above takes part as the mentee.",
                _ => "The mentor is not of a lower career stage than the mentee, and this programme mentors upwards.",
            }),
        new(Grades, policy => policy.Grades is not null,
            (policy, in two) => policy.GradesAbove(two) is not { } grades || grades < (policy.Grades!.AtLeast ?? 0) || grades > policy.Grades.AtMost,
            WhyGrades),
        new(Authority, Always, IsAuthority, WhyAuthority),
        new(TopicOverlap, policy => policy.Asks(TopicOverlap),
            (policy, in two) => policy.Direction == Contracts.Participants.Direction.Reciprocal ? !BothBring(two) : two.Up.Topics == 0,
            (policy, in two) => policy.Direction == Contracts.Participants.Direction.Reciprocal && two.Up.Topics > 0
                ? "Only one of them would learn: the mentee offers nothing else that the mentor needs."
                : "The mentor offers none of the topics the mentee needs."),
        new(CommonLanguage, policy => policy.Asks(CommonLanguage),
            (_, in two) => Met.Common(two.Mentor.Languages, two.Mentee.Languages) == 0,
            (_, in _) => "They have no language in common."),
        new(OverlappingHours, policy => policy.Asks(OverlappingHours),
            (policy, in two) => two.CommonMinutes < policy.SessionMinutes,
            (policy, in two) => $"Their working days have {two.CommonMinutes} minutes in common, and a session takes {policy.SessionMinutes}."),
        new(DifferentUnit, policy => policy.Asks(DifferentUnit),
            (_, in two) => two.Mentor.Unit == two.Mentee.Unit,
            (_, in _) => "They work in the same unit."),
        new(DifferentDepartment, policy => policy.Asks(DifferentDepartment),
            (_, in two) => two.Mentor.PartOfOrganisation == two.Mentee.PartOfOrganisation,
            (_, in _) => "They work in the same department: the first part of where each belongs is the same."),
        new(DifferentLocation, policy => policy.Asks(DifferentLocation),
            (_, in two) => two.Mentor.Location is { } location && location == two.Mentee.Location,
            (_, in _) => "They work at the same location."),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. s_rules.Select(rule => rule.Name)];

    /// <summary>Those that hold under a policy, in the order in which they are told.</summary>
    public static HardRule[] Of(Policy policy) => [.. s_rules.Where(rule => rule.Holds(policy))];

    private static bool Always(Policy policy) => true;

    /// <summary>And not only the same topic to one another.</summary>
    private static bool BothBring(in Meeting two) =>
        two.Up.Topics > 0 && two.Back.Topics > 0 && (two.Up.Topics > 1 || two.Back.Topics > 1 || two.Up.LastTopic != two.Back.LastTopic);

    private static string WhyGrades(Policy policy, in Meeting two)
    {
        var (higher, lower) = policy.Direction == Contracts.Participants.Direction.Traditional ? ("mentor", "mentee") : ("mentee", "mentor");
        var asked = policy.Grades switch
        {
            { AtLeast: { } least, AtMost: { } most } => $"between {least} and {most}",
            { AtMost: { } most } => $"at most {most}",
            _ => $"at least {policy.Grades!.AtLeast}",
        };
        return policy.GradesAbove(two) switch
        {
            null => "Of one of the two the grade is not known, and this programme asks for a distance of grades.",
            0 => $"They are of the same grade; this programme asks for {asked} between them.",
            < 0 and var below => $"The {higher} stands {Criteria.Count(-below, "grade")} below the {lower}; this programme asks for {asked} above.",
            { } grades => $"The {higher} stands {Criteria.Count(grades, "grade")} above the {lower}; this programme asks for {asked}.",
        };
    }

    private static bool IsAuthority(Policy policy, in Meeting two) =>
        two.Distance is { } distance
        && (distance == 1
            || policy.SameChainAtDistance is not { } least
            || distance < least
            || (policy.NotUnderDirectReport && IsUnder(two))
            || !two.Mentor.Snapshot.ConsentsToSameChain
            || !two.Mentee.Snapshot.ConsentsToSameChain);

    private static string WhyAuthority(Policy policy, in Meeting two) => two.Distance switch
    {
        1 => "One of the two reports to the other.",
        var distance when policy.SameChainAtDistance is not { } least || distance < least =>
            $"One of the two stands {distance} levels above the other in the same reporting line"
            + (policy.SameChainAtDistance is { } allowed ? $"; this programme allows it from {allowed} levels on." : "."),
        _ when policy.NotUnderDirectReport && IsUnder(two) =>
            "The mentor stands under somebody who reports to the mentee, and this programme keeps those apart at any distance.",
        _ => "They stand in the same reporting line, far enough apart, but not both have consented to that.",
    };

    private static bool IsUnder(in Meeting two) => two.Mentor.Member.Chain.Contains(two.Mentee.PersonId);
}
