using System.Diagnostics;
using System.Text.Json;
using MassTransit;
using Mentoring.Tenancy;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mentoring.Messaging;

/// <summary>
/// Publishes what stands in the outbox: takes rows that nobody else holds, waits for the broker's confirms, then deletes them. A crash
/// in between publishes them again, which every inbox expects.
/// </summary>
internal sealed class Relay(TenantDatabase database, IBus bus, OutboxSignal signal, ILogger<Relay> log) : BackgroundService
{
    private const int Batch = 200;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ConfirmWithin = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await PublishBatch(stoppingToken) < Batch)
                    await signal.Wait(Poll, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested && (Transient.IsOutage(e) || e is OperationCanceledException))
            {
                log.LogWarning("The outbox waits: {Reason}", e.Message);
                await Task.Delay(Poll, stoppingToken);
            }
        }
    }

    private async Task<int> PublishBatch(CancellationToken ct)
    {
        using var quiet = Telemetry.Quiet();
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var rows = await Take(connection, ct);
        if (rows.Count == 0)
            return 0;

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(ConfirmWithin);
        await Task.WhenAll(rows.Select(row => Publish(row, patience.Token)));

        await using var delete = new NpgsqlCommand("delete from platform.outbox where id = any($1)", connection);
        delete.Parameters.Add(new NpgsqlParameter { Value = rows.Select(row => row.Id).ToArray() });
        await delete.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        Telemetry.Published.Add(rows.Count);
        return rows.Count;
    }

    private static async Task<List<OutboxRow>> Take(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var take = new NpgsqlCommand("""
            select id, message_id, unit_id, type, body, trace_parent, trace_state, created_at
            from platform.outbox order by id limit 200 for update skip locked
            """, connection);
        await using var reader = await take.ExecuteReaderAsync(ct);
        var rows = new List<OutboxRow>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(new OutboxRow
            {
                Id = reader.GetInt64(0),
                MessageId = reader.GetGuid(1),
                UnitId = reader.GetGuid(2),
                Type = reader.GetString(3),
                Body = reader.GetString(4),
                TraceParent = await reader.IsDBNullAsync(5, ct) ? null : reader.GetString(5),
                TraceState = await reader.IsDBNullAsync(6, ct) ? null : reader.GetString(6),
                CreatedAt = await reader.GetFieldValueAsync<DateTimeOffset>(7, ct),
            });
        }
        return rows;
    }

    private async Task Publish(OutboxRow row, CancellationToken ct)
    {
        using var span = Telemetry.Resume("outbox relay", ActivityKind.Producer, row.TraceParent, row.TraceState);
        var type = Type.GetType(row.Type, throwOnError: true)!;
        var fact = JsonSerializer.Deserialize(row.Body, type, Wire.Json)!;
        await bus.Publish(fact, type, publish =>
        {
            publish.MessageId = row.MessageId;
            publish.Headers.Set(Wire.UnitHeader, row.UnitId.ToString());
        }, ct);
    }
}
