using Mentoring.Contracts.Participants;
using Mentoring.Matching.Pool;
using Mentoring.Matching.Runs;

namespace Mentoring.Matching.Tests;

/// <summary>People and programmes as tests need them: a match of everything unless a test says otherwise.</summary>
internal static class Cast
{
    public const string Ai = "generative-ai-at-work";
    public const string Prompts = "prompt-writing";
    public const string Strategy = "strategy";

    public static readonly DateOnly Day = new(2026, 1, 12);

    public static TopicLevel Topic(string slug, int level = 4, bool priority = false) => new(slug, slug.Replace('-', ' '), level, priority);

    public static ParticipantSnapshot Junior(params TopicLevel[] offers) => new(
        CareerStage.Early, "Nordlicht / Sales", "Hamburg", "Europe/Berlin", ["de", "en"],
        offers.Length > 0 ? offers : [Topic(Ai, 5), Topic(Prompts)],
        [Topic(Strategy, 2)], ["sailing"], ["video", "in-person"],
        new TimeOnly(9, 0), new TimeOnly(17, 0), ConsentsToSameChain: false);

    public static ParticipantSnapshot Senior(params TopicLevel[] needs) => new(
        CareerStage.Executive, "Nordlicht / Board", "Berlin", "Europe/Berlin", ["en-GB"],
        [Topic(Strategy, 5)],
        needs.Length > 0 ? needs : [Topic(Ai, 1), Topic(Prompts, 1)],
        ["sailing", "opera"], ["video"],
        new TimeOnly(8, 0), new TimeOnly(18, 0), ConsentsToSameChain: false);

    public static Member In(this ParticipantSnapshot snapshot, string? wave = null, int places = 1, params Guid[] chain) =>
        new(Guid.CreateVersion7(), wave, places, snapshot, chain, []);

    public static PoolSnapshot Pool(IReadOnlyList<Member> mentors, IReadOnlyList<Member> mentees, params Couple[] blocked) =>
        new(Day, mentors, mentees, blocked, []);

    public static Policy Policy(Direction direction = Direction.Reverse, int? sameChain = null, string wave = "first", params string[] hard) => new(
        direction,
        wave,
        hard.Length > 0 ? hard : ["topic-overlap", "authority", "common-language", "overlapping-hours"],
        sameChain,
        [new("gap", 50), new("wishes", 20), new("reach", 15), new("time", 10), new("channel", 5)],
        [Ai, Prompts],
        60);

    public static Programme Programme(
        string slug = "ai", IReadOnlyList<Wave>? waves = null, Direction direction = Direction.Reverse, int? sameChain = null,
        int mentorCapacity = 1, int menteeCapacity = 1, IReadOnlyList<string>? hard = null, MatchingMode mode = MatchingMode.WholePool) => new(
        slug, "How our customers use AI", null,
        new Gap("Executives decide on tools they have never opened.", null, [Ai, Prompts], null),
        direction,
        Guid.CreateVersion7(), null, [],
        new Eligibility([CareerStage.Early], mentorCapacity),
        new Eligibility([CareerStage.Executive], menteeCapacity),
        waves ?? [new Wave("first", true, null, null, false, null)],
        new Dictionary<string, string> { ["video"] = "P14D" }, ["video"], "mentee", "P6M", 60, "P6M",
        [],
        hard ?? ["topic-overlap", "authority", "common-language", "overlapping-hours"],
        sameChain,
        new Dictionary<string, int> { ["gap"] = 50, ["wishes"] = 20, ["reach"] = 15, ["time"] = 10, ["channel"] = 5 },
        [], 5, 10, [], new Dictionary<string, string>(), Mode: mode);
}
