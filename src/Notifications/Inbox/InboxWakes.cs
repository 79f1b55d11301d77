using System.Collections.Concurrent;
using StackExchange.Redis;

namespace Mentoring.Notifications.Inbox;

/// <summary>
/// Wakes open streams when something was put into an inbox, across replicas by Redis. Only a hint: a stream reads the table when woken, and
/// every few seconds anyhow, so that a wake lost (or Redis away) costs time and never a message.
/// </summary>
public sealed class InboxWakes(IConfiguration configuration, ILogger<InboxWakes> log) : BackgroundService
{
    private const string Channel = "notifications:inbox";
    private const int IdBytes = 16;
    private static readonly TimeSpan ConnectAgain = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<Guid, ConcurrentDictionary<Waiter, bool>> _waiting = new();
    private ConnectionMultiplexer? _redis;

    /// <summary>Waits for wakes of one person until disposed.</summary>
    public Waiter WaitFor(Guid person)
    {
        var waiter = new Waiter(this, person);
        _waiting.GetOrAdd(person, _ => new()).TryAdd(waiter, true);
        return waiter;
    }

    public async Task Wake(IReadOnlyCollection<Guid> people)
    {
        WakeHere(people);
        if (_redis is not { IsConnected: true } redis)
            return;
        var message = new byte[people.Count * IdBytes];
        foreach (var (index, person) in people.Index())
            person.TryWriteBytes(message.AsSpan(index * IdBytes));
        try
        {
            // Nobody waits for the answer: the commit stands whether or not others hear of it.
            await redis.GetSubscriber().PublishAsync(Channel, message, CommandFlags.FireAndForget);
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            log.LogDebug("Nobody was woken elsewhere: {Reason}", e.Message);
        }
    }

    public override void Dispose()
    {
        _redis?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (configuration.GetConnectionString("redis") is not { Length: > 0 } address)
            throw new InvalidOperationException("ConnectionStrings:redis is not set.");
        var options = ConfigurationOptions.Parse(address);
        // Redis may start after this service, and come back while it runs; the client subscribes again by itself.
        options.AbortOnConnectFail = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                _redis ??= await ConnectionMultiplexer.ConnectAsync(options);
                await _redis.GetSubscriber().SubscribeAsync(Channel, (_, message) => WakeHere(Read(message)));
                return;
            }
            catch (Exception e) when (e is RedisException or TimeoutException)
            {
                log.LogWarning("Live events of other replicas wait for Redis: {Reason}", e.Message);
                await Task.Delay(ConnectAgain, stoppingToken);
            }
        }
    }

    private static List<Guid> Read(byte[] message)
    {
        var people = new List<Guid>(message.Length / IdBytes);
        for (var at = 0; at + IdBytes <= message.Length; at += IdBytes)
            people.Add(new Guid(message.AsSpan(at, IdBytes)));
        return people;
    }

    private void WakeHere(IEnumerable<Guid> people)
    {
        foreach (var person in people)
        {
            if (_waiting.TryGetValue(person, out var waiters))
            {
                foreach (var waiter in waiters.Keys)
                    waiter.Wake();
            }
        }
    }

    /// <summary>One open stream.</summary>
    public sealed class Waiter(InboxWakes wakes, Guid person) : IDisposable
    {
        private readonly SemaphoreSlim _woken = new(0, 1);

        /// <summary>True when woken, false when the time is over.</summary>
        public Task<bool> Wait(TimeSpan atMost, CancellationToken ct) => _woken.WaitAsync(atMost, ct);

        public void Dispose()
        {
            // The person's empty set stays: removing it would race with the next stream, and there are only so many people.
            if (wakes._waiting.TryGetValue(person, out var waiters))
                waiters.TryRemove(this, out _);
        }

        internal void Wake()
        {
            try
            {
                _woken.Release();
            }
            catch (SemaphoreFullException)
            {
                // Woken already, and not yet looked.
            }
        }
    }
}
