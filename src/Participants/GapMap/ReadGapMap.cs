using System.Globalization;
using Mentoring.Participants.Topics;
using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.GapMap;

/// <param name="Topic">The topic's slug.</param>
/// <param name="Label">The topic in words.</param>
/// <param name="Focus">What kind of insight it is about.</param>
/// <param name="Holders">People without authority who hold it; null for fewer than may be shown.</param>
/// <param name="HoldersWithAuthority">People with authority who hold it; null likewise.</param>
/// <param name="Needs">People with authority who need it; null likewise.</param>
/// <param name="Imbalance">0 to 100, how far insight and authority lie apart; null where too little may be shown to say.</param>
/// <param name="SuggestedTemplate">The programme template to start from; null where there is no gap to close.</param>
public sealed record GapItem(
    string Topic, string Label, Focus Focus, int? Holders, int? HoldersWithAuthority, int? Needs, int? Imbalance, string? SuggestedTemplate);

/// <summary>The topics of the unit or one part of it, the furthest out of balance first.</summary>
public static class ReadGapMap
{
    /// <summary>Stands for "none" in the order: after every number.</summary>
    private const int None = -1;

    public static async Task<Page<GapItem>> List(
        string? unitPath, string? focus, PageRequest page, HttpContext http, ParticipantsDb db, CancellationToken ct)
    {
        Focus? wanted = focus is null ? null
            : Kebab.TryParse<Focus>(focus, out var known) ? known
            : throw new InvalidRequestException("focus", $"must be one of {string.Join(", ", Enum.GetValues<Focus>().Select(Kebab.Of))}");
        var path = unitPath?.Trim() ?? SafeCounts.Whole;
        var rows =
            from count in db.GapCounts.AsNoTracking()
            join topic in db.Topics on count.Topic equals topic.Slug
            // In a part a number is hidden also so that another cannot be worked out; whether colleagues hold it the whole unit tells.
            from held in db.GapCounts.Where(other => other.Topic == count.Topic && other.UnitPath == (count.Holders == null ? SafeCounts.Whole : path)).DefaultIfEmpty()
            where count.UnitPath == path && (wanted == null || topic.Focus == wanted)
            select new
            {
                count.Topic, topic.Label, topic.Labels, topic.Focus, count.Holders, count.HoldersWithAuthority, count.Needs, count.Imbalance,
                Held = (int?)held!.Holders, HeldImbalance = (int?)held.Imbalance,
            };
        if (After(page) is var (imbalance, needs, slug))
        {
            rows = rows.Where(row => (row.Imbalance ?? None) < imbalance
                || ((row.Imbalance ?? None) == imbalance && ((row.Needs ?? None) < needs
                    || ((row.Needs ?? None) == needs && string.Compare(row.Topic, slug) > 0))));
        }
        var found = await rows
            .OrderByDescending(row => row.Imbalance ?? None).ThenByDescending(row => row.Needs ?? None).ThenBy(row => row.Topic)
            .Take(page.Take)
            .ToListAsync(ct);
        var language = TopicLabels.Wanted(http);
        return Page.Of(
            [.. found.Select(row => new GapItem(
                row.Topic, TopicLabels.In(language, row.Labels, row.Label), row.Focus, row.Holders, row.HoldersWithAuthority, row.Needs, row.Imbalance,
                Suggestion.TemplateFor(row.Focus, row.Needs, row.Held, row.HeldImbalance)))],
            page,
            item => Cursor.Of(string.Create(CultureInfo.InvariantCulture, $"{item.Imbalance ?? None}/{item.Needs ?? None}/{item.Topic}")));
    }

    private static (int Imbalance, int Needs, string Topic)? After(PageRequest page) =>
        page.AfterKey is not { } key ? null
        : key.Split('/') is [var first, var second, var topic] && Number(first) is { } imbalance && Number(second) is { } needs ? (imbalance, needs, topic)
        : throw new InvalidRequestException("after", "must be a cursor from the 'next' of a page");

    private static int? Number(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
