using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Topics;

/// <summary>One topic by its slug, also by that of a topic that was merged into it: what somebody noted or linked stays good.</summary>
public static class FindTopic
{
    public static async Task<IResult> Handle(string slug, HttpContext http, ParticipantsDb db, CancellationToken ct)
    {
        if (await Current(db, slug, ct) is not { } topic)
            return Problems.NotFound();
        if (topic.Slug != slug)
            http.Response.Headers.ContentLocation = $"{http.Request.Path.Value![..^slug.Length]}{topic.Slug}";
        return Results.Ok(TopicView.Of(topic, TopicLabels.Wanted(http)));
    }

    /// <summary>Null when there is none; a retired one is found.</summary>
    public static Task<Topic?> Current(ParticipantsDb db, string slug, CancellationToken ct) =>
        db.Topics.AsNoTracking().FirstOrDefaultAsync(topic => topic.MergedInto == null
            && (topic.Slug == slug || db.Topics.Any(merged => merged.Slug == slug && merged.MergedInto == topic.Slug)), ct);

    /// <summary>
    /// Which topic each slug stands for now; a slug that is not in it is unknown. Holds the topics against merging until the transaction ends,
    /// so that what refers to them is either rewritten by the merge or written after it.
    /// </summary>
    public static async Task<IReadOnlyDictionary<string, Named>> Hold(ParticipantsDb db, IReadOnlyCollection<string> slugs, CancellationToken ct)
    {
        var named = slugs.Distinct(StringComparer.Ordinal).ToArray();
        return await db.Database.SqlQuery<Named>($"""
            with held as (select slug, coalesce(merged_into, slug) as current, retired_at is not null as retired from topics where slug = any ({named}) order by slug for key share)
            select held.slug as "Slug", held.current as "Current", case when other.slug is null then held.retired else other.retired_at is not null end as "Retired"
            from held left join topics other on other.slug = held.current and other.slug <> held.slug
            """).ToDictionaryAsync(row => row.Slug, StringComparer.Ordinal, ct);
    }

    /// <param name="Slug">As it was named.</param>
    /// <param name="Current">The topic that stands for it.</param>
    /// <param name="Retired">Not to be chosen any more.</param>
    public sealed record Named(string Slug, string Current, bool Retired);
}
