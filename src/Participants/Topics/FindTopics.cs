using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Topics;

/// <param name="Slug">What everything refers to it by.</param>
/// <param name="Label">Its name in the language asked for (<c>Accept-Language</c>), in English where it has none in that.</param>
/// <param name="Labels">Its names in other languages, by their primary tag.</param>
/// <param name="Broader">The next wider topic.</param>
/// <param name="Source">The concept's address in ESCO; null for others.</param>
/// <param name="Retired">Not to be chosen any more.</param>
public sealed record TopicView(
    string Slug,
    string Label,
    Focus Focus,
    string? Description,
    string? Broader,
    IReadOnlyList<string> Alternatives,
    string? Source,
    IReadOnlyDictionary<string, string> Labels,
    bool Retired)
{
    public static TopicView Of(Topic topic, string? language) => new(
        topic.Slug, TopicLabels.In(language, topic.Labels, topic.Label), topic.Focus, topic.Description, topic.Broader, topic.Alternatives, topic.Source,
        topic.Labels, topic.RetiredAt is not null);
}

/// <summary>
/// Topics that may be chosen: all of them or those below one, by slug; or those found by words, the best first. All words stand in one of
/// the topic's names, whole or as the beginning of a word, in any order. Only where nothing is found so, words that are spelt nearly alike count too.
/// </summary>
public static class FindTopics
{
    /// <summary>Asks for the topics at the top of the tree.</summary>
    private const string Top = "-";

    private const int MostWords = 10;

    /// <summary>Of trigrams in common, as <c>pg_trgm</c> counts them: one slip in a word of five letters passes.</summary>
    private const double NearlyAlike = 0.5;

    /// <summary>A shorter word is nearly like too many.</summary>
    private const int ShortestForSlips = 4;

    public static async Task<Page<TopicView>> Handle(
        string? search, string? focus, string? broader, PageRequest page, HttpContext http, ParticipantsDb db, CancellationToken ct)
    {
        Focus? wanted = focus is null ? null
            : Kebab.TryParse<Focus>(focus, out var known) ? known
            : throw new InvalidRequestException("focus", $"must be one of {string.Join(", ", Enum.GetValues<Focus>().Select(Kebab.Of))}");
        var topics = db.Topics.AsNoTracking().Where(topic => topic.RetiredAt == null && (wanted == null || topic.Focus == wanted));
        if (broader is not null)
            topics = broader is Top ? topics.Where(topic => topic.Broader == null) : topics.Where(topic => topic.Broader == broader);
        var language = TopicLabels.Wanted(http);
        if (string.IsNullOrWhiteSpace(search))
        {
            if (page.AfterKey is { } after)
                topics = topics.Where(topic => string.Compare(topic.Slug, after) > 0);
            var listed = await topics.OrderBy(topic => topic.Slug).Take(page.Take).ToListAsync(ct);
            return Page.Of([.. listed.Select(topic => TopicView.Of(topic, language))], page, topic => Cursor.Of(topic.Slug));
        }

        var words = TopicWords.Of(search).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > MostWords)
            throw new InvalidRequestException("search", $"may have {MostWords} words at most");
        // Nothing but signs is in no name.
        if (words.Length == 0)
            return Page.Of<TopicView>([], next: null);
        var ranked = await Rank(db, words, ct);
        var slugs = ranked.ToArray();
        var found = (await topics.Where(topic => slugs.Contains(topic.Slug)).ToListAsync(ct)).ToDictionary(topic => topic.Slug, StringComparer.Ordinal);
        var (shown, next) = page.Cut([.. ranked.Where(found.ContainsKey)]);
        return Page.Of([.. shown.Select(slug => TopicView.Of(found[slug], language))], next);
    }

    /// <summary>
    /// A topic's points are the sum over the words: most for a word of its label, fewer for the start of one, fewer again in its other names.
    /// Among equals the shorter name says it more exactly.
    /// </summary>
    private static Task<List<string>> Rank(ParticipantsDb db, string[] words, CancellationToken ct) => db.Database.SqlQuery<string>($"""
        with scored as (
            select t.slug, t.label, hits.points, hits.exact, hits.near
            from topics t
            cross join unnest(string_to_array(t.search, '|')) with ordinality as named (name, place)
            cross join lateral (
                select sum(coalesce(word.points, alike.points)) as points, bool_and(word.points is not null) as exact,
                       bool_and(word.points is not null or coalesce(alike.points, 0) >= {NearlyAlike}) as near
                from unnest({words}) w
                cross join lateral (select case
                    when strpos(name, ' ' || w || ' ') > 0 then case place when 1 then 4 else 2 end
                    when strpos(name, ' ' || w) > 0 then case place when 1 then 3 else 1.5 end
                    end::float8 as points) word
                cross join lateral (select case when word.points is null and length(w) >= {ShortestForSlips} then word_similarity(w, name) end::float8 as points) alike) hits
            where t.retired_at is null and hits.near)
        select slug as "Value" from scored
        where exact or not exists (select from scored where exact)
        group by slug, label
        order by max(points) desc, char_length(label), slug
        """).ToListAsync(ct);
}
