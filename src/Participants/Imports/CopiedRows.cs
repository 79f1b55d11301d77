using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace Mentoring.Participants.Imports;

/// <summary>
/// Rows on their way into a table by COPY, in PostgreSQL's binary format (its documentation, COPY, "Binary Format"). They are encoded here, into a
/// buffer that is sent when it is full: the driver's own writer works out anew for each cell what it is, which for the six million of an import
/// takes longer than to read and check them.
/// </summary>
internal sealed class CopiedRows : IAsyncDisposable
{
    private const int Sent = 64 * 1024;
    private const int TextType = 25;

    private static readonly byte[] s_header = [.. "PGCOPY\n"u8, 0xff, .. "\r\n\0"u8, .. new byte[8]];
    private static readonly DateOnly s_epoch = new(2000, 1, 1);

    private readonly NpgsqlRawCopyStream _stream;
    private byte[] _buffer = new byte[2 * Sent];
    private int _at;
    private bool _completed;

    private CopiedRows(NpgsqlRawCopyStream stream)
    {
        _stream = stream;
        s_header.CopyTo(Room(s_header.Length));
    }

    /// <param name="connection">In a transaction.</param>
    /// <param name="copy">The statement, binary.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<CopiedRows> Begin(NpgsqlConnection connection, string copy, CancellationToken ct) =>
        new(await connection.BeginRawBinaryCopyAsync(copy, ct));

    /// <summary>Begins a row. As many cells follow, in the statement's order.</summary>
    public async ValueTask Start(short cells, CancellationToken ct)
    {
        if (_at >= Sent)
        {
            await _stream.WriteAsync(_buffer.AsMemory(0, _at), ct);
            _at = 0;
        }
        BinaryPrimitives.WriteInt16BigEndian(Room(sizeof(short)), cells);
    }

    public void Null() => Number(-1);

    public void Write(string? text)
    {
        if (text is null)
            Null();
        else
            Text(text);
    }

    public void Write(bool value)
    {
        Number(1);
        Room(1)[0] = value ? (byte)1 : (byte)0;
    }

    public void Write(int? value)
    {
        if (value is not { } number)
        {
            Null();
            return;
        }
        Number(sizeof(int));
        Number(number);
    }

    public void Write(DateOnly? value) => Write(value is { } day ? day.DayNumber - s_epoch.DayNumber : (int?)null);

    public void Write(Guid value)
    {
        Number(16);
        value.TryWriteBytes(Room(16), bigEndian: true, out _);
    }

    public void Write(ReadOnlySpan<string> texts)
    {
        var length = _at;
        Number(0);
        // Dimensions, whether there are nulls, the type, how many, and the number of the first.
        Number(texts.Length == 0 ? 0 : 1);
        Number(0);
        Number(TextType);
        if (texts.Length > 0)
        {
            Number(texts.Length);
            Number(1);
        }
        foreach (var text in texts)
            Text(text);
        BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(length), _at - length - sizeof(int));
    }

    /// <summary>All rows are there.</summary>
    public async Task Complete(CancellationToken ct)
    {
        BinaryPrimitives.WriteInt16BigEndian(Room(sizeof(short)), -1);
        await _stream.WriteAsync(_buffer.AsMemory(0, _at), ct);
        _completed = true;
        await _stream.DisposeAsync();
    }

    /// <summary>Without <see cref="Complete"/> none of them stays, and the transaction is at its end up to a savepoint.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_completed)
            return;
        await _stream.CancelAsync();
        await _stream.DisposeAsync();
    }

    private void Text(string text)
    {
        var room = Room(sizeof(int) + Encoding.UTF8.GetMaxByteCount(text.Length));
        var length = Encoding.UTF8.GetBytes(text, room[sizeof(int)..]);
        BinaryPrimitives.WriteInt32BigEndian(room, length);
        _at -= room.Length - sizeof(int) - length;
    }

    private void Number(int value) => BinaryPrimitives.WriteInt32BigEndian(Room(sizeof(int)), value);

    private Span<byte> Room(int bytes)
    {
        if (_buffer.Length - _at < bytes)
            Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, _at + bytes));
        _at += bytes;
        return _buffer.AsSpan(_at - bytes, bytes);
    }
}
