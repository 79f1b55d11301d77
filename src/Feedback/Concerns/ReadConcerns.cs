using Mentoring.Feedback.People;
using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Concerns;

internal static class ReadConcerns
{
    public sealed record Item(Guid Id, string Text, Named? From, DateOnly RaisedOn, string? Reply);

    public static async Task<Page<Item>> Handle(PageRequest page, FeedbackDb db, CancellationToken ct)
    {
        var concerns =
            from concern in db.Concerns.AsNoTracking()
            join person in db.People on concern.PersonId equals (Guid?)person.Id into people
            from person in people.DefaultIfEmpty()
            orderby concern.Id
            select new { Concern = concern, person.Name };
        if (page.AfterId is { } after)
            concerns = concerns.Where(found => found.Concern.Id > after);
        var found = await concerns.Take(page.Take).ToListAsync(ct);
        return Page.Of(
            found.ConvertAll(f => new Item(
                f.Concern.Id,
                f.Concern.Text,
                f.Concern.PersonId is { } id ? new Named(id, f.Name ?? "") : null,
                f.Concern.RaisedOn,
                f.Concern.Reply)),
            page,
            item => Cursor.Of(item.Id));
    }
}
