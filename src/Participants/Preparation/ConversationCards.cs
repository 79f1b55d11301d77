using Markdig;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Preparation;

/// <summary>A card to take along into a conversation.</summary>
/// <param name="Language">It is written in.</param>
/// <param name="Html">Rendered from Markdown.</param>
public sealed record ConversationCard(string Language, string Title, string Html);

/// <summary>
/// Cards for mentors that ship with the service: one file a language in this folder's <c>Cards</c>, a card under each heading. Nothing notes
/// who has read which.
/// </summary>
public static class ConversationCards
{
    private const string Prefix = "cards/";

    private static readonly MarkdownPipeline s_markdown = new MarkdownPipelineBuilder().DisableHtml().Build();

    private static readonly IReadOnlyDictionary<string, IReadOnlyList<ConversationCard>> s_all = typeof(ConversationCards).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToDictionary(name => name[Prefix.Length..], Load);

    public static IReadOnlyCollection<string> Languages => [.. s_all.Keys];

    public static IReadOnlyList<ConversationCard> In(string language) => s_all[language];

    public static async Task<IResult> Handle(HttpRequest request, Caller caller, ParticipantsDb db, CancellationToken ct)
    {
        var own = await db.People.Where(person => person.Id == caller.PersonId).Select(person => person.Languages).SingleOrDefaultAsync(ct) ?? [];
        return Results.Ok(Page.Of(In(Reading.Choose(Reading.Wishes(request, own), Languages)), next: null));
    }

    private static IReadOnlyList<ConversationCard> Load(string resource)
    {
        using var reader = new StreamReader(typeof(ConversationCards).Assembly.GetManifestResourceStream(resource)!);
        var text = "\n" + reader.ReadToEnd().ReplaceLineEndings("\n");
        return
        [
            .. text.Split("\n## ", StringSplitOptions.RemoveEmptyEntries).Where(card => !string.IsNullOrWhiteSpace(card)).Select(card =>
            {
                var end = card.IndexOf('\n', StringComparison.Ordinal);
                return new ConversationCard(resource[Prefix.Length..], card[..end].Trim(), Markdown.ToHtml(card[end..], s_markdown));
            }),
        ];
    }
}
