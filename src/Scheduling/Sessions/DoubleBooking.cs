using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Mentoring.Scheduling.Sessions;

internal static class DoubleBooking
{
    /// <summary>Saves; false, and nothing saved, where somebody would be in two sessions at once.</summary>
    public static async Task<bool> SaveUnlessDoubleBooked(this SchedulingDb db, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { ConstraintName: BookedTimes.NobodyTwice })
        {
            return false;
        }
    }
}
