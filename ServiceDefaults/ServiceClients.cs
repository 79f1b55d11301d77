using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Mentoring.ServiceDefaults;

/// <summary>
/// HTTP clients that find services by name and survive a restart of the other side: <c>http://participants/…</c> goes to
/// <c>services:participants:http:{n}</c>, the variables .NET Aspire and every other host of ours give.
/// </summary>
public static class ServiceClients
{
    /// <summary>Marks a POST that only asks, so that it may be repeated like a GET.</summary>
    public static HttpRequestOptionsKey<bool> Repeatable { get; } = new("Mentoring.Repeatable");

    /// <summary>The addresses of a service, in the order configured; empty when it is not known here.</summary>
    public static IReadOnlyList<Uri> AddressesOf(this IConfiguration configuration, string service) =>
        [.. new[] { "http", "https" }
            .SelectMany(scheme => configuration.GetSection($"services:{service}:{scheme}").GetChildren())
            .Where(child => child.Value is { Length: > 0 })
            .Select(child => new Uri(child.Value!))];

    internal static void AddServiceClients(this IServiceCollection services)
    {
        services.AddSingleton<ClientPipelines>();
        services.AddTransient<ResilientHandler>();
        services.AddTransient<DiscoveringHandler>();
        services.ConfigureHttpClientDefaults(client => client
            .AddHttpMessageHandler<ResilientHandler>()
            // Inside the retry: the next attempt goes to the next replica.
            .AddHttpMessageHandler<DiscoveringHandler>());
    }
}

/// <summary>Replaces a service's name by one of its addresses, taking turns; a repeated attempt goes to the next one, whoever else calls meanwhile.</summary>
internal sealed class DiscoveringHandler(IConfiguration configuration) : DelegatingHandler
{
    private static readonly HttpRequestOptionsKey<uint> Turn = new("Mentoring.Turn");
    private static uint _turn;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is { IsDefaultPort: true } uri && configuration.AddressesOf(uri.Host) is { Count: > 0 } addresses)
        {
            var turn = request.Options.TryGetValue(Turn, out var last) ? unchecked(last + 1) : Interlocked.Increment(ref _turn);
            request.Options.Set(Turn, turn);
            var address = addresses[(int)(turn % (uint)addresses.Count)];
            request.RequestUri = new UriBuilder(uri) { Scheme = address.Scheme, Host = address.Host, Port = address.Port }.Uri;
            // The name again on a repeated attempt: keep it where the caller put it.
            return Restoring(request, uri, cancellationToken);
        }

        return base.SendAsync(request, cancellationToken);
    }

    private async Task<HttpResponseMessage> Restoring(HttpRequestMessage request, Uri named, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            request.RequestUri = named;
        }
    }
}

/// <summary>One pipeline a host, so that one service's outage opens no other's circuit.</summary>
internal sealed class ClientPipelines
{
    private readonly ConcurrentDictionary<string, ResiliencePipeline<HttpResponseMessage>> _pipelines = new(StringComparer.OrdinalIgnoreCase);

    public ResiliencePipeline<HttpResponseMessage> For(string host) => _pipelines.GetOrAdd(host, _ => Build());

    private static ResiliencePipeline<HttpResponseMessage> Build() =>
        new ResiliencePipelineBuilder<HttpResponseMessage>()
            .AddTimeout(TimeSpan.FromSeconds(30))
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                ShouldHandle = args => ValueTask.FromResult(IsTransient(args.Outcome) && MayRepeat(args.Context)),
                MaxRetryAttempts = 3,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(200),
                UseJitter = true,
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
            {
                ShouldHandle = args => ValueTask.FromResult(IsTransient(args.Outcome)),
                MinimumThroughput = 20,
                SamplingDuration = TimeSpan.FromSeconds(10),
                // Short: services of one platform restart in seconds.
                BreakDuration = TimeSpan.FromSeconds(2),
            })
            .AddTimeout(TimeSpan.FromSeconds(10))
            .Build();

    internal static readonly ResiliencePropertyKey<HttpRequestMessage> Request = new("request");

    private static bool IsTransient(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: HttpRequestException or TimeoutRejectedException } => true,
        { Result.StatusCode: HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout } => true,
        _ => false,
    };

    private static bool MayRepeat(ResilienceContext context) =>
        context.Properties.TryGetValue(Request, out var request)
        && (request.Method != HttpMethod.Post && request.Method != HttpMethod.Patch
            || request.Options.TryGetValue(ServiceClients.Repeatable, out var repeatable) && repeatable);
}

internal sealed class ResilientHandler(ClientPipelines pipelines) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            context.Properties.Set(ClientPipelines.Request, request);
            return await pipelines.For(request.RequestUri?.Host ?? "").ExecuteAsync(
                static async (context, state) =>
                    await state.Handler.SendInner(state.Request, context.CancellationToken), context, (Handler: this, Request: request));
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private Task<HttpResponseMessage> SendInner(HttpRequestMessage request, CancellationToken cancellationToken) =>
        base.SendAsync(request, cancellationToken);
}
