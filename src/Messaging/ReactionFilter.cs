using MassTransit;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Messaging;

/// <summary>
/// Around every reaction: enters the unit of the message, then one transaction with the inbox row, so that the reaction's change and the
/// note that it was made stand or fall together. A message that this queue has had is skipped.
/// </summary>
internal sealed class ReactionFilter<T>(DbContext db, UnitContext unit) : IFilter<ConsumeContext<T>>
    where T : class
{
    public async Task Send(ConsumeContext<T> context, IPipe<ConsumeContext<T>> next)
    {
        var ct = context.CancellationToken;
        unit.Enter(UnitOf(context));
        var messageId = context.MessageId ?? throw new InvalidOperationException("A message without an id cannot be consumed once.");
        var queue = context.ReceiveContext.InputAddress.AbsolutePath.Split('/')[^1];

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var now = TimeProvider.System.GetUtcNow();
        var first = await db.Database.ExecuteSqlAsync(
            $"insert into platform.inbox (message_id, queue, received_at) values ({messageId}, {queue}, {now}) on conflict do nothing", ct);
        if (first == 0)
        {
            Telemetry.Duplicates.Add(1, new KeyValuePair<string, object?>("queue", queue));
            // A message that no consumer has seen would be taken for undeliverable.
            await context.NotifyConsumed(context, TimeSpan.Zero, nameof(ReactionFilter<T>));
            return;
        }
        await next.Send(context);
        await transaction.CommitAsync(ct);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("reaction");

    private static Guid UnitOf(ConsumeContext context) => Guid.TryParse(context.Headers.Get<string>(Wire.UnitHeader), out var unit)
        ? unit
        : throw new InvalidOperationException($"A message without the header '{Wire.UnitHeader}' belongs to nobody.");
}
