using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using Mentoring.Messaging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Mentoring.Testing;

/// <summary>Hears every fact on the bus, as another service would: its own queue, bound to the exchange of every contract.</summary>
public sealed class FactEar : IAsyncDisposable
{
    private readonly IConnection _connection;
    private readonly ConcurrentQueue<Heard> _heard = new();

    private FactEar(IConnection connection) => _connection = connection;

    private sealed record Heard(string Exchange, Guid Unit, Guid MessageId, string Message);

    public static async Task<FactEar> On(Uri broker, Assembly contracts)
    {
        var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        var ear = new FactEar(connection);
        var channel = await connection.CreateChannelAsync();
        var queue = await channel.QueueDeclareAsync();
        foreach (var fact in contracts.GetExportedTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.GetProperty("Version") is not null
            || type.Name == "ActionAudited"))
        {
            var exchange = $"{fact.Namespace}:{fact.Name}";
            await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true);
            await channel.QueueBindAsync(queue.QueueName, exchange, "");
        }
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            using var envelope = JsonDocument.Parse(delivery.Body);
            var root = envelope.RootElement;
            if (root.TryGetProperty("headers", out var headers) && headers.TryGetProperty(Wire.UnitHeader, out var unit) && unit.TryGetGuid(out var unitId))
                ear._heard.Enqueue(new Heard(delivery.Exchange, unitId, root.GetProperty("messageId").GetGuid(), root.GetProperty("message").GetRawText()));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer);
        return ear;
    }

    /// <summary>All facts of a kind heard so far in a unit, each message once.</summary>
    public IReadOnlyList<T> All<T>(TestUnit unit) =>
    [
        .. _heard.Where(heard => heard.Unit == unit.Id && heard.Exchange == $"{typeof(T).Namespace}:{typeof(T).Name}")
            .DistinctBy(heard => heard.MessageId)
            .Select(heard => JsonSerializer.Deserialize<T>(heard.Message, Wire.Json)!),
    ];

    /// <summary>The first such fact in the unit, waiting for it.</summary>
    public Task<T> Of<T>(TestUnit unit, Func<T, bool>? match = null)
        where T : class =>
        Eventually.Is(() => Task.FromResult(All<T>(unit).FirstOrDefault(match ?? (_ => true))));

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
