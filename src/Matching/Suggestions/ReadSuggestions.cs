using Mentoring.Contracts.Participants;
using Mentoring.Matching.Pool;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Suggestions;

/// <summary>
/// Whom somebody could ask for, the best first: only people with whom a pair breaks no rule. What is shown of them is what they were told before
/// they consented: name, title and topics. What else speaks for the two is told when a pair is proposed.
/// </summary>
internal static class ReadSuggestions
{
    /// <param name="Id">To ask for.</param>
    /// <param name="Name">As shown to others.</param>
    /// <param name="Title">Job title.</param>
    /// <param name="Learns">Topics the reader needs and the other brings.</param>
    /// <param name="Brings">Topics the other needs and the reader brings.</param>
    /// <param name="AskedFor">The rank of the reader's wish; null where there is none.</param>
    public sealed record Suggestion(
        Guid Id, string Name, string? Title, IReadOnlyList<string> Learns, IReadOnlyList<string> Brings, int? AskedFor);

    public static async Task<IResult> Handle(
        string programme, SideName side, PageRequest page, Caller caller, MatchingDb db, RecentPools pools, CancellationToken ct)
    {
        var me = caller.PersonId;
        var (chooser, refusal) = await Chooser.Find(programme, side, me, db, pools, ct);
        if (chooser is null) return refusal!;
        var after = page.AfterRank;
        var (shown, all) = chooser.Allowed(after, page.Limit);
        var ids = shown.Select(Other).ToList();
        var people = await db.People.AsNoTracking().Where(person => ids.Contains(person.Id)).ToDictionaryAsync(person => person.Id, ct);
        var wishes = await db.Wishes.AsNoTracking()
            .Where(wish => wish.ProgrammeId == chooser.Programme.Id && wish.Side == side && wish.PersonId == me)
            .ToDictionaryAsync(wish => wish.OtherId, wish => wish.Rank, ct);
        var items = shown.Where(pair => people.ContainsKey(Other(pair))).Select(pair => new Suggestion(
            Other(pair),
            people[Other(pair)].Name,
            people[Other(pair)].Title,
            Labels(side == Side.Mentee ? pair.Topics : pair.TopicsBack),
            Labels(side == Side.Mentee ? pair.TopicsBack : pair.Topics),
            wishes.TryGetValue(Other(pair), out var wished) ? wished : null)).ToList();
        return Results.Ok(Page.Of(
            items,
            all > after + shown.Count ? Cursor.Of(after + shown.Count) : null));

        static IReadOnlyList<string> Labels(IReadOnlyList<TopicLevel>? topics) => [.. (topics ?? []).Select(topic => topic.Label)];

        Guid Other(Runs.MatchedPair pair) => side == Side.Mentor ? pair.MenteeId : pair.MentorId;
    }
}
