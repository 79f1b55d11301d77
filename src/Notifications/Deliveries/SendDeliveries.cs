using System.Collections.Concurrent;
using Mentoring.Messaging;
using Mentoring.Tenancy;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mentoring.Notifications.Deliveries;

/// <summary>
/// Sends what is due. It takes a batch that nobody else holds and parts it among several connections; the jobs stay locked by the
/// transaction until the batch is settled, and each mail is written down as sent, by itself, as soon as the server has taken it. So a
/// killed process leaves its jobs to the others at once, and at most one mail a connection is sent twice (see <see cref="Mail"/>).
/// While the server is away everything stays where it is.
/// </summary>
internal sealed class SendDeliveries(
    TenantDatabase database,
    IServiceScopeFactory scopes,
    DeliverySignal signal,
    TimeProvider clock,
    IOptions<NotificationsOptions> options,
    ILogger<SendDeliveries> log) : BackgroundService
{
    private const int MostPerConnection = 20;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    // The mail that met the silence goes to the end: should it be its own fault, the others still get their turn.
    private static readonly TimeSpan AfterSilence = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = Poll;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await SendBatch(stoppingToken) == 0)
                    await signal.Wait(Poll, stoppingToken);
                pause = Poll;
            }
            catch (Exception e) when (e is MailServerAwayException || Transient.IsOutage(e))
            {
                log.LogWarning("Mail waits {Seconds} s: {Reason}", pause.TotalSeconds, e.Message);
                await Task.Delay(pause, stoppingToken);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    private async Task<int> SendBatch(CancellationToken stop)
    {
        await using var connection = await database.Source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var jobs = await Take(connection, stop);
        if (jobs.Count == 0)
            return 0;

        var batch = new Batch(stop);
        var each = Math.Clamp((jobs.Count + options.Value.Smtp.Connections - 1) / options.Value.Smtp.Connections, 1, MostPerConnection);
        await Parallel.ForEachAsync(
            jobs.GroupBy(job => job.Unit, job => job.Delivery).SelectMany(unit => unit.Chunk(each).Select(deliveries => (unit.Key, deliveries))),
            new ParallelOptions { MaxDegreeOfParallelism = options.Value.Smtp.Connections, CancellationToken = CancellationToken.None },
            async (part, _) => await SendPart(part.Key, part.deliveries, batch));
        // What was sent is settled even when the process is told to stop meanwhile.
        await Settle(connection, batch.Settled, CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        return batch.Away is { } away ? throw new MailServerAwayException(away.Message, away) : jobs.Count;
    }

    private async Task SendPart(Guid unitId, Guid[] deliveries, Batch batch)
    {
        if (batch.IsOver)
            return;
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<UnitContext>().Enter(unitId);
        var dispatch = scope.ServiceProvider.GetRequiredService<Dispatch>();
        await dispatch.Load(deliveries, CancellationToken.None);
        using var smtp = new SmtpConnection(options.Value.Smtp);
        foreach (var delivery in deliveries)
        {
            if (batch.IsOver)
                return;
            try
            {
                batch.Settled[delivery] = await dispatch.Send(delivery, smtp, CancellationToken.None);
            }
            catch (MailServerAwayException e)
            {
                batch.Settled[delivery] = clock.GetUtcNow() + AfterSilence;
                batch.Away = e;
            }
            catch (Exception e) when (Transient.IsRace(e))
            {
                // Erased with its person while it was under way, most likely. What this part has read is out of date: the rest is for the next batch.
                log.LogInformation("A delivery changed while it was sent: {Reason}", e.Message);
                batch.Settled[delivery] = clock.GetUtcNow() + AfterSilence;
                return;
            }
        }
    }

    /// <summary>What the connections of one batch have in common. A mail that is under way is always finished.</summary>
    private sealed class Batch(CancellationToken stop)
    {
        /// <summary>Job → when it is due again; null when it is done with.</summary>
        public ConcurrentDictionary<Guid, DateTimeOffset?> Settled { get; } = new();

        public MailServerAwayException? Away { get; set; }

        public bool IsOver => Away is not null || stop.IsCancellationRequested;
    }

    private async Task<List<(Guid Delivery, Guid Unit)>> Take(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var take = new NpgsqlCommand("""
            select delivery_id, unit_id from platform.delivery_jobs where due_at <= $1 order by due_at limit $2 for update skip locked
            """, connection);
        take.Parameters.Add(new NpgsqlParameter { Value = clock.GetUtcNow() });
        take.Parameters.Add(new NpgsqlParameter { Value = options.Value.Smtp.Connections * MostPerConnection });
        await using var reader = await take.ExecuteReaderAsync(ct);
        var jobs = new List<(Guid, Guid)>();
        while (await reader.ReadAsync(ct))
            jobs.Add((reader.GetGuid(0), reader.GetGuid(1)));
        return jobs;
    }

    private static async Task Settle(NpgsqlConnection connection, ConcurrentDictionary<Guid, DateTimeOffset?> settled, CancellationToken ct)
    {
        await using var done = new NpgsqlCommand("delete from platform.delivery_jobs where delivery_id = any($1)", connection);
        done.Parameters.Add(new NpgsqlParameter { Value = settled.Where(job => job.Value is null).Select(job => job.Key).ToArray() });
        await done.ExecuteNonQueryAsync(ct);
        foreach (var (id, due) in settled)
        {
            if (due is null)
                continue;
            await using var again = new NpgsqlCommand("update platform.delivery_jobs set due_at = $2 where delivery_id = $1", connection);
            again.Parameters.Add(new NpgsqlParameter { Value = id });
            again.Parameters.Add(new NpgsqlParameter { Value = due.Value });
            await again.ExecuteNonQueryAsync(ct);
        }
    }
}
