using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Reflections;

internal static class ReadReflections
{
    public sealed record Item(Guid Id, Guid SessionId, string Text, Pulse? Pulse, DateTimeOffset WrittenAt);

    public static async Task<Page<Item>> Mine(PageRequest page, Caller caller, FeedbackDb db, CancellationToken ct)
    {
        var mine = db.Reflections.AsNoTracking().Where(reflection => reflection.AuthorId == caller.PersonId);
        if (page.AfterId is { } after)
            mine = mine.Where(reflection => reflection.Id < after);
        var found = await mine.OrderByDescending(reflection => reflection.Id).Take(page.Take).ToListAsync(ct);
        return Page.Of([.. found.Select(Shown)], page, item => Cursor.Of(item.Id));
    }

    public static Item Shown(Reflection reflection) => new(reflection.Id, reflection.SessionId, reflection.Text, reflection.Pulse, reflection.WrittenAt);
}
