using Mentoring.Scheduling.Partnerships;

namespace Mentoring.Scheduling.Notes;

/// <summary>What a pair might put on its agenda. The two take what they like.</summary>
internal static class AgendaStarters
{
    private static readonly string[] Always =
    [
        "What has become of what we said last time",
        "Something here that should be raised as an insight, in words we both agree on",
    ];

    private static readonly string[] First =
    [
        "What each of us hopes for, and how we would notice that it came true",
        "What is difficult to talk about here, and how we say so when it happens",
    ];

    private static readonly string[] Closing =
    [
        "What each of us has learned from the other",
        "What we make of it, and who should hear of it",
    ];

    /// <summary>The programme's own first, then one on each topic each way, then what suits the occasion.</summary>
    public static IReadOnlyList<string> For(Partnership pair, IReadOnlyList<string>? programme, bool first, bool closing) =>
    [
        .. programme ?? [],
        .. pair.Topics.Select(topic => $"{topic}: show me how it is really done, and what we overlook from above"),
        .. (pair.TopicsBack ?? []).Select(topic => $"{topic}: show me how you decide on it, and what you wish you knew"),
        .. first ? First : closing ? Closing : Always,
    ];
}
