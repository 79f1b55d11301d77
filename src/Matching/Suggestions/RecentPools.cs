using Mentoring.Matching.Pool;
using Mentoring.Matching.Runs;
using Microsoft.Extensions.Caching.Memory;

namespace Mentoring.Matching.Suggestions;

/// <summary>
/// The pool of a programme and wave as it was moments ago, laid out for being compared: many people look for somebody at the same time, and
/// a large pool takes seconds to read. What somebody asks for is weighed anew by the run.
/// </summary>
internal sealed class RecentPools(TimeProvider clock) : IDisposable
{
    private const int MostPeople = 250_000;
    private static readonly TimeSpan s_age = TimeSpan.FromSeconds(20);

    // Many ask at the same moment: one reads, the others wait for it.
    private readonly SemaphoreSlim _one = new(1);
    private readonly MemoryCache _pools = new(new MemoryCacheOptions { SizeLimit = MostPeople });

    public async Task<PairRules> Read(KnownProgramme programme, string wave, MatchingDb db, CancellationToken ct)
    {
        var key = (db.Unit.UnitId, programme.Id, wave);
        if (_pools.TryGetValue(key, out PairRules? known)) return known!;
        await _one.WaitAsync(ct);
        try
        {
            if (_pools.TryGetValue(key, out known)) return known!;
            var pool = await PoolReader.Read(db, programme, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), ct);
            var rules = new PairRules(Policy.Of(programme.Settings, wave), pool, []);
            return _pools.Set(key, rules, new MemoryCacheEntryOptions { Size = pool.Mentors.Count + pool.Mentees.Count + 1, AbsoluteExpirationRelativeToNow = s_age });
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose()
    {
        _pools.Dispose();
        _one.Dispose();
    }
}
