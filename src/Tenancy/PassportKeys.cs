using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace Mentoring.Tenancy;

/// <summary>
/// The gateway's public keys. Fetched when a passport names a key that is not known, at most once a second, and refreshed every 30 s
/// so that a key that was withdrawn stops working without a restart.
/// </summary>
public sealed class PassportKeys(IHttpClientFactory http, IConfiguration configuration, ILogger<PassportKeys> log) : BackgroundService
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AtMostEvery = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _fetching = new(1, 1);
    private volatile Dictionary<string, SecurityKey> _keys = [];
    private long _lastFetch;

    public IEnumerable<SecurityKey> Find(string? kid) => kid is not null && _keys.TryGetValue(kid, out var key) ? [key] : [];

    /// <summary>Makes sure that the key is known, if the gateway publishes it.</summary>
    public async Task Ensure(string? kid, CancellationToken ct)
    {
        if (kid is null || _keys.ContainsKey(kid))
            return;
        await _fetching.WaitAsync(ct);
        try
        {
            if (_keys.ContainsKey(kid) || (_lastFetch != 0 && TimeProvider.System.GetElapsedTime(_lastFetch) < AtMostEvery))
                return;
            _lastFetch = TimeProvider.System.GetTimestamp();
            await Fetch(ct);
        }
        finally
        {
            _fetching.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var beat = new PeriodicTimer(Refresh);
        do
        {
            await Fetch(stoppingToken);
        }
        while (await beat.WaitForNextTickAsync(stoppingToken));
    }

    public override void Dispose()
    {
        _fetching.Dispose();
        base.Dispose();
    }

    private async Task Fetch(CancellationToken ct)
    {
        try
        {
            var json = configuration["Passport:Jwks"];
            if (json is null)
            {
                using var client = http.CreateClient("gateway");
                json = await client.GetStringAsync(new Uri("http://gateway/.well-known/passport-keys"), ct);
            }
            _keys = new JsonWebKeySet(json).GetSigningKeys().ToDictionary(key => key.KeyId);
        }
        catch (Exception e) when (e is HttpRequestException or ArgumentException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            // The gateway starts after its services; what was known stays valid until then.
            log.LogDebug("Passport keys are not to be had yet: {Reason}", e.Message);
        }
    }
}
