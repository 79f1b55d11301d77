using StackExchange.Redis;

namespace Mentoring.Gateway.Limits;

/// <summary>
/// The one thing the gateway does with Redis: run a script and get an array of values. The client stays behind this type, so that a newer
/// one is a change here only.
/// </summary>
internal sealed class Redis : IDisposable
{
    // The client has no time-out of its own for asynchronous calls. A healthy answer takes less than a millisecond.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly ConnectionMultiplexer _connection;
    private readonly ILogger<Redis> _log;
    private bool _silent;

    public Redis(IConfiguration configuration, ILogger<Redis> log)
    {
        _log = log;
        var options = ConfigurationOptions.Parse(configuration.GetConnectionString("redis") ?? throw new InvalidOperationException("ConnectionStrings:redis is missing."));
        // Redis may start after the gateway, and come back while it runs.
        options.AbortOnConnectFail = false;
        options.ConnectTimeout = 2_000;
        _connection = ConnectionMultiplexer.Connect(options);
    }

    public bool IsConnected => _connection.IsConnected;

    /// <summary>The script's values; null when Redis does not answer.</summary>
    public async Task<byte[]?[]?> Run(string script, string[] keys, Argument[] arguments)
    {
        try
        {
            var answer = await Must(script, keys, arguments);
            if (_silent) _log.LogInformation("Redis answers again");
            _silent = false;
            return answer;
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            if (!_silent) _log.LogWarning("Redis does not answer; nobody is limited until it does: {Reason}", e.Message);
            _silent = true;
            return null;
        }
    }

    /// <summary>The script's values; throws when Redis does not answer.</summary>
    public async Task<byte[]?[]> Must(string script, string[] keys, Argument[] arguments)
    {
        var answer = await _connection.GetDatabase()
            .ScriptEvaluateAsync(script, Array.ConvertAll(keys, key => (RedisKey)key), Array.ConvertAll(arguments, argument => argument.Value))
            .WaitAsync(Patience);
        return (byte[]?[])answer;
    }

    public void Dispose() => _connection.Dispose();

    /// <summary>An argument of a script.</summary>
    public readonly struct Argument
    {
        private Argument(RedisValue value) => Value = value;

        internal RedisValue Value { get; }

        public static implicit operator Argument(string value) => new(value);

        public static implicit operator Argument(int value) => new(value);

        public static implicit operator Argument(byte[] value) => new(value);
    }
}
