using System.Diagnostics;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mentoring.Messaging;

/// <summary>The timers of this service by name.</summary>
internal sealed record TimerCatalogue(IReadOnlyDictionary<string, Type> Handlers)
{
    public string[] Names { get; } = [.. Handlers.Keys];

    /// <summary>Names of those that <see cref="TimersApart"/> fires.</summary>
    public string[] Apart { get; } = [.. Handlers.Where(timer => timer.Value.IsAssignableTo(typeof(ITimerApart))).Select(timer => timer.Key)];
}

/// <summary>
/// Fires what is due. Every replica sweeps; a row is locked, its effect saved and the row deleted in one transaction, so a timer fires
/// once whoever is killed. The beat is real time, what is due is read from the clock.
/// </summary>
/// <remarks>
/// Timers for many (<see cref="ITimerForMany"/>) of one unit are one job: a replica takes all of the name that it has found due, and another
/// takes none of them meanwhile, so that none of what the one does is unseen by the other.
/// </remarks>
internal sealed class TimerSweep(
    TenantDatabase database,
    TimerCatalogue catalogue,
    TimerSignal signal,
    OutboxSignal outbox,
    IServiceScopeFactory scopes,
    TimeProvider clock,
    ILogger<TimerSweep> log) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);
    private const int MostAttempts = 10;
    private const int Batch = 200;

    /// <summary>A replica of a later release may have set one that is not known here yet; one that nobody knows is to be noticed.</summary>
    private static readonly TimeSpan UntilNobodyKnowsIt = TimeSpan.FromHours(1);

    private sealed record Due(Guid Unit, string Name, string Key, string? TraceParent);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (catalogue.Handlers.Count == 0)
            return;
        while (!stoppingToken.IsCancellationRequested)
        {
            await signal.Wait(Beat, stoppingToken);
            try
            {
                while (await Sweep(stoppingToken))
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

    /// <summary>True where more may be due; false as well where all that was due is in the hands of another replica.</summary>
    private async Task<bool> Sweep(CancellationToken ct)
    {
        var due = await FindDue(ct);
        var fired = 0;
        foreach (var together in due.GroupBy(timer => ForMany(timer.Name) ? (timer.Unit, timer.Name, "") : (timer.Unit, timer.Name, timer.Key)))
        {
            Due[] timers = [.. together];
            using var span = Telemetry.Resume($"timer {timers[0].Name}", ActivityKind.Internal, timers is [var alone] ? alone.TraceParent : null);
            fired += await FireAny(timers, ct);
        }
        return fired > 0 && due.Count == Batch;
    }

    private async Task<List<Due>> FindDue(CancellationToken ct)
    {
        using var quiet = Telemetry.Quiet();
        await using var command = database.Source.CreateCommand("""
            select unit_id, name, key, trace_parent from platform.timers
            where due_at <= $1 and (not_before is null or not_before <= $2) and name <> all ($3) and (name = any ($4) or due_at <= $5)
            order by due_at limit 200
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = clock.GetUtcNow() });
        command.Parameters.Add(new NpgsqlParameter { Value = TimeProvider.System.GetUtcNow() });
        command.Parameters.Add(new NpgsqlParameter { Value = catalogue.Apart });
        command.Parameters.Add(new NpgsqlParameter { Value = catalogue.Names });
        command.Parameters.Add(new NpgsqlParameter { Value = clock.GetUtcNow() - UntilNobodyKnowsIt });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var due = new List<Due>();
        while (await reader.ReadAsync(ct))
            due.Add(new Due(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), await reader.IsDBNullAsync(3, ct) ? null : reader.GetString(3)));
        return due;
    }

    private bool ForMany(string name) => catalogue.Handlers.TryGetValue(name, out var type) && type.IsAssignableTo(typeof(ITimerForMany));

    /// <returns>How many were dealt with; 0 where another replica has it.</returns>
    private async Task<int> FireAlone(Due timer, CancellationToken ct)
    {
        try
        {
            return await Fire(timer.Unit, timer.Name, [timer.Key], ct);
        }
        catch (Exception e) when (e is not OperationCanceledException && !Transient.IsOutage(e))
        {
            await Postpone(timer.Unit, timer.Name, timer.Key, e, ct);
            return 1;
        }
    }

    /// <summary>
    /// Where they cannot, whoever was in the way has mostly gone by the second time, and otherwise the halves of halves find the one that
    /// cannot fire.
    /// </summary>
    private async Task<int> FireTogether(Due[] timers, CancellationToken ct)
    {
        try
        {
            return await Fire(timers[0].Unit, timers[0].Name, [.. timers.Select(timer => timer.Key)], ct);
        }
        // A deadlock is over by the time it is heard of.
        catch (Exception e) when (e is not OperationCanceledException && (!Transient.IsOutage(e) || Transient.IsRace(e)))
        {
            log.LogWarning("{Count} timers {Timer} fire in halves, as they failed together: {Reason}", timers.Length, timers[0].Name, e.Message);
            var half = timers.Length / 2;
            return await FireAny(timers[..half], ct) + await FireAny(timers[half..], ct);
        }
    }

    private Task<int> FireAny(Due[] timers, CancellationToken ct) => timers is [var alone] ? FireAlone(alone, ct) : FireTogether(timers, ct);

    private async Task<int> Fire(Guid unitId, string name, string[] keys, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<UnitContext>().Enter(unitId);
        var db = scope.ServiceProvider.GetRequiredService<DbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (ForMany(name) && !await TakeJob(db, $"{unitId} {name}", ct))
            return 0;
        var now = clock.GetUtcNow();
        var rows = await db.Set<TimerRow>().FromSql($"""
            select * from platform.timers
            where unit_id = {unitId} and name = {name} and key = any({keys}) and due_at <= {now} for update skip locked
            """).AsNoTracking().ToListAsync(ct);
        if (rows.Count == 0)
            return 0;
        // Gone before the handler runs, so that it may set the same timer again in its own save.
        string[] taken = [.. rows.Select(row => row.Key)];
        await db.Database.ExecuteSqlAsync($"delete from platform.timers where unit_id = {unitId} and name = {name} and key = any({taken})", ct);
        if (!catalogue.Handlers.TryGetValue(name, out var type))
            throw new InvalidOperationException($"No timer is named '{name}'.");
        var handler = (ITimer)scope.ServiceProvider.GetRequiredService(type);
        TimerFired[] fired = [.. rows.OrderBy(row => row.DueAt).ThenBy(row => row.Key, StringComparer.Ordinal).Select(row => new TimerFired(row.Key, row.DueAt, row.Payload))];
        await (handler is ITimerForMany many ? many.Fire(fired, ct) : handler.Fire(fired[0], ct));
        await transaction.CommitAsync(ct);
        // What was saved in bulk has woken nobody.
        if (handler is ITimerForMany)
            outbox.Wake();
        Telemetry.TimersFired.Add(fired.Length, new KeyValuePair<string, object?>("timer", name));
        return fired.Length;
    }

    /// <summary>Held until the transaction ends.</summary>
    private static async Task<bool> TakeJob(DbContext db, string job, CancellationToken ct) =>
        await db.Database.SqlQuery<bool>($"select pg_try_advisory_xact_lock(hashtextextended({job}, 0)) as \"Value\"").SingleAsync(ct);

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
