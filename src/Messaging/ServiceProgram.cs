using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Messaging;

/// <summary>What every service's program ends with.</summary>
public static class ServiceProgram
{
    /// <summary>
    /// <c>RUN=migrate</c>: creates role and schema and exits. Otherwise builds the pipeline (refusals, passport, unit, idempotency), maps
    /// the service's routes and runs until it is told to stop.
    /// </summary>
    public static async Task RunServiceAsync<TDb>(this WebApplicationBuilder builder, Action<WebApplication> map)
        where TDb : DbContext, ITenantDb
    {
        if (builder.Configuration["RUN"] == "migrate")
        {
            var target = new TenantDatabase(NameOf(builder), builder.Configuration);
            await TenantMigration.Run<TDb>(target.OwnerConnectionString, target.Role, target.Password);
            return;
        }

        await builder.BuildService(map).RunAsync();
    }

    /// <summary>The pipeline alone, for a host that starts and stops it itself.</summary>
    internal static WebApplication BuildService(this WebApplicationBuilder builder, Action<WebApplication> map)
    {
        var app = builder.Build();
        app.UseDefaults();
        app.UseAnonymousRoutes();
        app.UseOutageAnswers();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseUnits();
        app.UseIdempotency();
        app.MapDefaults();
        app.MapOperations(NameOf(builder));
        map(app);
        return app;
    }

    private static string NameOf(WebApplicationBuilder builder) =>
        ((TenantDatabase)builder.Services.Single(service => service.ServiceType == typeof(TenantDatabase)).ImplementationInstance!).Name;

    /// <summary>A server that is away is 503 and may be tried again; two at once is 409. Everything else is a bug and 500.</summary>
    private static void UseOutageAnswers(this WebApplication app) => app.Use(async (context, next) =>
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (!context.Response.HasStarted && Transient.IsRace(e))
        {
            await Problems.Of(StatusCodes.Status409Conflict, "conflict", "Somebody else changed this at the same moment. Read it again and repeat.").ExecuteAsync(context);
        }
        // A request that cannot be read is an IOException too, but the caller's to correct.
        catch (Exception e) when (!context.Response.HasStarted && e is not BadHttpRequestException && Transient.IsOutage(e))
        {
            context.Response.Headers.RetryAfter = "2";
            await Problems.Of(StatusCodes.Status503ServiceUnavailable, "unavailable", "A server this needs is away for the moment. Nothing was changed; try again.").ExecuteAsync(context);
        }
    });
}
