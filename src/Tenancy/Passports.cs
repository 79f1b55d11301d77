using System.Security.Claims;
using Mentoring.ServiceDefaults;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Mentoring.Tenancy;

/// <summary>Every service takes the gateway's passport and nothing else.</summary>
public static class Passports
{
    /// <summary>Validates passports made out to <paramref name="audience"/>; every route wants one unless it says otherwise.</summary>
    public static WebApplicationBuilder AddPassports(this WebApplicationBuilder builder, string audience)
    {
        builder.Services.AddHttpClient("gateway");
        builder.Services.AddSingleton<PassportKeys>();
        builder.Services.AddHostedService(services => services.GetRequiredService<PassportKeys>());
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddScoped(services => new Caller(
            services.GetRequiredService<IHttpContextAccessor>().HttpContext?.User
            ?? throw new InvalidOperationException("There is a caller only in a request.")));

        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        builder.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<PassportKeys>((options, keys) =>
            {
                options.MapInboundClaims = false;
                options.TokenValidationParameters = new TokenValidationParameters
                {
                    ValidIssuer = PassportClaims.Issuer,
                    ValidAudience = audience,
                    ValidTypes = [PassportClaims.TokenType],
                    ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
                    RequireExpirationTime = true,
                    RequireSignedTokens = true,
                    // Gateway and services share a clock to within this; a passport lives for 60 s.
                    ClockSkew = TimeSpan.FromSeconds(5),
                    NameClaimType = PassportClaims.Subject,
                    RoleClaimType = PassportClaims.Roles,
                    IssuerSigningKeyResolver = (_, _, kid, _) => keys.Find(kid),
                };
                options.Events = new JwtBearerEvents { OnMessageReceived = context => FetchKey(context, keys) };
            });
        builder.Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return builder;
    }

    /// <summary>
    /// The routes of one unit. A passport of another unit gets what a missing thing gets; the scope enters the unit.
    /// </summary>
    public static RouteGroupBuilder MapUnit(this IEndpointRouteBuilder routes) => routes
        .MapGroup("/api/v1/units/{unit}")
        .RequireAuthorization()
        .WithMetadata(new InUnit());

    /// <summary>Routes for whoever runs the platform.</summary>
    public static RouteGroupBuilder MapOperator(this IEndpointRouteBuilder routes, string prefix) => routes
        .MapGroup(prefix)
        .RequireRole(Roles.Operator);

    /// <summary>
    /// One of these roles in the unit, or held in any programme; a handler that knows the programme asks <see cref="Caller"/> again. Naming
    /// <see cref="Roles.Provisioning"/> lets machine clients in.
    /// </summary>
    public static TBuilder RequireRole<TBuilder>(this TBuilder route, params string[] roles)
        where TBuilder : IEndpointConventionBuilder
    {
        if (roles.Contains(Roles.Provisioning))
            route.WithMetadata(new OpenToClients());
        return route.RequireAuthorization(policy => policy.RequireAssertion(context =>
            roles.Any(role => context.User.HasClaim(PassportClaims.Roles, role)
                || context.User.FindAll(PassportClaims.ProgrammeRoles).Any(held => held.Value.EndsWith(':' + role, StringComparison.Ordinal)))));
    }

    /// <summary>Only callers of this kind. Naming <see cref="CallerKind.Client"/> lets machine clients in.</summary>
    public static TBuilder RequireKind<TBuilder>(this TBuilder route, CallerKind kind)
        where TBuilder : IEndpointConventionBuilder
    {
        if (kind is CallerKind.Client)
            route.WithMetadata(new OpenToClients());
        return route.RequireAuthorization(policy => policy.RequireAssertion(context => IsKind(context.User, kind)));
    }

    /// <summary>
    /// Holds a request to the unit of its passport, and machine clients to the routes that let them in. After authorisation, before anything that
    /// opens a connection.
    /// </summary>
    public static IApplicationBuilder UseUnits(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var inUnit = context.GetEndpoint()?.Metadata.GetMetadata<InUnit>() is not null;
        var unit = context.User.FindFirst(PassportClaims.Unit)?.Value;
        if (inUnit && (unit is null
            || !string.Equals(context.User.FindFirst(PassportClaims.Slug)?.Value, context.GetRouteValue("unit") as string, StringComparison.Ordinal)))
        {
            await Problems.NotFound().ExecuteAsync(context);
            return;
        }
        // Most routes ask only whether somebody belongs to the unit: a new one is shut to machines until it says otherwise. What is no route is the
        // framework's own refusal of a method or media type.
        if (IsKind(context.User, CallerKind.Client) && context.GetEndpoint() is RouteEndpoint endpoint
            && endpoint.Metadata.GetMetadata<OpenToClients>() is null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
        {
            await Problems.RoleMissing("A machine client only brings people in; this is for people who sign in.").ExecuteAsync(context);
            return;
        }
        if (unit is not null)
            context.RequestServices.GetRequiredService<UnitContext>().Enter(Guid.Parse(unit));
        await next(context);
    });

    private static bool IsKind(ClaimsPrincipal user, CallerKind kind) =>
        string.Equals(user.FindFirst(PassportClaims.Kind)?.Value, kind.ToString(), StringComparison.OrdinalIgnoreCase);

    private static Task FetchKey(MessageReceivedContext context, PassportKeys keys)
    {
        string? header = context.Request.Headers.Authorization;
        if (header is null || !header.StartsWith("Bearer ", StringComparison.Ordinal) || header.Length > 8_192)
            return Task.CompletedTask;
        var token = header["Bearer ".Length..];
        var handler = new JsonWebTokenHandler();
        return handler.CanReadToken(token) && TryKid(handler, token) is { } kid
            ? keys.Ensure(kid, context.HttpContext.RequestAborted)
            : Task.CompletedTask;
    }

    private static string? TryKid(JsonWebTokenHandler handler, string token)
    {
        try
        {
            return handler.ReadJsonWebToken(token).Kid;
        }
        catch (ArgumentException)
        {
            // Not a token after all; the validation that follows refuses it.
            return null;
        }
    }

    private sealed class InUnit;

    private sealed class OpenToClients;
}
