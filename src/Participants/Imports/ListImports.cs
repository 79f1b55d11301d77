using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Imports;

/// <summary>What was imported, the newest first.</summary>
public static class ListImports
{
    public static async Task<Page<ImportView>> Handle(ImportKind kind, PageRequest page, ParticipantsDb db, TimeProvider clock, CancellationToken ct)
    {
        var imports = db.Imports.AsNoTracking().Where(i => i.Kind == kind);
        if (page.AfterId is { } after)
            imports = imports.Where(i => i.Id < after);
        var found = Page.Of(await imports.OrderByDescending(i => i.Id).Take(page.Take).ToListAsync(ct), page, i => Cursor.Of(i.Id));
        var now = clock.GetUtcNow();
        return Page.Of<ImportView>([.. found.Items.Select(import => ShowImport.View(import, now))], found.Next);
    }
}
