using System.Globalization;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Notifications.Inbox;

/// <summary>One's own inbox, the newest first.</summary>
public static class ReadInbox
{
    public static async Task<Page<Letter>> Handle(PageRequest page, Caller caller, NotificationsDb db, Letters letters, CancellationToken ct, bool unread = false)
    {
        var me = caller.PersonId;
        var before = Before(page.AfterKey);
        var items = await db.Items.AsNoTracking()
            .Where(i => i.PersonId == me && i.Number < before && (!unread || i.ReadAt == null))
            .OrderByDescending(i => i.Number)
            .Take(page.Take)
            .ToListAsync(ct);
        return Page.Of(await letters.Write(me, items, ct), page, letter => Cursor.Of(letter.Number.ToString(CultureInfo.InvariantCulture)));
    }

    private static long Before(string? key) => key switch
    {
        null => long.MaxValue,
        _ when long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw new InvalidRequestException("after", "must be a cursor from the 'next' of a page"),
    };
}
