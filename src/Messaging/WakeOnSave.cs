using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Mentoring.Messaging;

/// <summary>Wakes the relay, and the sweep of timers, once rows for them are committed: after a save of its own, or after the transaction around it.</summary>
internal sealed class WakeOnSave(OutboxSignal outbox, TimerSignal timers, TimeProvider clock) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    private bool _published;
    private bool _due;

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        var changes = eventData.Context!.ChangeTracker;
        _published |= changes.Entries<OutboxRow>().Any(entry => entry.State is EntityState.Added);
        var now = clock.GetUtcNow();
        _due |= changes.Entries<TimerRow>().Any(entry => entry.State is EntityState.Added or EntityState.Modified && entry.Entity.DueAt <= now);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context!.Database.CurrentTransaction is null)
            Wake();
        return ValueTask.FromResult(result);
    }

    public Task TransactionCommittedAsync(System.Data.Common.DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Wake();
        return Task.CompletedTask;
    }

    private void Wake()
    {
        if (_published)
            outbox.Wake();
        if (_due)
            timers.Wake();
        (_published, _due) = (false, false);
    }
}
