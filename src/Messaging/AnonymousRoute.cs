using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Mentoring.Messaging;

/// <summary>
/// A route whose callers must not be found again in what a request leaves behind. No span of it or under it is exported and no metric
/// counts it; of an Idempotency-Key only a hash is kept, with neither caller, body, answer nor time, so that a repeat changes nothing
/// and is answered without a body.
/// </summary>
public static class AnonymousRoute
{
    /// <summary>Marks the route.</summary>
    public static TBuilder LeaveNoTrace<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.DisableHttpMetrics().WithMetadata(new Mark());

    internal static bool IsAnonymous(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<Mark>() is not null;

    /// <summary>After routing and before anything that starts a span of its own.</summary>
    public static void UseAnonymousRoutes(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (IsAnonymous(context) && context.Features.Get<IHttpActivityFeature>()?.Activity is { } span)
        {
            span.IsAllDataRequested = false;
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
        return next(context);
    });

    private sealed class Mark;
}
