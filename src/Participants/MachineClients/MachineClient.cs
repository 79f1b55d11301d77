using Mentoring.Contracts.Participants;

namespace Mentoring.Participants.MachineClients;

/// <summary>
/// A program of the enterprise that may call for the unit, such as its HR system or identity provider. Invariants: it has exactly one secret, and
/// for <see cref="Overlap"/> after a change the one before; neither works longer than it was given for; once ended it has none and is never
/// revived. <see cref="Version"/> rises with every change.
/// </summary>
public sealed class MachineClient
{
    public const int LongestName = 100;

    /// <summary>Of those that have not ended, in a unit.</summary>
    public const int Most = 20;

    /// <summary>How long the secret before still works, so that the change at the provider leaves no gap.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    private const int YearsByDefault = 1;
    private const int YearsAtMost = 2;

    private MachineClient()
    {
    }

    public Guid Id { get; private init; }

    /// <summary>Unique among those of the unit that have not ended.</summary>
    public string Name { get; private init; } = "";

    /// <summary>What it may do; never a person's role.</summary>
    public IReadOnlyList<string> Roles { get; private init; } = [];

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>The administrator; the empty id once that person is erased.</summary>
    public Guid CreatedBy { get; private init; }

    /// <summary>SHA-256 of the token; null once ended.</summary>
    public byte[]? Hash { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>Of the token before; null where there is none.</summary>
    public byte[]? PreviousHash { get; private set; }

    public DateTimeOffset? PreviousUntil { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public long Version { get; private set; }

    /// <summary>When a token of now ends where nobody says so.</summary>
    public static DateTimeOffset UsualEnd(DateTimeOffset now) => now.AddYears(YearsByDefault);

    /// <summary>Whether a token of now may work until then.</summary>
    public static bool MayEnd(DateTimeOffset expiresAt, DateTimeOffset now) => expiresAt > now && expiresAt <= now.AddYears(YearsAtMost);

    public static MachineClient Create(string name, MachineToken token, DateTimeOffset expiresAt, Guid createdBy, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Name = name,
        Roles = [Tenancy.Roles.Provisioning],
        CreatedAt = now,
        CreatedBy = createdBy,
        Hash = token.Hash,
        ExpiresAt = expiresAt,
        Version = 1,
    };

    /// <summary>Takes another secret. The one before works for a while yet, the one before that no more. Null when it has ended.</summary>
    public MachineClientChanged? Rotate(MachineToken token, DateTimeOffset expiresAt, DateTimeOffset now)
    {
        if (EndedAt is not null)
            return null;
        var dropped = PreviousHash;
        PreviousHash = Hash;
        PreviousUntil = Earlier(ExpiresAt, now + Overlap);
        (Hash, ExpiresAt, Version) = (token.Hash, expiresAt, Version + 1);
        return ToFact(token.UnitId, dropped);
    }

    /// <summary>Ends it at once. Null when it had ended before.</summary>
    public MachineClientChanged? End(Guid unitId, DateTimeOffset now)
    {
        if (EndedAt is not null)
            return null;
        var (current, previous) = (Hash, PreviousHash);
        (Hash, PreviousHash, PreviousUntil, EndedAt, Version) = (null, null, null, now, Version + 1);
        return ToFact(unitId, current, previous);
    }

    /// <summary>Whether it is who sends a token of this hash.</summary>
    public bool IsKnownBy(byte[] hash, DateTimeOffset now) =>
        (Hash is { } current && current.AsSpan().SequenceEqual(hash) && now < ExpiresAt)
        || (PreviousHash is { } previous && previous.AsSpan().SequenceEqual(hash) && now < PreviousUntil);

    /// <summary>Also names what it is known by no more, because whoever caches by that has to forget it.</summary>
    private MachineClientChanged ToFact(Guid unitId, params byte[]?[] dropped) => new(
        Id,
        Version,
        [.. dropped.Append(PreviousHash).Append(Hash).OfType<byte[]>().Select(hash => new SignOn(MachineToken.Issuer, MachineToken.SubjectOf(unitId, hash)))],
        Ended: EndedAt is not null);

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
