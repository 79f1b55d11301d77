using Mentoring.Contracts.Participants;
using Mentoring.Feedback.Programmes;

namespace Mentoring.Feedback.Tests;

/// <summary>What other services say.</summary>
internal static class Facts
{
    private static readonly Guid KnownId = Guid.CreateVersion7();
    private static readonly Guid KnownSponsor = Guid.CreateVersion7();

    public static KnownProgramme Known(int k = 5) => KnownProgramme.From(KnownId, Programme("ai", KnownSponsor, k));

    public static Programme Programme(
        string slug, Guid sponsor, int k = 5, IReadOnlyList<Gate>? gates = null, IReadOnlyList<Measure>? measures = null, string? project = null) => new(
        slug,
        "How our customers use AI",
        Purpose: null,
        new Gap("Executives decide on AI tools that they have never opened.", Area: null, ["generative-ai-at-work"], StrategicPriority: null),
        Direction.Reverse,
        sponsor,
        DeputyId: null,
        ManagerIds: [],
        new Eligibility([CareerStage.Early, CareerStage.Established], 1),
        new Eligibility([CareerStage.Executive, CareerStage.Senior], 1),
        [new Wave("all", Unlocked: true, UnlockWave: null, HeldAtLeast: null, ReviewGreen: false, Date: null)],
        new Dictionary<string, string> { ["video"] = "P14D" },
        ["video"],
        "mentee",
        "P6M",
        60,
        "P6M",
        measures ?? [new Measure("fluency", "gap-self-rating", Side.Mentee, 2.1m, 3.5m)],
        ["authority"],
        SameChainAtDistance: 3,
        new Dictionary<string, int> { ["gap"] = 100 },
        ["purpose", "gap"],
        k,
        CommentsK: 10,
        gates ??
        [
            new Gate("sessions-held", null, 0.8m, NotBelowBaseline: false),
            new Gate("measure", "fluency", 3.5m, NotBelowBaseline: false),
            new Gate("psychological-safety", null, null, NotBelowBaseline: true),
            new Gate("insights-answered-in-time", null, 0.9m, NotBelowBaseline: false),
        ],
        new Dictionary<string, string>(),
        Project: project);

    public static PersonChanged Person(Guid id, string name, CareerStage stage, long version = 1) =>
        new(id, version, name, Email: null, "Europe/Berlin", ["en"], stage, "Sales", Location: null, Title: null, Chain: []);

    public static ParticipantChanged Participant(Guid id, Guid programme, Guid person, Side side, long version = 1) => new(
        id, version, programme, person, side, Prepared: true, Ready: true, Wave: null,
        new ParticipantSnapshot(
            CareerStage.Early, "Sales", Location: null, "Europe/Berlin", ["en"], [], [], [], ["video"], new TimeOnly(9, 0), new TimeOnly(17, 0), ConsentsToSameChain: false));
}
