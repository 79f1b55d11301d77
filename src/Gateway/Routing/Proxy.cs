using System.Diagnostics;
using Mentoring.Gateway.Passports;
using Mentoring.Messaging;
using Mentoring.ServiceDefaults;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Mentoring.Gateway.Routing;

/// <summary>YARP, set up from the address book and from <c>services:{name}:http:{n}</c>.</summary>
internal static class Proxy
{
    /// <summary>
    /// The only headers that reach a service. An allow-list: a header that no service reads cannot be used to pretend anything to it.
    /// The trace context is not among them because the proxy writes it anew, continuing the caller's trace.
    /// </summary>
    private static readonly string[] Forwarded =
    [
        HeaderNames.Accept, HeaderNames.AcceptLanguage, HeaderNames.ContentEncoding, HeaderNames.ContentLanguage, HeaderNames.ContentLength,
        HeaderNames.ContentType, HeaderNames.IfMatch, HeaderNames.IfModifiedSince, HeaderNames.IfNoneMatch, HeaderNames.Range, "Idempotency-Key",
        "Last-Event-ID",
    ];

    public static void AddProxy(this WebApplicationBuilder builder) => builder.Services
        .AddReverseProxy()
        .LoadFromMemory(Routes(), Clusters(builder.Configuration))
        .AddTransforms(ForwardAsPassport)
        .ConfigureHttpClient((_, handler) =>
        {
            handler.ConnectTimeout = TimeSpan.FromSeconds(2);
            // A replica that was added is found within this, as its address is looked up with each connection.
            handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2);
        });

    public static void MapProxy(this WebApplication app) => app.MapReverseProxy(proxy =>
    {
        proxy.UseMiddleware<Admission>();
        proxy.Use(DescribeOutage);
        proxy.UseLoadBalancing();
        proxy.UsePassiveHealthChecks();
    }).ConfigureEndpoints((endpoint, route) =>
    {
        if (AddressBook.All.Single(address => address.Path == route.RouteId).IsAnonymous) endpoint.LeaveNoTrace();
    });

    private static List<RouteConfig> Routes() =>
    [
        .. AddressBook.All.Select(address => new RouteConfig
        {
            RouteId = address.Path,
            ClusterId = address.Service,
            Match = new RouteMatch { Path = address.Path },
            AuthorizationPolicy = address.Admits is Admits.Links ? "anonymous" : "default",
            MaxRequestBodySize = address.MaxBody,
        }),
    ];

    private static List<ClusterConfig> Clusters(IConfiguration configuration) =>
    [
        .. AddressBook.Services.Select(service => new ClusterConfig
        {
            ClusterId = service,
            LoadBalancingPolicy = "PowerOfTwoChoices",
            Destinations = configuration.AddressesOf(service)
                .ToDictionary(address => address.Authority, address => new DestinationConfig { Address = address.AbsoluteUri }),
            // Silence for a minute, not a minute in all: streams and long imports keep talking.
            HttpRequest = new ForwarderRequestConfig { ActivityTimeout = TimeSpan.FromSeconds(60) },
            // A replica that does not answer is left out for a moment. Asking each actively would add nothing: /health does that for people.
            HealthCheck = new HealthCheckConfig
            {
                Passive = new PassiveHealthCheckConfig { Enabled = true, Policy = "TransportFailureRate", ReactivationPeriod = TimeSpan.FromSeconds(5) },
                AvailableDestinationsPolicy = "HealthyOrPanic",
            },
        }),
    ];

    private static void ForwardAsPassport(TransformBuilderContext transforms)
    {
        transforms.CopyRequestHeaders = false;
        transforms.UseDefaultForwarders = false;
        foreach (var header in Forwarded)
            transforms.RequestTransforms.Add(new RequestHeaderCopy(header));
        transforms.AddRequestTransform(transform =>
        {
            var passport = transform.HttpContext.Features.GetRequiredFeature<PassportFeature>();
            transform.ProxyRequest.Headers.TryAddWithoutValidation(HeaderNames.Authorization, passport.Header);
            return ValueTask.CompletedTask;
        });
    }

    private static async Task DescribeOutage(HttpContext context, Func<Task> next)
    {
        await next();
        if (context.GetForwarderErrorFeature() is not { } error || context.Response.HasStarted || context.RequestAborted.IsCancellationRequested) return;

        if (FindRefusal(error.Exception) is { } refused) throw refused;
        if (error.Error is ForwarderError.RequestBodyClient or ForwarderError.RequestBodyCanceled) return;

        var service = context.GetReverseProxyFeature().Route.Config.ClusterId;
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Proxy)).LogWarning("{Service} does not answer: {Error} {Reason}", service, error.Error, error.Exception?.Message);
        Activity.Current?.AddException(error.Exception ?? new InvalidOperationException(error.Error.ToString()));
        context.Response.Clear();
        await Outage.Of(context.Response.StatusCode = StatusOf(error.Error)).ExecuteAsync(context);
    }

    // Kestrel's own refusals (too large, too slow) come to light while the body is being forwarded.
    private static BadHttpRequestException? FindRefusal(Exception? exception) =>
        exception is null or BadHttpRequestException ? exception as BadHttpRequestException
        : exception is AggregateException many ? many.InnerExceptions.Select(FindRefusal).FirstOrDefault(found => found is not null)
        : FindRefusal(exception.InnerException);

    private static int StatusOf(ForwarderError error) => error switch
    {
        ForwarderError.NoAvailableDestinations => StatusCodes.Status503ServiceUnavailable,
        ForwarderError.RequestTimedOut => StatusCodes.Status504GatewayTimeout,
        _ => StatusCodes.Status502BadGateway,
    };

    private sealed class RequestHeaderCopy(string name) : RequestTransform
    {
        public override ValueTask ApplyAsync(RequestTransformContext context)
        {
            if (context.HttpContext.Request.Headers.TryGetValue(name, out var values)) AddHeader(context, name, values);
            return ValueTask.CompletedTask;
        }
    }
}

/// <summary>The answer when a part behind the gateway does not answer.</summary>
internal static class Outage
{
    public static IResult Of(int status) => new WithRetryAfter(Problems.Of(status, "service-unavailable",
        "A part of the platform is restarting or not to be reached. Nothing that was confirmed is lost; try again in a moment."));

    private sealed class WithRetryAfter(IResult problem) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.RetryAfter = "2";
            return problem.ExecuteAsync(httpContext);
        }
    }
}
