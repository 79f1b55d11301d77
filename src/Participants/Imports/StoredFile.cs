using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Imports;

/// <summary>Reads a stored file piece by piece, one in memory at a time.</summary>
internal sealed class StoredFile(ParticipantsDb db, Guid importId) : Stream
{
    private byte[] _piece = [];
    private int _at;
    private int _next;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_at == _piece.Length)
        {
            var number = _next++;
            var pieces = await db.Set<ImportChunk>().AsNoTracking().Where(chunk => chunk.ImportId == importId && chunk.Number == number)
                .Select(chunk => chunk.Content).ToListAsync(cancellationToken);
            (_piece, _at) = (pieces.Count == 0 ? [] : pieces[0], 0);
        }
        var count = Math.Min(buffer.Length, _piece.Length - _at);
        _piece.AsMemory(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Stored files are read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
