namespace Mentoring.Participants.Imports;

/// <summary>
/// Ids of version 7 for the rows of one file, each above the one before (RFC 9562, 6.2, method 1: a counter where chance would stand). Thousands of
/// one millisecond are in no order among themselves, and each would go to another page of every index that starts with the id or names a manager.
/// </summary>
internal sealed class RisingIds(DateTimeOffset now)
{
    /// <summary>As many bits as follow the version; when they are used up, the next millisecond begins.</summary>
    private const int CounterBits = 12;

    private long _next;

    public Guid Next()
    {
        Span<byte> id = stackalloc byte[16];
        Guid.CreateVersion7(now.AddMilliseconds(_next >> CounterBits)).TryWriteBytes(id, bigEndian: true, out _);
        id[6] = (byte)(0x70 | ((_next >> 8) & 0x0f));
        id[7] = (byte)_next;
        _next++;
        return new Guid(id, bigEndian: true);
    }
}
