using Mentoring.Notifications.Templates;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Notifications.Inbox;

/// <summary>One notice as its reader sees it in the inbox.</summary>
/// <param name="Number">The order in this inbox; the id of the live event.</param>
/// <param name="Actions">What can be done about it.</param>
public sealed record Letter(
    Guid Id,
    long Number,
    string Kind,
    string Title,
    string Body,
    LetterAbout About,
    IReadOnlyList<LetterAction> Actions,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ReadAt);

/// <param name="Kind">What kind of thing: <c>session</c>, <c>proposal</c>, <c>pair</c>, <c>partnership</c>, <c>survey</c>, <c>insight</c>, <c>review</c>, <c>programme</c>, <c>enrolment</c>, <c>guest</c>, <c>glass</c>.</param>
public sealed record LetterAbout(string Kind, Guid Id);

/// <param name="Href">Relative to the unit's place in the portal.</param>
public sealed record LetterAction(string Label, string Href);

/// <summary>Puts one person's notices into words.</summary>
public sealed class Letters(NotificationsDb db, TemplateSet templates)
{
    public async Task<IReadOnlyList<Letter>> Write(Guid person, IReadOnlyList<InboxItem> items, CancellationToken ct)
    {
        var notices = items.Select(item => NoticeKind.Named(item.Kind).Read(item.Notice)).ToList();
        var names = await Names.Of(db, notices, [person], ct);
        var language = await db.Preferences.Where(p => p.PersonId == person).Select(p => p.Language).SingleOrDefaultAsync(ct);
        var reader = Reader.Of(names.People.GetValueOrDefault(person), language, names, templates);
        return [.. items.Zip(notices, (item, notice) => Write(item, notice, reader))];
    }

    private Letter Write(InboxItem item, Notice notice, Reader reader)
    {
        var words = templates.InApp(item, notice, reader);
        return new Letter(item.Id, item.Number, item.Kind, words.Title, words.Line,
            new LetterAbout(NoticeKind.Named(item.Kind).About, item.AboutId), words.Actions, item.CreatedAt, item.ReadAt);
    }
}
