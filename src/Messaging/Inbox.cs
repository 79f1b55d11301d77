using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Messaging;

/// <summary>
/// Keeps copies in order. State facts are whole and carry a rising version, and arrive in any order, some twice: a copy takes only newer
/// ones. Both calls lock the aggregate until the surrounding transaction ends, so two facts of one aggregate are taken one after the other.
/// </summary>
public sealed class Inbox(DbContext db, UnitContext unit)
{
    /// <summary>
    /// True when this version is newer than what the copy has, and then it counts as taken. False for an older one, and always after
    /// <see cref="Bury"/>.
    /// </summary>
    /// <param name="kind">Names the copy, in this service: <c>person</c>. Two copies of one fact need two names.</param>
    /// <param name="id">The aggregate.</param>
    /// <param name="version">As the fact carries it.</param>
    /// <param name="ct">Cancels the statement.</param>
    public async Task<bool> IsNewest(string kind, Guid id, long version, CancellationToken ct)
    {
        var unitId = unit.UnitId;
        return await db.Database.ExecuteSqlAsync($"""
            insert into platform.versions (unit_id, kind, id, version) values ({unitId}, {kind}, {id}, {version})
            on conflict (unit_id, kind, id) do update set version = excluded.version where platform.versions.version < excluded.version
            """, ct) == 1;
    }

    /// <summary>Leaves a tombstone: only the id remains, and no late fact revives the copy.</summary>
    public Task Bury(string kind, Guid id, CancellationToken ct) => IsNewest(kind, id, long.MaxValue, ct);
}
