using Mentoring.Matching.Pool;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace Mentoring.Matching.Runs;

/// <summary>
/// Solved runs made ready to be asked about: one that is looked into is asked many questions, and a large one takes seconds to make
/// ready. Never the record of anything; whoever is erased is gone from here as well.
/// </summary>
internal sealed class SolvedRuns : IDisposable
{
    private static readonly TimeSpan s_idle = TimeSpan.FromMinutes(10);

    // A large run takes hundreds of megabytes while it is made ready: one at a time.
    private readonly SemaphoreSlim _one = new(1);
    private readonly MemoryCache _ready = new(new MemoryCacheOptions { SizeLimit = Candidates.MostPairs + 1 });

    /// <summary>Null when it cannot be computed again: someone in it was erased, or it does not prove itself any more.</summary>
    public async Task<Matcher?> Find(MatchingRun run, MatchingDb db, CancellationToken ct)
    {
        var key = (db.Unit.UnitId, run.Id);
        if (!await db.RunPools.AnyAsync(pool => pool.RunId == run.Id, ct))
        {
            _ready.Remove(key);
            return null;
        }
        if (_ready.TryGetValue(key, out Matcher? known)) return known;

        await _one.WaitAsync(ct);
        try
        {
            if (_ready.TryGetValue(key, out known)) return known;
            if (await db.RunPools.AsNoTracking().SingleOrDefaultAsync(pool => pool.RunId == run.Id, ct) is not { } stored) return null;
            var pairs = await db.RunPairs.AsNoTracking().Where(pair => pair.RunId == run.Id)
                .Select(pair => new { pair.MentorId, pair.MenteeId }).ToListAsync(ct);
            var matcher = Matcher.Prepare(run.Policy, PackedJson.Unpack<PoolSnapshot>(stored.Pool), run.Locks, run.Bans, cancellationToken: ct);
            if (!matcher.TakeUp(pairs.Select(pair => new Couple(pair.MentorId, pair.MenteeId)), PackedJson.Unpack<Proof>(stored.Proof))) return null;
            return _ready.Set(key, matcher, new MemoryCacheEntryOptions { Size = matcher.Candidates + 1, SlidingExpiration = s_idle });
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Somebody in these runs was erased.</summary>
    public void Forget(UnitContext unit, IEnumerable<Guid> runIds)
    {
        foreach (var id in runIds) _ready.Remove((unit.UnitId, id));
    }

    public void Dispose()
    {
        _ready.Dispose();
        _one.Dispose();
    }
}
