using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Mentoring.Messaging;

/// <summary>Wakes the relay once rows are committed: after a save of its own, or after the transaction around it.</summary>
internal sealed class WakeRelayOnSave(OutboxSignal signal) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    private bool _saved;

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        _saved |= eventData.Context!.ChangeTracker.Entries<OutboxRow>().Any(entry => entry.State is EntityState.Added);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context!.Database.CurrentTransaction is null)
            WakeIfSaved();
        return ValueTask.FromResult(result);
    }

    public Task TransactionCommittedAsync(System.Data.Common.DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        WakeIfSaved();
        return Task.CompletedTask;
    }

    private void WakeIfSaved()
    {
        if (_saved)
            signal.Wake();
        _saved = false;
    }
}
