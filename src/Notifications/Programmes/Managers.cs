using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Notifications.Programmes;

internal static class Managers
{
    /// <summary>
    /// Who holds the role now. The programme's own list stands in until the memberships have arrived: facts have no order among themselves.
    /// </summary>
    public static async Task<IReadOnlyList<Guid>> Of(NotificationsDb db, Guid programmeId, CancellationToken ct)
    {
        var holders = await db.ProgrammeRoles
            .Where(r => r.ProgrammeId == programmeId && r.Role == Roles.ProgrammeManager)
            .Select(r => r.PersonId)
            .ToListAsync(ct);
        return holders.Count > 0
            ? holders
            : await db.Programmes.Where(p => p.Id == programmeId).Select(p => p.ManagerIds).SingleOrDefaultAsync(ct) ?? [];
    }
}
