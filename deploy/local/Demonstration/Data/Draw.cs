namespace Mentoring.Demonstration.Data;

/// <summary>
/// A reproducible draw of its own for each purpose and person, so that one more question asked of one person moves nobody
/// else's answers. SplitMix64 (Steele, Lea, Flood 2014), started from an FNV-1a hash.
/// </summary>
internal sealed class Draw
{
    private ulong _state;

    private Draw(ulong state) => _state = state;

    public static Draw For(int seed, string purpose, string key)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in $"{seed}/{purpose}/{key}")
            hash = unchecked((hash ^ character) * 1099511628211UL);
        return new Draw(hash);
    }

    public ulong Next()
    {
        unchecked
        {
            var z = _state += 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }

    public int Below(int limit) => (int)(Next() % (ulong)limit);

    public int Between(int least, int most) => least + Below(most - least + 1);

    public bool OneIn(int many) => Below(many) == 0;

    public T OneOf<T>(IReadOnlyList<T> from) => from[Below(from.Count)];

    /// <summary>Different ones, in drawn order.</summary>
    public IReadOnlyList<T> Some<T>(IEnumerable<T> from, int count)
    {
        var left = from.ToList();
        var drawn = new List<T>(count);
        while (drawn.Count < count && left.Count > 0)
        {
            var index = Below(left.Count);
            drawn.Add(left[index]);
            left.RemoveAt(index);
        }

        return drawn;
    }
}
