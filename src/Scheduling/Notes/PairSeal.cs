using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Mentoring.Messaging;
using Mentoring.Scheduling.Sealing;
using Mentoring.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Notes;

/// <summary>Seals and opens what a pair writes, under a key of that pair which is made when it first writes.</summary>
public sealed class PairSeal(SchedulingDb db, MasterKeys master, Timers timers, TimeProvider clock)
{
    private readonly Dictionary<Guid, byte[]> _opened = [];

    /// <summary>Within a transaction, so that a key that is made now is kept together with what it seals.</summary>
    /// <param name="pairId">Whose key.</param>
    /// <param name="text">Of any length.</param>
    /// <param name="what">Which text it is; opens only as the same.</param>
    /// <param name="ct">Cancels the look-up.</param>
    public async Task<byte[]> Seal(Guid pairId, string text, string what, CancellationToken ct) =>
        AesGcmBox.Seal(await Find(pairId, ct) ?? await Make(pairId, ct), Encoding.UTF8.GetBytes(text), Context(pairId, what));

    /// <inheritdoc cref="Seal"/>
    public async Task<string> Open(Guid pairId, byte[] box, string what, CancellationToken ct)
    {
        var key = await Find(pairId, ct) ?? throw new InvalidOperationException("What this pair wrote has lost its key.");
        return Encoding.UTF8.GetString(AesGcmBox.Open(key, box, Context(pairId, what)));
    }

    public Task<string> TextOf(Guid pairId, Note note, CancellationToken ct) => Open(pairId, note.Sealed, Note.What(note.SessionId, note.OwnerId), ct);

    /// <summary>None where there is no agenda.</summary>
    public async Task<IReadOnlyList<AgendaPoint>> PointsOf(Guid pairId, Agenda? agenda, CancellationToken ct) =>
        agenda is null ? [] : JsonSerializer.Deserialize<AgendaPoint[]>(await Open(pairId, agenda.Sealed, Agenda.What(agenda.SessionId), ct), Json.Options)!;

    /// <summary>Seals the pair's key under the current master key, where another has sealed it; part of the next save.</summary>
    public async Task Reseal(Guid pairId, CancellationToken ct)
    {
        if (await db.PairKeys.SingleOrDefaultAsync(key => key.PartnershipId == pairId, ct) is not { } row || MasterKeys.KeyOf(row.Sealed) == master.Current)
            return;
        row.Sealed = master.Seal(master.Open(row.Sealed, Purpose(pairId)), Purpose(pairId));
    }

    private async Task<byte[]?> Find(Guid pairId, CancellationToken ct)
    {
        if (_opened.TryGetValue(pairId, out var known))
            return known;
        return await db.PairKeys.AsNoTracking().SingleOrDefaultAsync(key => key.PartnershipId == pairId, ct) is { } row
            ? _opened[pairId] = master.Open(row.Sealed, Purpose(pairId))
            : null;
    }

    private async Task<byte[]> Make(Guid pairId, CancellationToken ct)
    {
        var key = RandomNumberGenerator.GetBytes(AesGcmBox.KeyBytes);
        // Two who write at once: the second waits here for the first, and takes its key.
        var made = await db.Database.ExecuteSqlAsync($"""
            insert into pair_keys (unit_id, partnership_id, sealed) values ({db.Unit.UnitId}, {pairId}, {master.Seal(key, Purpose(pairId))}) on conflict do nothing
            """, ct);
        if (made == 0)
            return (await Find(pairId, ct))!;
        timers.Add(ResealPairKey.Name, pairId.ToString(), clock.GetUtcNow() + ResealPairKey.Every);
        return key;
    }

    private string Purpose(Guid pairId) => $"key of pair {db.Unit.UnitId} {pairId}";

    private byte[] Context(Guid pairId, string what) => Encoding.UTF8.GetBytes($"{db.Unit.UnitId} {pairId} {what}");
}

/// <summary>Every day: a pair's key is sealed under the current master key, so that a master key that was replaced is soon not needed any more.</summary>
public sealed class ResealPairKey(SchedulingDb db, PairSeal seal, Timers timers, TimeProvider clock) : ITimer
{
    public static readonly TimeSpan Every = TimeSpan.FromDays(1);

    public static string Name => "pair-key-reseal";

    public async Task Fire(TimerFired timer, CancellationToken ct)
    {
        await seal.Reseal(Guid.Parse(timer.Key), ct);
        await timers.Set(Name, timer.Key, clock.GetUtcNow() + Every, ct: ct);
        await db.SaveChangesAsync(ct);
    }
}
