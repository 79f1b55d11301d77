using System.Text.Json;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Messaging;

/// <summary>
/// Removes what these tables still keep of something that is to leave no trace: kept answers, dead letters and timers. Versions stay, as
/// they are the tombstones; facts on their way stay too, as others wait for them and the relay deletes each as it goes out.
/// </summary>
public sealed class Traces(DbContext db, UnitContext unit)
{
    /// <summary>Runs in the caller's transaction.</summary>
    /// <param name="id">What is erased.</param>
    /// <param name="words">What else gives it away: addresses, names. Each is looked for as it stands in JSON.</param>
    /// <param name="ct">Cancels the statements.</param>
    /// <remarks>
    /// A dead letter goes whole, also where it tells of something else as well; <c>republish</c> repairs a copy that missed it.
    /// </remarks>
    public async Task Erase(Guid id, IReadOnlyCollection<string> words, CancellationToken ct)
    {
        var unitId = unit.UnitId;
        var key = id.ToString();
        string[] found = [key, .. words.Where(word => word.Length > 0).Select(word => JsonSerializer.Serialize(word, Wire.Json)[1..^1])];
        await db.Database.ExecuteSqlAsync($"""
            delete from platform.idempotency
            where unit_id = {unitId} and (caller = {key} or exists (
                select from unnest({found}) as word where position(convert_to(word, 'UTF8') in coalesce(body, ''::bytea)) > 0))
            """, ct);
        await db.Database.ExecuteSqlAsync($"""
            delete from platform.dead_letters
            where unit_id = {unitId} and (ids @> array[{id}]::uuid[] or exists (
                select from unnest({found}) as word where position(word in body) > 0))
            """, ct);
        await db.Database.ExecuteSqlAsync($"""
            delete from platform.timers
            where unit_id = {unitId} and exists (select from unnest({found}) as word where position(word in key) > 0 or position(word in payload) > 0)
            """, ct);
    }
}
