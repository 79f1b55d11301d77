using System.Diagnostics;
using Mentoring.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mentoring.Messaging;

/// <summary>
/// Fires timers that wait for others (<see cref="ITimerApart"/>). Every replica claims as many as it has hands free, by a time in real clock before
/// which nobody else takes them; that is committed before the work begins, and the work's own save lets go.
/// </summary>
internal sealed class TimersApart(
    TenantDatabase database,
    TimerCatalogue catalogue,
    IServiceScopeFactory scopes,
    TimeProvider clock,
    ILogger<TimersApart> log) : BackgroundService
{
    private const int AtOnce = 16;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);

    /// <summary>How long one has a timer: longer than its work may take.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    private readonly SemaphoreSlim _hands = new(AtOnce);

    private sealed record Claimed(Guid Unit, string Name, TimerFired Timer);

    public override void Dispose()
    {
        _hands.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (catalogue.Apart.Length == 0)
            return;
        using var beat = new PeriodicTimer(Beat);
        var working = new HashSet<Task>();
        try
        {
            while (await beat.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    while (await Claim(working, stoppingToken))
                    {
                        // Every free hand has got one: there may be more.
                    }
                }
                catch (Exception e) when (Transient.IsOutage(e))
                {
                    log.LogWarning("Timers apart wait for the database: {Reason}", e.Message);
                }
            }
        }
        finally
        {
            await Task.WhenAll(working).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>True where all the hands that were free have been given something.</summary>
    private async Task<bool> Claim(HashSet<Task> working, CancellationToken ct)
    {
        await _hands.WaitAsync(ct);
        var free = 1;
        while (_hands.Wait(0, ct))
            free++;
        var claimed = new List<Claimed>();
        try
        {
            claimed = await Claim(free, ct);
        }
        finally
        {
            if (free > claimed.Count)
                _hands.Release(free - claimed.Count);
        }
        working.RemoveWhere(task => task.IsCompleted);
        foreach (var timer in claimed)
            working.Add(Work(timer, ct));
        return claimed.Count == free;
    }

    private async Task<List<Claimed>> Claim(int most, CancellationToken ct)
    {
        using var quiet = Telemetry.Quiet();
        await using var command = database.Source.CreateCommand("""
            update platform.timers as timer set not_before = $3
            from (
                select unit_id, name, key from platform.timers
                where name = any ($1) and due_at <= $2 and (not_before is null or not_before <= $4)
                order by due_at limit $5 for update skip locked) as due
            where timer.unit_id = due.unit_id and timer.name = due.name and timer.key = due.key
            returning timer.unit_id, timer.name, timer.key, timer.due_at, timer.payload
            """);
        var now = TimeProvider.System.GetUtcNow();
        command.Parameters.Add(new NpgsqlParameter { Value = catalogue.Apart });
        command.Parameters.Add(new NpgsqlParameter { Value = clock.GetUtcNow() });
        command.Parameters.Add(new NpgsqlParameter { Value = now + Lease });
        command.Parameters.Add(new NpgsqlParameter { Value = now });
        command.Parameters.Add(new NpgsqlParameter { Value = most });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var claimed = new List<Claimed>();
        while (await reader.ReadAsync(ct))
        {
            claimed.Add(new Claimed(
                reader.GetGuid(0), reader.GetString(1), new TimerFired(reader.GetString(2), await reader.GetFieldValueAsync<DateTimeOffset>(3, ct), reader.GetString(4))));
        }
        return claimed;
    }

    private async Task Work(Claimed claimed, CancellationToken ct)
    {
        // Another beat, another trace: one that comes again every hour would never end.
        using var span = Telemetry.Source.StartActivity($"timer {claimed.Name}", ActivityKind.Internal);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<UnitContext>().Enter(claimed.Unit);
            var handler = (ITimer)scope.ServiceProvider.GetRequiredService(catalogue.Handlers[claimed.Name]);
            await handler.Fire(claimed.Timer, ct);
            Telemetry.TimersFired.Add(1, new KeyValuePair<string, object?>("timer", claimed.Name));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Told to stop: it fires again once the claim is over.
        }
        catch (Exception e) when (Transient.IsOutage(e) || Transient.IsRace(e))
        {
            log.LogWarning("Timer {Timer} fires again, as it was in somebody's way or a server was away: {Reason}", claimed.Name, e.GetType().Name);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            await Postpone(claimed, e, ct);
        }
        finally
        {
            _hands.Release();
        }
    }

    /// <summary>Later and later, a day at most: what fails for good is still tried.</summary>
    private async Task Postpone(Claimed claimed, Exception failure, CancellationToken ct)
    {
        log.LogError(failure, "Timer {Timer} failed", claimed.Name);
        try
        {
            await using var command = database.Source.CreateCommand("""
                update platform.timers set attempts = attempts + 1, not_before = $4 + least($5 * 2 ^ least(attempts, 20), $6)
                where unit_id = $1 and name = $2 and key = $3 and not_before is not null
                """);
            command.Parameters.Add(new NpgsqlParameter { Value = claimed.Unit });
            command.Parameters.Add(new NpgsqlParameter { Value = claimed.Name });
            command.Parameters.Add(new NpgsqlParameter { Value = claimed.Timer.Key });
            command.Parameters.Add(new NpgsqlParameter { Value = TimeProvider.System.GetUtcNow() });
            command.Parameters.Add(new NpgsqlParameter { Value = FirstPause });
            command.Parameters.Add(new NpgsqlParameter { Value = LongestPause });
            await command.ExecuteNonQueryAsync(ct);
        }
        catch (Exception e) when (Transient.IsOutage(e))
        {
            log.LogWarning("Timer {Timer} keeps its claim to the end: {Reason}", claimed.Name, e.Message);
        }
    }
}
