using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Topics;

public sealed record TopicView(string Slug, string Label, Focus Focus, string? Description, string? Broader, IReadOnlyList<string> Alternatives, string? Source);

/// <summary>Topics by the start of any word of their label or other names, in the order of their slugs.</summary>
public static class FindTopics
{
    public static async Task<Page<TopicView>> Handle(string? search, string? focus, PageRequest page, ParticipantsDb db, CancellationToken ct)
    {
        var topics = db.Topics.AsNoTracking();
        if (focus is not null)
        {
            if (!Kebab.TryParse<Focus>(focus, out var wanted))
                throw new InvalidRequestException("focus", $"must be one of {string.Join(", ", Enum.GetValues<Focus>().Select(Kebab.Of))}");
            topics = topics.Where(topic => topic.Focus == wanted);
        }
        if (!string.IsNullOrWhiteSpace(search))
        {
            var words = Escape(SearchText.Of(search));
            var (start, inside) = ($"{words}%", $"% {words}%");
            topics = topics.Where(topic => EF.Functions.Like(topic.Search, start, "\\") || EF.Functions.Like(topic.Search, inside, "\\")
                || EF.Functions.Like(topic.Slug, start, "\\"));
        }
        if (page.AfterKey is { } after)
            topics = topics.Where(topic => string.Compare(topic.Slug, after) > 0);

        var found = await topics
            .OrderBy(topic => topic.Slug)
            .Take(page.Take)
            .Select(topic => new TopicView(topic.Slug, topic.Label, topic.Focus, topic.Description, topic.Broader, topic.Alternatives, topic.Source))
            .ToListAsync(ct);
        return Page.Of(found, page, topic => Cursor.Of(topic.Slug));
    }

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
