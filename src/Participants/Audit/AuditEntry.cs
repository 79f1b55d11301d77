using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Mentoring.Contracts.Audit;

namespace Mentoring.Participants.Audit;

/// <summary>
/// One link of a unit's chain. Its hash covers the one before and everything it says, so that a changed, removed or inserted entry shows.
/// The actor is a random alias: when a person is erased the alias's owner is forgotten, and the chain still holds.
/// </summary>
public sealed class AuditEntry
{
    private AuditEntry()
    {
    }

    /// <summary>1, 2, 3 … in the order of arrival.</summary>
    public long Sequence { get; private set; }

    public Guid ActionId { get; private set; }

    /// <summary>The actor's alias in this unit; the empty id for an operator.</summary>
    public Guid Actor { get; private set; }

    public string Code { get; private set; } = "";
    public Guid SubjectId { get; private set; }

    /// <summary>When it was done, UTC, to the microsecond: what the database keeps is what was hashed.</summary>
    public DateTimeOffset At { get; private set; }

    public byte[] Hash { get; private set; } = [];

    /// <summary>What the first entry stands on; names the unit, so that a chain cannot be passed off as another unit's.</summary>
    public static byte[] Genesis(Guid unitId) => SHA256.HashData(Encoding.UTF8.GetBytes($"audit:{unitId:N}"));

    public static AuditEntry After(AuditEntry? last, Guid unitId, ActionAudited action, Guid actor)
    {
        var entry = new AuditEntry
        {
            Sequence = (last?.Sequence ?? 0) + 1,
            ActionId = action.ActionId,
            Actor = actor,
            Code = action.Code,
            SubjectId = action.SubjectId,
            At = action.At.AddTicks(-(action.At.UtcTicks % TimeSpan.TicksPerMicrosecond)).ToUniversalTime(),
        };
        entry.Hash = entry.HashOver(last?.Hash ?? Genesis(unitId));
        return entry;
    }

    /// <summary>Whether it is exactly what was chained after the one before.</summary>
    public bool Follows(AuditEntry? last, Guid unitId) =>
        Sequence == (last?.Sequence ?? 0) + 1 && CryptographicOperations.FixedTimeEquals(Hash, HashOver(last?.Hash ?? Genesis(unitId)));

    private byte[] HashOver(byte[] previous)
    {
        var code = Encoding.UTF8.GetBytes(Code);
        var said = new byte[8 + 16 + 16 + 16 + 8 + code.Length];
        BinaryPrimitives.WriteInt64BigEndian(said, Sequence);
        ActionId.TryWriteBytes(said.AsSpan(8), bigEndian: true, out _);
        Actor.TryWriteBytes(said.AsSpan(24), bigEndian: true, out _);
        SubjectId.TryWriteBytes(said.AsSpan(40), bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(said.AsSpan(56), At.UtcTicks);
        code.CopyTo(said, 64);
        return SHA256.HashData([.. previous, .. said]);
    }
}

/// <summary>Whose alias it is. The only place that knows; an erased person's row goes.</summary>
public sealed class AuditAlias
{
    public required Guid PersonId { get; init; }

    /// <summary>Random, and so says nothing about when or who.</summary>
    public required Guid Alias { get; init; }

    public static AuditAlias For(Guid personId) => new() { PersonId = personId, Alias = new Guid(RandomNumberGenerator.GetBytes(16)) };
}
