using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Mentoring.Testing;

/// <summary>What holds for every route of a service.</summary>
public static partial class Routes
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

    /// <summary>
    /// Routes that answer a machine client otherwise than that they are not for it, though it held every role there is: each is asked. Those that
    /// anybody may call are left out.
    /// </summary>
    public static async Task<IReadOnlyList<string>> OpenToMachines<TDb>(ServiceFactory<TDb> service)
        where TDb : DbContext, ITenantDb
    {
        var unit = TestUnit.New();
        string[] everyRole = [Roles.Operator, Roles.UnitAdmin, Roles.Safeguarding, Roles.Participant, Roles.ProgrammeManager, Roles.Sponsor, Roles.Provisioning];
        using var machine = service.With(PassportOffice.Machine(unit, Guid.CreateVersion7(), everyRole));
        var open = new List<string>();
        foreach (var route in service.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<IAllowAnonymous>() is null))
        {
            var path = route.RoutePattern.RawText!;
            var address = Parameter().Replace(path.Replace("{unit}", unit.Slug, StringComparison.Ordinal),
                parameter => parameter.Value.EndsWith(":int}", StringComparison.Ordinal) ? "1" : Guid.CreateVersion7().ToString());
            foreach (var method in route.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods)
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(address, UriKind.Relative));
                if (method is "POST" or "PUT" or "PATCH")
                    request.Content = new StringContent("{}", Encoding.UTF8, route.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes[0] ?? "application/json");
                using var answer = await machine.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                if (answer.StatusCode is not HttpStatusCode.Forbidden)
                    open.Add($"{method} {path}");
            }
        }
        return [.. open.Order(StringComparer.Ordinal)];
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
