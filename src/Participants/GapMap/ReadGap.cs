using Mentoring.Contracts.Participants;
using Mentoring.Participants.Topics;
using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.GapMap;

/// <param name="UnitPath">The part that is told of; empty for the whole unit.</param>
/// <param name="Stages">By career stage; of the whole unit only, since a stage within a part could be worked out from the two.</param>
/// <param name="Suggestion">The programme to start from; null where there is no gap to close.</param>
/// <inheritdoc cref="GapItem"/>
public sealed record GapView(
    string Topic,
    string Label,
    Focus Focus,
    string UnitPath,
    int? Holders,
    int? HoldersWithAuthority,
    int? Needs,
    int? Imbalance,
    IReadOnlyList<StageCount>? Stages,
    Suggestion? Suggestion);

/// <inheritdoc cref="GapItem"/>
public sealed record GapOfUnit(string UnitPath, int? Holders, int? HoldersWithAuthority, int? Needs, int? Imbalance);

/// <summary>One topic, looked into: where it is held and where it is needed, in counts; never who.</summary>
public static class ReadGap
{
    private const int MostTopics = 5;
    private const int MostUnits = 3;

    /// <summary>A part of which nothing may be shown answers like one that does not exist: with no numbers.</summary>
    public static async Task<IResult> Handle(string topic, string? unitPath, HttpContext http, ParticipantsDb db, CancellationToken ct)
    {
        var path = unitPath?.Trim() ?? SafeCounts.Whole;
        if (await Topics.FindTopic.Current(db, topic, ct) is not { } known)
            return Problems.NotFound();
        var count = await db.GapCounts.AsNoTracking().SingleOrDefaultAsync(c => c.Topic == known.Slug && c.UnitPath == path, ct);
        return Results.Ok(new GapView(
            known.Slug,
            TopicLabels.In(TopicLabels.Wanted(http), known.Labels, known.Label),
            known.Focus,
            path,
            count?.Holders,
            count?.HoldersWithAuthority,
            count?.Needs,
            count?.Imbalance,
            count?.Stages ?? (path == SafeCounts.Whole ? [.. Enum.GetValues<CareerStage>().Select(stage => new StageCount(stage, null, null))] : null),
            count is null ? null : await Suggest(known, count, db, ct)));
    }

    /// <summary>The parts directly below one, in the order of their names; those with no number to show are left out.</summary>
    public static async Task<IResult> Units(string topic, string? unitPath, PageRequest page, ParticipantsDb db, CancellationToken ct)
    {
        var path = unitPath?.Trim() ?? SafeCounts.Whole;
        if (await Topics.FindTopic.Current(db, topic, ct) is not { } known)
            return Problems.NotFound();
        var parts = db.GapCounts.AsNoTracking().Where(count => count.Topic == known.Slug && count.Parent == path);
        if (page.AfterKey is { } after)
            parts = parts.Where(count => string.Compare(count.UnitPath, after) > 0);
        var found = await parts.OrderBy(count => count.UnitPath).Take(page.Take)
            .Select(count => new GapOfUnit(count.UnitPath, count.Holders, count.HoldersWithAuthority, count.Needs, count.Imbalance))
            .ToListAsync(ct);
        return Results.Ok(Page.Of(found, page, part => Cursor.Of(part.UnitPath)));
    }

    private static async Task<Suggestion?> Suggest(Topic topic, GapCount count, ParticipantsDb db, CancellationToken ct)
    {
        // In a part a number is hidden also so that another cannot be worked out; whether colleagues hold it the whole unit tells.
        var held = count.Holders is null && count.UnitPath != SafeCounts.Whole
            ? await db.GapCounts.AsNoTracking().SingleOrDefaultAsync(whole => whole.Topic == topic.Slug && whole.UnitPath == SafeCounts.Whole, ct)
            : count;
        if (Suggestion.TemplateFor(topic.Focus, count.Needs, held?.Holders, held?.Imbalance) is not { } template)
            return null;
        var near = await (
            from other in db.Topics
            join gap in db.GapCounts on other.Slug equals gap.Topic
            where gap.UnitPath == count.UnitPath && other.Slug != topic.Slug && gap.Imbalance >= Imbalance.WorthClosing
                && (other.Broader == topic.Slug || other.Slug == topic.Broader || (topic.Broader != null && other.Broader == topic.Broader))
            orderby gap.Imbalance descending, gap.Needs descending, other.Slug
            select other.Slug).Take(MostTopics - 1).ToListAsync(ct);
        var parts = await db.GapCounts.AsNoTracking().Where(part => part.Topic == topic.Slug && part.Parent == count.UnitPath).ToListAsync(ct);
        var mentors = held?.Holders is null ? null
            : new Audience(Suggestion.StagesOf(count.Stages, authority: false, stage => stage.Holders), Largest(parts, part => part.Holders), count.Holders);
        return new Suggestion(
            template,
            Direction.Reverse,
            [topic.Slug, .. near],
            mentors,
            new Audience(Suggestion.StagesOf(count.Stages, authority: true, stage => stage.Needs), Largest(parts, part => part.Needs), count.Needs));
    }

    private static IReadOnlyList<string> Largest(IEnumerable<GapCount> parts, Func<GapCount, int?> people) =>
        [.. parts.Where(part => people(part) > 0).OrderByDescending(people).ThenBy(part => part.UnitPath, StringComparer.Ordinal).Take(MostUnits).Select(part => part.UnitPath)];
}
