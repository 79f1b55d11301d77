using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Mentoring.Messaging;

/// <summary>
/// A transaction that is already there (idempotency key, reaction, timer) or one of its own: for a change that locks before it reads.
/// </summary>
public sealed class Atomically : IAsyncDisposable
{
    private readonly IDbContextTransaction? _own;

    private Atomically(IDbContextTransaction? own) => _own = own;

    public static async Task<Atomically> Begin(DbContext db, CancellationToken ct) =>
        new(db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null);

    public Task Commit(CancellationToken ct) => _own?.CommitAsync(ct) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _own?.DisposeAsync() ?? ValueTask.CompletedTask;
}
