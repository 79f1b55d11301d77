using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Mentoring.Messaging;

/// <summary>What is watched, and how patiently.</summary>
/// <param name="Broker">Its address.</param>
/// <param name="Service">Whose queues.</param>
/// <param name="Queues">Each must have a consumer.</param>
/// <param name="Every">Between two looks.</param>
/// <param name="Patience">How long a queue may be without one while the broker answers.</param>
internal sealed record Watched(Uri Broker, string Service, IReadOnlyList<string> Queues, TimeSpan Every, TimeSpan Patience);

/// <summary>
/// Ends the process, so that whoever hosts it starts it afresh, when the broker answers and nobody consumes one of the service's queues.
/// A broker that dies under load can leave the bus half connected for good, and the bus then calls itself healthy (rabbitmq-dotnet-client
/// 1930, MassTransit 5692); what the broker says of its consumers is the only thing to believe. Nothing is lost by it: what matters is in
/// the database or in the queue.
/// </summary>
internal sealed class ConsumerWatch(Watched watched, IHostApplicationLifetime lifetime, ILogger<ConsumerWatch> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var factory = new ConnectionFactory { Uri = watched.Broker, ClientProvidedName = $"{watched.Service}-watch", AutomaticRecoveryEnabled = false };
        long? missingSince = null;
        using var beat = new PeriodicTimer(watched.Every);
        while (await beat.WaitForNextTickAsync(stoppingToken))
        {
            var missing = await FindUnconsumed(factory, stoppingToken);
            if (missing is not [var first, ..])
            {
                missingSince = null;
                continue;
            }
            missingSince ??= TimeProvider.System.GetTimestamp();
            if (TimeProvider.System.GetElapsedTime(missingSince.Value) < watched.Patience)
                continue;
            log.LogCritical("The broker answers, but nobody has consumed {Queue} and {Others} more for {Patience}: ending, to be started afresh", first, missing.Count - 1, watched.Patience);
            Environment.ExitCode = 1;
            lifetime.StopApplication();
            return;
        }
    }

    /// <summary>Nothing while the broker is away: that is for the bus to wait out.</summary>
    private async Task<IReadOnlyList<string>> FindUnconsumed(ConnectionFactory factory, CancellationToken ct)
    {
        var missing = new List<string>();
        var looking = "";
        try
        {
            await using var connection = await factory.CreateConnectionAsync(ct);
            await using var channel = await connection.CreateChannelAsync(cancellationToken: ct);
            foreach (var queue in watched.Queues)
            {
                looking = queue;
                if (await channel.ConsumerCountAsync(queue, ct) == 0)
                    missing.Add(queue);
            }
            return missing;
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            // The queue itself is still to be declared, by the same start that would consume it.
            return [looking];
        }
        catch (Exception e) when (Transient.IsOutage(e))
        {
            return [];
        }
    }
}
