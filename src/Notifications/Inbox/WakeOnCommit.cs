using System.Data.Common;
using Mentoring.Notifications.Deliveries;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Mentoring.Notifications.Inbox;

/// <summary>Once rows are committed, wakes the streams of those who were told something, and the sender if there is mail.</summary>
internal sealed class WakeOnCommit(InboxWakes wakes, DeliverySignal mail) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    private readonly HashSet<Guid> _people = [];
    private bool _mail;

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        foreach (var entry in eventData.Context!.ChangeTracker.Entries().Where(entry => entry.State is EntityState.Added))
        {
            if (entry.Entity is InboxItem item)
                _people.Add(item.PersonId);
            _mail |= entry.Entity is DeliveryJob;
        }
        return ValueTask.FromResult(result);
    }

    public override async ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context!.Database.CurrentTransaction is null)
            await Wake();
        return result;
    }

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) => Wake();

    private async Task Wake()
    {
        if (_mail)
            mail.Wake();
        if (_people.Count > 0)
            await wakes.Wake([.. _people]);
        _mail = false;
        _people.Clear();
    }
}
