using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Audit;

/// <summary>A chain has one end: whoever adds to it, or takes an alias from its owner, does so alone in the unit.</summary>
internal static class AuditChain
{
    /// <summary>Waits for the transaction that holds it; held until the current one ends.</summary>
    public static Task Lock(ParticipantsDb db, CancellationToken ct)
    {
        var chain = $"audit:{db.Unit.UnitId:N}";
        return db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({chain}, 0))", ct);
    }
}
