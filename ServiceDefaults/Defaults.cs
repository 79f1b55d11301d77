using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mentoring.ServiceDefaults;

/// <summary>
/// What every service has, so that none of it is repeated: telemetry, health, problem documents, JSON, the clock, one OpenAPI
/// document, and HTTP clients that find the other services by name.
/// </summary>
public static class Defaults
{
    /// <summary>The largest request body a route accepts unless it says otherwise with <c>RequestSizeLimitAttribute</c>.</summary>
    public const int MaxRequestBody = 1024 * 1024;

    /// <summary>Registers the defaults. Call it first: telemetry then starts before, and is flushed after, everything else.</summary>
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder)
    {
        builder.AddTelemetry();
        builder.AddClock();
        builder.Services.AddProblemHandling();
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            Json.Configure(json.SerializerOptions);
            BodyChecks.Add(json.SerializerOptions);
        });
        builder.Services.AddHealthChecks();
        builder.Services.AddServiceClients();
        builder.Services.AddOpenApiDocument();

        // Long enough for a request and a consumed message to finish, shorter than the 30 s after which Kubernetes kills.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(20));
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBody;
        });
        return builder;
    }

    /// <summary>
    /// The middleware every request passes first: span enrichment, exceptions and empty refusals as problem documents, routing.
    /// Authentication and authorisation are called explicitly after it, otherwise the framework would put them before it and
    /// their refusals would have no body.
    /// </summary>
    public static WebApplication UseDefaults(this WebApplication app)
    {
        app.UseMiddleware<SpanEnrichment>();
        app.UseExceptionHandler();
        app.UseStatusCodePages(ProblemHandling.DescribeStatus);
        app.UseRouting();
        return app;
    }

    /// <summary>Maps <c>/health</c> (ready), <c>/alive</c> (live) and <c>/openapi/v1.json</c>, in every environment and for everybody.</summary>
    public static WebApplication MapDefaults(this WebApplication app)
    {
        app.MapHealth();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        return app;
    }

    /// <summary>Health alone, for a part that serves its own OpenAPI document.</summary>
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = HealthReports.Write }).AllowAnonymous();
        app.MapHealthChecks("/alive", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = HealthReports.Write }).AllowAnonymous();
        return app;
    }
}
