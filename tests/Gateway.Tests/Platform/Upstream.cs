using System.Collections.Concurrent;
using System.Text.Json;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mentoring.Gateway.Tests.Platform;

/// <summary>
/// A service as small as can be, on the real ServiceDefaults and Tenancy: it checks passports with the keys the gateway publishes, and answers with
/// what it was told. As Participants it also knows the members.
/// </summary>
public sealed class Upstream : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Upstream(string service)
    {
        Service = service;
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "Mentoring", EnvironmentName = "Testing" });
        builder.Logging.ClearProviders();
        builder.AddServiceDefaults();
        builder.AddPassports(service);
        builder.Services.AddScoped<UnitContext>();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.UseDefaults();
        _app.UseAuthentication();
        _app.UseAuthorization();
        _app.UseUnits();
        _app.MapDefaults();

        _app.MapGet("/api/v1/me", Tell);
        _app.MapPost("/api/v1/units", Tell).RequireRole(Roles.Operator);
        _app.MapOperator($"/api/v1/operations/{service}").MapGet("/outbox", Tell);
        _app.MapPost("/gateway/memberships", Memberships).RequireKind(CallerKind.Gateway);
        _app.MapGet("/inside", () => "not for outside");

        _app.MapGet("/l/{unit}/sessions/{token}", (HttpContext context, Caller caller, string token) => token == "none" ? Problems.NotFound() : Tell(context, caller))
            .RequireKind(CallerKind.Link).ExcludeFromDescription();
        var unit = _app.MapUnit();
        unit.MapGet("/sessions/mine", Tell);
        unit.MapGet("/sessions/missing", Problems.NotFound);
        unit.MapPost("/sessions", (HttpContext context, Caller caller, [FromBody] JsonElement body) => Tell(context, caller));
        unit.MapPost("/people/imports", Count).WithMetadata(new RequestSizeLimitAttribute(256 * 1024 * 1024));
        unit.MapPost("/people/machines", Tell).RequireRole(Roles.Provisioning).ExcludeFromDescription();
        unit.MapGet("/events", Stream);
    }

    public string Service { get; }

    public string Address => _app.Urls.Single();

    /// <summary>As Participants: who is a member of what, by subject.</summary>
    public ConcurrentDictionary<string, object> Members { get; } = new();

    /// <summary>As Participants: how often the gateway asked, by subject.</summary>
    public ConcurrentDictionary<string, int> Asked { get; } = new();

    public static async Task<Upstream> Start(string service)
    {
        var upstream = new Upstream(service);
        await upstream._app.StartAsync();
        return upstream;
    }

    /// <summary>Tells where the gateway publishes its keys, once that is known.</summary>
    public void Trust(Uri gateway) => _app.Configuration["services:gateway:http:0"] = gateway.ToString();

    public Task Stop() => _app.StopAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static IResult Tell(HttpContext context, Caller caller) => Results.Json(new Told(
        context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()),
        context.User.Claims.GroupBy(claim => claim.Type).ToDictionary(claims => claims.Key, claims => string.Join(' ', claims.Select(claim => claim.Value)))));

    private IResult Memberships(Question question)
    {
        Asked.AddOrUpdate(question.Subject, 1, (_, times) => times + 1);
        return Results.Json(Members.TryGetValue(question.Subject, out var answer) ? answer : new { Operator = question.Subject == "operator", Memberships = Array.Empty<object>() });
    }

    private static async Task<IResult> Count(HttpRequest request, CancellationToken ct)
    {
        var buffer = new byte[64 * 1024];
        long total = 0;
        for (int read; (read = await request.Body.ReadAsync(buffer, ct)) > 0;) total += read;
        return Results.Json(new { total });
    }

    private static async Task Stream(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.WriteAsync("data: first\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        // Never a second one: whoever waits for the end before passing on the first would wait for ever.
        await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private sealed record Question(string Issuer, string Subject, string? Email, bool EmailVerified, string? Name);
}

/// <summary>What a service was told: headers (lower case) and claims of the passport.</summary>
public sealed record Told(Dictionary<string, string> Headers, Dictionary<string, string> Claims);
