using Mentoring.Contracts.Participants;

namespace Mentoring.Participants.Delegates;

public enum DelegateRefusal
{
    Oneself,
    TooMany,
}

/// <summary>
/// Who books for somebody: colleagues who see when sessions are and nothing of what is in them. Invariants: <see cref="Most"/> at most, each
/// once, never oneself; <see cref="Version"/> rises with every change, also with the one that leaves nobody.
/// </summary>
public sealed class DelegateList
{
    public const int Most = 3;

    private DelegateList()
    {
    }

    public Guid PersonId { get; private init; }

    public IReadOnlyList<Guid> DelegateIds { get; private set; } = [];

    /// <summary>0 before the first are named.</summary>
    public long Version { get; private set; }

    /// <summary>Of whoever has named nobody yet.</summary>
    public static DelegateList Empty(Guid personId) => new() { PersonId = personId };

    /// <summary>Exactly these from now on; the same ones again change nothing.</summary>
    public DelegateRefusal? Name(IEnumerable<Guid> delegates)
    {
        Guid[] named = [.. delegates.Distinct().Order()];
        if (named.Contains(PersonId))
            return DelegateRefusal.Oneself;
        if (named.Length > Most)
            return DelegateRefusal.TooMany;
        if (!named.SequenceEqual(DelegateIds))
            (DelegateIds, Version) = (named, Version + 1);
        return null;
    }

    /// <summary>Somebody has left: their own list ends, and they stand in nobody else's. Null where nothing changes.</summary>
    public DelegatesChanged? Without(Guid personId)
    {
        var left = personId == PersonId ? [] : DelegateIds.Where(held => held != personId).ToArray();
        if (left.Length == DelegateIds.Count)
            return null;
        (DelegateIds, Version) = (left, Version + 1);
        return ToFact();
    }

    public DelegatesChanged ToFact() => new(PersonId, Version, DelegateIds);
}
