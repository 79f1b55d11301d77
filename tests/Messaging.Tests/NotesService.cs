using System.Net.Http.Headers;
using System.Net.Http.Json;
using MassTransit;
using Mentoring.ServiceDefaults;
using Mentoring.Tenancy;
using Mentoring.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;
using RabbitMQ.Client;

[assembly: AssemblyFixture(typeof(Mentoring.Messaging.Tests.NotesService))]

namespace Mentoring.Messaging.Tests;

/// <summary>The smallest service, running on real servers.</summary>
public sealed class NotesService : IAsyncLifetime
{
    private const string Name = "notes";
    private readonly string _run = Guid.CreateVersion7().ToString("N")[^12..];
    private readonly PassportOffice _office = new();
    private WebApplication? _app;

    public TestClock Clock { get; } = new();

    public string Owner => new NpgsqlConnectionStringBuilder(Servers.Running.Postgres) { Database = $"test_{Name}_{_run}" }.ConnectionString;

    public string Role => $"test_{Name}_{_run}";

    public IServiceProvider Services => _app!.Services;

    public sealed record WriteNote(string Text);

    public async ValueTask InitializeAsync()
    {
        await TenantMigration.Run<NotesDb>(Owner, Role, "test");
        await DeleteQueues();
        _app = Build(Owner, Role);
        await _app.StartAsync();
        await Eventually.Holds(async () =>
        {
            using var client = new HttpClient { BaseAddress = Address };
            (await client.GetAsync(new Uri("/health", UriKind.Relative))).EnsureSuccessStatusCode();
        });
    }

    public WebApplication Build(string database, string role)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Testing" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [$"ConnectionStrings:{Name}"] = database,
            ["ConnectionStrings:messaging"] = Servers.Running.Rabbitmq,
            ["Database:User"] = role,
            ["Database:Password"] = "test",
            ["Passport:Jwks"] = _office.Jwks(),
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        builder.AddTenantDb<NotesDb>(Name);
        builder.AddPassports(Name);
        builder.AddMessaging<NotesDb>(Name);
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
        builder.Services.AddHttpContextAccessor().AddScoped<LostConnection>();
        builder.Services.ConfigureDbContext<NotesDb>((scope, options) => options.AddInterceptors(scope.GetRequiredService<LostConnection>()));
        return builder.BuildService(app =>
        {
            var unit = app.MapUnit();
            unit.MapGet("notes", async (NotesDb db, CancellationToken ct) => await db.Notes.Select(note => note.Text).ToListAsync(ct));
            unit.MapPost("notes", async (WriteNote request, NotesDb db, Outbox outbox, CancellationToken ct) =>
            {
                var note = new Note { Id = Guid.CreateVersion7(), Text = request.Text };
                db.Add(note);
                outbox.Publish(new NoteWritten(note.Id, 1, note.Text));
                await db.SaveChangesAsync(ct);
                return request.Text == "refused" ? Problems.Of(422, "refused", "Not this one.") : Results.Created($"notes/{note.Id}", note);
            });
            unit.MapDelete("notes", () => Results.NoContent()).RequireRole(Roles.UnitAdmin);
        });
    }

    public HttpClient As(TestUnit unit, params string[] roles) => With(PassportOffice.Person(unit, Guid.CreateVersion7(), roles, []));

    public HttpClient AsOperator() => With(new() { [PassportClaims.Kind] = "person", [PassportClaims.Subject] = Guid.CreateVersion7().ToString(), [PassportClaims.Roles] = new[] { Roles.Operator } });

    public HttpClient With(Dictionary<string, object> claims, string audience = Name, TimeSpan? lifetime = null) => new()
    {
        BaseAddress = Address,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", _office.Issue(audience, claims, lifetime)) },
    };

    public async Task Publish(TestUnit unit, NoteWritten fact, Guid? messageId = null) =>
        await Services.GetRequiredService<IBus>().Publish(fact, publish =>
        {
            publish.MessageId = messageId ?? Guid.CreateVersion7();
            publish.Headers.Set(Wire.UnitHeader, unit.Id.ToString());
        });

    public async Task<T> In<T>(TestUnit unit, Func<NotesDb, IServiceProvider, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<UnitContext>().Enter(unit.Id);
        return await work(scope.ServiceProvider.GetRequiredService<NotesDb>(), scope.ServiceProvider);
    }

    public Task<HeardNote?> Heard(TestUnit unit, Guid id) => In(unit, (db, _) => db.Heard.AsNoTracking().SingleOrDefaultAsync(note => note.Id == id));

    public async Task<T?> AsOwner<T>(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Owner);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.StopAsync();
        await _app.DisposeAsync();
        _office.Dispose();
        await using var source = NpgsqlDataSource.Create(Servers.Running.Postgres);
        await using (var drop = source.CreateCommand($"drop database if exists test_{Name}_{_run} with (force)"))
            await drop.ExecuteNonQueryAsync();
        await using var dropRole = source.CreateCommand($"drop role if exists {Role}");
        await dropRole.ExecuteNonQueryAsync();
    }

    private Uri Address => new(_app!.Urls.First());

    private static async Task DeleteQueues()
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(Servers.Running.Rabbitmq) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeleteAsync($"{Name}-{Wire.Kebab(nameof(CountWhenNoteWritten))}");
        await channel.QueueDeleteAsync($"{Name}-undeliverable");
    }
}
