using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.MachineClients;

/// <summary>Those that have not ended, the newest first; one whose token has run out is among them.</summary>
public static class ListMachineClients
{
    public static async Task<Page<MachineClientView>> Handle(PageRequest page, ParticipantsDb db, TimeProvider clock, CancellationToken ct)
    {
        var clients = db.MachineClients.AsNoTracking().Where(client => client.EndedAt == null);
        if (page.AfterId is { } after)
            clients = clients.Where(client => client.Id < after);
        var found = Page.Of(await clients.OrderByDescending(client => client.Id).Take(page.Take).ToListAsync(ct), page, client => Cursor.Of(client.Id));
        return Page.Of(await ShowMachineClient.Views(db, [.. found.Items], clock.GetUtcNow(), ct), found.Next);
    }
}
