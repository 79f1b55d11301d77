using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Mentoring.ServiceDefaults;

/// <summary>
/// Traces, metrics and logs. They leave the process over OTLP only where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a collector; spans are made
/// either way, because the trace id is part of every problem document, fact and e-mail.
/// </summary>
internal static class Telemetry
{
    private static readonly string[] Sources = ["Microsoft.AspNetCore", "System.Net.Http", "Npgsql", "MassTransit", "Yarp.ReverseProxy", "Mentoring.*"];

    private static readonly string[] Meters =
        ["Microsoft.AspNetCore.*", "System.Net.Http", "Npgsql", "MassTransit", "Yarp.ReverseProxy", "System.Runtime", "Mentoring.*"];

    // Several lines a request, all of which the request's span says better.
    private static readonly Dictionary<string, string?> QuietByDefault = new()
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        // It would put the request's path around every line, and the path of a secret link is the secret.
        ["Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"] = "None",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Warning",
        ["Logging:LogLevel:System.Net.Http.HttpClient"] = "Warning",
        ["Logging:LogLevel:Yarp"] = "Warning",
        // A stack trace for every client that closes its page; the gateway itself says when a service is away.
        ["Logging:LogLevel:Yarp.ReverseProxy.Forwarder"] = "Error",
        ["Logging:LogLevel:Polly"] = "Warning",
    };

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        // Otherwise ASP.NET Core leaves its spans without method, path and status.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);

        // Beneath every other source, so that whoever looks for something can still turn each up.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = QuietByDefault });

        var service = builder.Configuration["OTEL_SERVICE_NAME"] ?? builder.Environment.ApplicationName.ToLowerInvariant();
        var exports = !string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        builder.Services.AddSingleton<IHostedService>(_ => new TelemetryPipeline(service, exports));
        if (!exports) return;

        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.SetResourceBuilder(ResourceBuilder.CreateDefault().AddService(service));
            logs.IncludeFormattedMessage = true;
            logs.IncludeScopes = true;
            logs.AddOtlpExporter();
        });
    }

    /// <summary>Holds the providers. Registered first, so it starts before the others and is stopped, and flushed, after them.</summary>
    private sealed class TelemetryPipeline(string service, bool exports) : IHostedService, IDisposable
    {
        private TracerProvider? _traces;
        private MeterProvider? _metrics;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            var tracing = Sdk.CreateTracerProviderBuilder()
                .ConfigureResource(resource => resource.AddService(service))
                .SetSampler(new ParentBasedSampler(
                    new RequestsAndWork(),
                    // A caller from outside cannot switch off what we keep of its requests.
                    remoteParentNotSampled: new AlwaysOnSampler()))
                .AddSource(Sources);
            if (!exports)
            {
                _traces = tracing.Build();
                return Task.CompletedTask;
            }

            _traces = tracing.AddOtlpExporter().Build();
            _metrics = Sdk.CreateMeterProviderBuilder()
                .ConfigureResource(resource => resource.AddService(service))
                .AddMeter(Meters)
                .AddOtlpExporter()
                .Build();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            const int milliseconds = 5000;
            _traces?.ForceFlush(milliseconds);
            _metrics?.ForceFlush(milliseconds);
            return Task.CompletedTask;
        }

        public void Dispose()
        {
            _traces?.Dispose();
            _metrics?.Dispose();
        }
    }

    /// <summary>
    /// Everything is kept except calls that nobody caused: a query or request without a parent is a poll (outbox relay, timers, health of
    /// others), several a second, and would bury the rest.
    /// </summary>
    private sealed class RequestsAndWork : Sampler
    {
        public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
            new(samplingParameters.Kind == ActivityKind.Client ? SamplingDecision.Drop : SamplingDecision.RecordAndSample);
    }
}

/// <summary>Names each server span by its route: a name with ids in it groups nothing. A query may hold a search for a person and is left out.</summary>
internal sealed class SpanEnrichment(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        finally
        {
            if (context.Features.Get<IHttpActivityFeature>()?.Activity is { IsAllDataRequested: true } span) Describe(span, context);
        }
    }

    /// <summary>The template of the route that answers, when one does.</summary>
    public static string? RouteOf(HttpContext context) =>
        // The exception middleware takes the endpoint away from a request that failed, and keeps it here.
        ((context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint) as RouteEndpoint)?.RoutePattern.RawText;

    private static void Describe(Activity span, HttpContext context)
    {
        if (RouteOf(context) is { } route)
        {
            span.DisplayName = $"{context.Request.Method} {route}";
            span.SetTag("http.route", route);
        }

        span.SetTag("url.query", null);
        span.SetTag("http.response.status_code", context.Response.StatusCode);
        if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError) span.SetStatus(ActivityStatusCode.Error);
    }
}
