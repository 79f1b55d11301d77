using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Mentoring.Testing;

/// <summary>What holds for every route of a service.</summary>
public static class Routes
{
    /// <summary>Routes that say neither who may call them nor that anybody may; there must be none.</summary>
    public static IReadOnlyList<string> WithoutPolicy(IServiceProvider services) =>
    [
        .. services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<IAuthorizeData>() is null
                && route.Metadata.GetMetadata<AuthorizationPolicy>() is null
                && route.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(route => route.RoutePattern.RawText ?? "").Distinct(),
    ];
}
