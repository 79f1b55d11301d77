using System.Diagnostics;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mentoring.Messaging;

/// <summary>The timers of this service by name.</summary>
internal sealed record TimerCatalogue(IReadOnlyDictionary<string, Type> Handlers);

/// <summary>
/// Fires what is due. Every replica sweeps; a row is locked, its effect saved and the row deleted in one transaction, so a timer fires
/// once whoever is killed. The beat is real time, what is due is read from the clock.
/// </summary>
internal sealed class TimerSweep(
    TenantDatabase database,
    TimerCatalogue catalogue,
    TimerSignal signal,
    IServiceScopeFactory scopes,
    TimeProvider clock,
    ILogger<TimerSweep> log) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);
    private const int MostAttempts = 10;
    private const int Batch = 200;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (catalogue.Handlers.Count == 0)
            return;
        while (!stoppingToken.IsCancellationRequested)
        {
            await signal.Wait(Beat, stoppingToken);
            try
            {
                while (await Sweep(stoppingToken) == Batch)
                {
                    // A full batch: there may be more.
                }
            }
            catch (Exception e) when (Transient.IsOutage(e))
            {
                log.LogWarning("Timers wait for the database: {Reason}", e.Message);
            }
        }
    }

    private async Task<int> Sweep(CancellationToken ct)
    {
        var due = new List<(Guid Unit, string Name, string Key, string? TraceParent)>();
        using (Telemetry.Quiet())
        {
            await using var command = database.Source.CreateCommand("""
                select unit_id, name, key, trace_parent from platform.timers
                where due_at <= $1 and (not_before is null or not_before <= $2) order by due_at limit 200
                """);
            command.Parameters.Add(new NpgsqlParameter { Value = clock.GetUtcNow() });
            command.Parameters.Add(new NpgsqlParameter { Value = TimeProvider.System.GetUtcNow() });
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
                due.Add((reader.GetGuid(0), reader.GetString(1), reader.GetString(2), await reader.IsDBNullAsync(3, ct) ? null : reader.GetString(3)));
        }
        foreach (var (unit, name, key, traceParent) in due)
        {
            using var span = Telemetry.Resume($"timer {name}", ActivityKind.Internal, traceParent);
            await FireOne(unit, name, key, ct);
        }
        return due.Count;
    }

    private async Task FireOne(Guid unitId, string name, string key, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<UnitContext>().Enter(unitId);
            var db = scope.ServiceProvider.GetRequiredService<DbContext>();
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var now = clock.GetUtcNow();
            var row = await db.Set<TimerRow>().FromSql($"""
                select * from platform.timers
                where unit_id = {unitId} and name = {name} and key = {key} and due_at <= {now} for update skip locked
                """).AsNoTracking().SingleOrDefaultAsync(ct);
            if (row is null)
                return;
            // Gone before the handler runs, so that it may set the same timer again in its own save.
            await db.Database.ExecuteSqlAsync($"delete from platform.timers where unit_id = {unitId} and name = {name} and key = {key}", ct);
            if (!catalogue.Handlers.TryGetValue(name, out var type))
                throw new InvalidOperationException($"No timer is named '{name}'.");
            var handler = (ITimer)scope.ServiceProvider.GetRequiredService(type);
            await handler.Fire(new TimerFired(row.Key, row.DueAt, row.Payload), ct);
            await transaction.CommitAsync(ct);
            Telemetry.TimersFired.Add(1, new KeyValuePair<string, object?>("timer", name));
        }
        catch (Exception e) when (e is not OperationCanceledException && !Transient.IsOutage(e))
        {
            await Postpone(unitId, name, key, e, ct);
        }
    }

    private async Task Postpone(Guid unitId, string name, string key, Exception failure, CancellationToken ct)
    {
        log.LogError(failure, "Timer {Timer} failed", name);
        await using var command = database.Source.CreateCommand("""
            update platform.timers set attempts = attempts + 1, not_before = $4
            where unit_id = $1 and name = $2 and key = $3 returning attempts
            """);
        var now = TimeProvider.System.GetUtcNow();
        command.Parameters.Add(new NpgsqlParameter { Value = unitId });
        command.Parameters.Add(new NpgsqlParameter { Value = name });
        command.Parameters.Add(new NpgsqlParameter { Value = key });
        command.Parameters.Add(new NpgsqlParameter { Value = now.AddSeconds(5) });
        if (await command.ExecuteScalarAsync(ct) is not int attempts || attempts < MostAttempts)
            return;
        await using var bury = database.Source.CreateCommand("""
            with gone as (delete from platform.timers where unit_id = $1 and name = $2 and key = $3 returning *)
            insert into platform.dead_letters (id, queue, unit_id, type, ids, body, headers, reason, failed_at)
            select $4, 'timer', unit_id, name, $5, payload, key, $6, $7 from gone
            """);
        bury.Parameters.Add(new NpgsqlParameter { Value = unitId });
        bury.Parameters.Add(new NpgsqlParameter { Value = name });
        bury.Parameters.Add(new NpgsqlParameter { Value = key });
        bury.Parameters.Add(new NpgsqlParameter { Value = Guid.CreateVersion7() });
        bury.Parameters.Add(new NpgsqlParameter { Value = Wire.IdsIn(key) });
        bury.Parameters.Add(new NpgsqlParameter { Value = failure.GetType().Name });
        bury.Parameters.Add(new NpgsqlParameter { Value = now });
        await bury.ExecuteNonQueryAsync(ct);
        Telemetry.DeadLetters.Add(1, new KeyValuePair<string, object?>("queue", "timer"));
    }
}
