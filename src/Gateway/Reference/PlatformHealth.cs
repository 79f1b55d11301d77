using System.Text.Json;
using Mentoring.Gateway.Limits;
using Mentoring.Gateway.Routing;
using Mentoring.ServiceDefaults;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mentoring.Gateway.Reference;

/// <summary>
/// The gateway's <c>/health</c> asks everything behind it. What is away makes it degraded, not unhealthy: one service's outage must not take the
/// others out of reach by taking the gateway out of rotation.
/// </summary>
internal static class PlatformHealth
{
    public static void AddPlatformHealth(this WebApplicationBuilder builder)
    {
        var checks = builder.Services.AddHealthChecks();
        foreach (var service in AddressBook.Services)
        {
            checks.Add(new HealthCheckRegistration(service,
                services => ActivatorUtilities.CreateInstance<ServiceHealth>(services, service), HealthStatus.Degraded, tags: null));
        }

        checks.AddCheck<RedisHealth>("redis", HealthStatus.Degraded);

        // Without the bus a change of membership works within 30 s instead of at once.
        builder.Services.PostConfigure<HealthCheckServiceOptions>(health =>
        {
            foreach (var bus in health.Registrations.Where(check => check.Tags.Contains("masstransit"))) bus.FailureStatus = HealthStatus.Degraded;
        });
    }

    private sealed class RedisHealth(Redis redis) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(redis.IsConnected ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded("not connected; nobody is limited until it is"));
    }

    private sealed class ServiceHealth(string service, IHttpClientFactory http) : IHealthCheck
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(Patience);
            try
            {
                using var client = http.CreateClient("health");
                using var response = await client.GetAsync(new Uri($"http://{service}/health"), patience.Token);
                var answer = await response.Content.ReadFromJsonAsync<HealthAnswer>(Json.Options, patience.Token);
                var words = string.Join(", ", answer?.Parts.Select(part => part.Detail is null ? $"{part.Name} {part.Status}" : $"{part.Name} {part.Status} ({part.Detail})") ?? []);
                return response.IsSuccessStatusCode && answer?.Status == "healthy" ? HealthCheckResult.Healthy(words) : HealthCheckResult.Degraded(words);
            }
            catch (Exception e) when (e is HttpRequestException or JsonException or Polly.ExecutionRejectedException
                || e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                return HealthCheckResult.Degraded("does not answer");
            }
        }
    }
}
