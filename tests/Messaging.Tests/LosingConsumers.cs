using Mentoring.Testing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Mentoring.Messaging.Tests;

/// <summary>A service that the broker no longer delivers to ends, to be started afresh; one whose broker is away waits for it.</summary>
public sealed class LosingConsumers
{
    private readonly string _consumed = $"watch-{Guid.CreateVersion7():N}";
    private readonly string _forgotten = $"watch-{Guid.CreateVersion7():N}";

    [Fact]
    public async Task A_queue_that_nobody_consumes_ends_the_service()
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(Servers.Running.Rabbitmq) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(_consumed, durable: false, exclusive: false, autoDelete: false);
        await channel.QueueDeclareAsync(_forgotten, durable: false, exclusive: false, autoDelete: false);
        try
        {
            await channel.BasicConsumeAsync(_consumed, autoAck: true, new AsyncEventingBasicConsumer(channel));

            Assert.False(await EndsWithin(TimeSpan.FromSeconds(1), Servers.Running.Rabbitmq, _consumed));
            Assert.True(await EndsWithin(TimeSpan.FromSeconds(30), Servers.Running.Rabbitmq, _consumed, _forgotten));
        }
        finally
        {
            await channel.QueueDeleteAsync(_consumed);
            await channel.QueueDeleteAsync(_forgotten);
        }
    }

    [Fact]
    public async Task A_queue_that_is_gone_ends_the_service() =>
        Assert.True(await EndsWithin(TimeSpan.FromSeconds(30), Servers.Running.Rabbitmq, _forgotten));

    [Fact]
    public async Task A_broker_that_is_away_is_waited_for() =>
        Assert.False(await EndsWithin(TimeSpan.FromSeconds(1), "amqp://127.0.0.1:1", _forgotten));

    private static async Task<bool> EndsWithin(TimeSpan time, string broker, params string[] queues)
    {
        using var lifetime = new Lifetime();
        var watched = new Watched(new Uri(broker), "test", queues, Every: TimeSpan.FromMilliseconds(50), Patience: TimeSpan.FromMilliseconds(200));
        var exitCode = Environment.ExitCode;
        using var watch = new ConsumerWatch(watched, lifetime, NullLogger<ConsumerWatch>.Instance);
        await watch.StartAsync(CancellationToken.None);
        var ended = await Task.WhenAny(lifetime.Ended, Task.Delay(time)) == lifetime.Ended;
        await watch.StopAsync(CancellationToken.None);
        Environment.ExitCode = exitCode;
        return ended;
    }

    private sealed class Lifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _stopping = new();
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Ended => _ended.Task;

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => _stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => _ended.TrySetResult();

        public void Dispose() => _stopping.Dispose();
    }
}
