using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.People;

/// <summary>
/// Reporting lines follow from everybody's manager at once, so changes of them in one unit come one after the other: two imports at a
/// time could each be free of cycles and make one together.
/// </summary>
internal static class ReportingLineLock
{
    /// <summary>Waits for the transaction that holds it; held until the current one ends.</summary>
    public static Task Take(ParticipantsDb db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('reporting-lines ' || {db.Unit.UnitId}::text, 0))", ct);
}
