using Mentoring.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;

namespace Mentoring.Gateway.Tests.ServiceDefaults;

/// <summary>A service that has the defaults and nothing else.</summary>
public sealed class TinyService : IAsyncLifetime
{
    private WebApplication _app = null!;

    public HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.AddServiceDefaults();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.UseDefaults();
        _app.MapDefaults();
        _app.MapPost("/things", ([FromBody] NewThing thing) => Results.Json(thing));
        _app.MapGet("/things", (PageRequest page) =>
        {
            var ids = Enumerable.Range(1, 120).Where(id => id > (page.AfterKey is { } after ? int.Parse(after) : 0)).Take(page.Take).ToList();
            return Page.Of(ids, page, id => Cursor.Of($"{id}"));
        });
        _app.MapGet("/things/{id}", (Guid id) => Precondition.Ok(new { id }, 7));
        _app.MapPut("/things/{id}", (Guid id, Precondition ifMatch) => ifMatch.Refusal(7) ?? Results.NoContent());
        _app.MapGet("/counted", (int count) => count);
        _app.MapGet("/broken", string () => throw new InvalidOperationException("the secret inside"));
        await _app.StartAsync();
        Client = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    public enum Colour { DeepBlue, Red }

    public sealed record NewThing(string Name, Colour Colour, int Count = 1, string? Note = null);
}
