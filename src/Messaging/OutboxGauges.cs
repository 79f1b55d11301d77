using System.Diagnostics.Metrics;
using Mentoring.Tenancy;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mentoring.Messaging;

/// <summary>How much waits in the outbox and how old its oldest row is; and what may be forgotten is.</summary>
internal sealed class OutboxGauges(TenantDatabase database, TimeProvider clock, ILogger<OutboxGauges> log) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);
    private const int BeatsBetweenCleanings = 60;

    private long _depth;
    private double _age;

    public long Depth => Interlocked.Read(ref _depth);

    public double AgeSeconds => Volatile.Read(ref _age);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Telemetry.Meter.CreateObservableGauge("messaging.outbox.depth", () => new Measurement<long>(Depth, Service), "{message}", "Facts not yet published");
        Telemetry.Meter.CreateObservableGauge("messaging.outbox.age", () => new Measurement<double>(AgeSeconds, Service), "s", "Age of the oldest fact not yet published");
        using var beat = new PeriodicTimer(Beat);
        for (var beats = 0; await beat.WaitForNextTickAsync(stoppingToken); beats++)
        {
            using var quiet = Telemetry.Quiet();
            try
            {
                await Measure(stoppingToken);
                if (beats % BeatsBetweenCleanings == 0)
                    await Forget(stoppingToken);
            }
            catch (Exception e) when (Transient.IsOutage(e))
            {
                log.LogDebug("The outbox cannot be measured: {Reason}", e.Message);
            }
        }
    }

    private KeyValuePair<string, object?> Service => new("service", database.Name);

    internal async Task Measure(CancellationToken ct)
    {
        await using var command = database.Source.CreateCommand("select count(*), min(created_at) from platform.outbox");
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        Interlocked.Exchange(ref _depth, reader.GetInt64(0));
        Volatile.Write(ref _age, await reader.IsDBNullAsync(1, ct)
            ? 0
            : Math.Max(0, (clock.GetUtcNow() - await reader.GetFieldValueAsync<DateTimeOffset>(1, ct)).TotalSeconds));
    }

    /// <summary>A message is not redelivered after 30 days, a key is not repeated after 24 hours.</summary>
    private async Task Forget(CancellationToken ct)
    {
        await using var command = database.Source.CreateCommand("""
            with old_inbox as (delete from platform.inbox where received_at < $1)
            delete from platform.idempotency where created_at < $2
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = TimeProvider.System.GetUtcNow().AddDays(-30) });
        command.Parameters.Add(new NpgsqlParameter { Value = TimeProvider.System.GetUtcNow().AddDays(-1) });
        await command.ExecuteNonQueryAsync(ct);
    }
}
