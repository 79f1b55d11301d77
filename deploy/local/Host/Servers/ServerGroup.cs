namespace Mentoring.Host.Servers;

/// <summary>The three servers every part stands on, started side by side: the broker takes longest.</summary>
internal sealed class ServerGroup : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Child _portMapper;
    private readonly Child _broker;
    private readonly Child _database;
    private readonly Child _redis;

    public ServerGroup(LocalState state, Progress progress, bool throwaway, bool echo, IReadOnlyList<BrokerUser> users, IReadOnlyList<string>? apart = null)
    {
        Progress = progress;
        PostgreSql = new PostgreSql(state, throwaway);
        RabbitMq = new RabbitMq(state, users, apart);
        Redis = new Redis(state);
        _portMapper = new Child(RabbitMq.PortMapper, state, RabbitMq.LaunchPortMapper, RabbitMq.IsPortMapperReady, echo);
        _broker = new Child(RabbitMq.Name, state, RabbitMq.Launch, RabbitMq.IsReady, echo);
        _database = new Child(PostgreSql.Name, state, PostgreSql.Launch, PostgreSql.IsReady, echo);
        _redis = new Child(Redis.Name, state, Redis.Launch, Redis.IsReady, echo);
    }

    public PostgreSql PostgreSql { get; }

    public RabbitMq RabbitMq { get; }

    public Redis Redis { get; }

    private Progress Progress { get; }

    public async Task StartBroker(CancellationToken ct)
    {
        _portMapper.Start();
        await _portMapper.UntilReady(Patience, ct);
        _broker.Start();
        await Progress.Ready(_broker, Patience, ct);
        RabbitMq.WriteControl();
    }

    public async Task StartDatabase(CancellationToken ct)
    {
        await PostgreSql.Prepare(ct);
        _database.Start();
        await Progress.Ready(_database, Patience, ct);
    }

    public async Task StartRedis(CancellationToken ct)
    {
        _redis.Start();
        await Progress.Ready(_redis, Patience, ct);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_broker.DisposeAsync().AsTask(), _database.DisposeAsync().AsTask(), _redis.DisposeAsync().AsTask());
        await _portMapper.DisposeAsync();
    }
}
