using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Mentoring.Participants.Imports;

/// <summary>
/// Ids of version 7 for the rows of one file, each above the one before (RFC 9562, 6.2, method 1: a counter where chance would stand). Thousands of
/// one millisecond are in no order among themselves, and each would go to another page of every index that starts with the id or names a manager.
/// </summary>
internal sealed class RisingIds(DateTimeOffset now)
{
    /// <summary>As many bits as follow the version; when they are used up, the next millisecond begins.</summary>
    private const int CounterBits = 12;

    // Drawn for some hundred ids at once: each draw asks the kernel.
    private readonly byte[] _chance = new byte[4096];
    private int _drawn = 4096;
    private long _next;

    public Guid Next()
    {
        if (_drawn == _chance.Length)
        {
            RandomNumberGenerator.Fill(_chance);
            _drawn = 0;
        }
        Span<byte> id = stackalloc byte[16];
        var time = now.ToUnixTimeMilliseconds() + (_next >> CounterBits);
        BinaryPrimitives.WriteInt64BigEndian(id, (time << 16) | 0x7000 | (_next & 0xfff));
        _chance.AsSpan(_drawn, 8).CopyTo(id[8..]);
        id[8] = (byte)(0x80 | (id[8] & 0x3f));
        (_drawn, _next) = (_drawn + 8, _next + 1);
        return new Guid(id, bigEndian: true);
    }
}
