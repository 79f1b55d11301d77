namespace Mentoring.Scheduling.Sessions;

/// <summary>Minutes of inconvenience that each of several people has borne beyond the last of them; of two it is one number.</summary>
internal readonly struct Sharing : IEquatable<Sharing>, IComparable<Sharing>
{
    private readonly int _first;

    /// <summary>Of those between the first and the last; null where there are none.</summary>
    private readonly int[]? _between;

    private Sharing(int first, int[]? between) => (_first, _between) = (first, between);

    /// <summary>Minutes between whoever bears most and whoever bears least.</summary>
    public int Spread
    {
        get
        {
            // The last one is at 0.
            var (least, most) = (Math.Min(0, _first), Math.Max(0, _first));
            foreach (var one in _between ?? [])
                (least, most) = (Math.Min(least, one), Math.Max(most, one));
            return most - least;
        }
    }

    public static Sharing Of(IReadOnlyList<int> minutes)
    {
        if (minutes.Count <= 2)
            return new Sharing(minutes[0] - minutes[^1], null);
        var between = new int[minutes.Count - 2];
        for (var i = 0; i < between.Length; i++)
            between[i] = minutes[i + 1] - minutes[^1];
        return new Sharing(minutes[0] - minutes[^1], between);
    }

    public static Sharing operator +(Sharing one, Sharing other) => new(
        one._first + other._first,
        one._between is null || other._between is null ? one._between ?? other._between : [.. one._between.Zip(other._between, (mine, its) => mine + its)]);

    public bool Equals(Sharing other) => _first == other._first && _between.AsSpan().SequenceEqual(other._between);

    public override bool Equals(object? obj) => obj is Sharing other && Equals(other);

    public override int GetHashCode()
    {
        var hash = _first;
        foreach (var one in _between ?? [])
            hash = HashCode.Combine(hash, one);
        return hash;
    }

    public int CompareTo(Sharing other)
    {
        var first = _first.CompareTo(other._first);
        return first != 0 ? first : _between.AsSpan().SequenceCompareTo(other._between);
    }
}
