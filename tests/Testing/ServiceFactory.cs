using System.Diagnostics;
using System.Net.Http.Headers;
using System.Reflection;
using MassTransit;
using Mentoring.Contracts.Participants;
using Mentoring.Messaging;
using Mentoring.Tenancy;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using RabbitMQ.Client;
using Xunit;

namespace Mentoring.Testing;

/// <summary>
/// One service as it is, over HTTP, on real servers: a fresh database migrated as in production, queues of its own, passports signed with
/// a test key, a clock that stands until moved. One for a test assembly; each test works in a unit of its own.
/// </summary>
public class ServiceFactory<TDb>(string service) : WebApplicationFactory<TDb>, IAsyncLifetime
    where TDb : DbContext, ITenantDb
{
    private readonly string _run = Guid.CreateVersion7().ToString("N")[^12..];
    private readonly PassportOffice _office = new();
    private FactEar? _ear;

    public TestClock Clock { get; } = new();

    public string Service { get; } = service;

    private string Database => $"test_{Service}_{_run}";

    private string Role => $"test_{Service}_{_run}";

    private string Owner => new NpgsqlConnectionStringBuilder(Servers.Running.Postgres) { Database = Database }.ConnectionString;

    // Test assemblies share the broker, and each has a part of its own: thousands of facts from another one would keep this one's reactions busy.
    private Uri Broker => new($"{Servers.Running.Rabbitmq}/{Service}");

    /// <summary>What the bus carries, as another service hears it.</summary>
    public FactEar Bus => _ear ?? throw new InvalidOperationException("Not started.");

    public virtual async ValueTask InitializeAsync()
    {
        await TenantMigration.Run<TDb>(Owner, Role, "test");
        await DeleteQueuesOfEarlierRuns();
        _ear = await FactEar.On(Broker, typeof(PersonChanged).Assembly);
        _ = Server;
        await Eventually.Holds(async () =>
        {
            using var client = CreateClient();
            using var health = await client.GetAsync(new Uri("/health", UriKind.Relative));
            health.EnsureSuccessStatusCode();
        });
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_ear is not null)
            await _ear.DisposeAsync();
        _office.Dispose();
        NpgsqlConnection.ClearAllPools();
        await using var source = NpgsqlDataSource.Create(Servers.Running.Postgres);
        await using (var drop = source.CreateCommand($"drop database if exists {Database} with (force)"))
            await drop.ExecuteNonQueryAsync();
        await using var dropRole = source.CreateCommand($"drop role if exists {Role}");
        await dropRole.ExecuteNonQueryAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A client that calls as this person.</summary>
    public HttpClient As(TestUnit unit, Guid personId, params string[] roles) => As(unit, personId, roles, []);

    /// <summary>A client that calls as this person, with roles in single programmes.</summary>
    public HttpClient As(TestUnit unit, Guid personId, string[] roles, params (Guid ProgrammeId, string Role)[] programmeRoles) =>
        With(PassportOffice.Person(unit, personId, roles.Append(Roles.Participant).Distinct(), programmeRoles));

    /// <summary>A client that calls as this machine client of the unit.</summary>
    public HttpClient AsMachine(TestUnit unit, Guid clientId) => With(PassportOffice.Machine(unit, clientId, [Roles.Provisioning]));

    /// <summary>A client that calls as one who runs the platform.</summary>
    public HttpClient AsOperator() => With(new()
    {
        [PassportClaims.Kind] = "person",
        [PassportClaims.Subject] = Guid.CreateVersion7().ToString(),
        [PassportClaims.Roles] = new[] { Roles.Operator },
    });

    /// <summary>A client with a passport of exactly these claims.</summary>
    public HttpClient With(Dictionary<string, object> claims, string? audience = null, TimeSpan? lifetime = null)
    {
        var client = CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _office.Issue(audience ?? Service, claims, lifetime));
        return client;
    }

    /// <summary>Publishes a fact as the service that owns it would; the same message id again is a redelivery.</summary>
    public async Task Publish<T>(TestUnit unit, T fact, Guid? messageId = null)
        where T : class =>
        await Services.GetRequiredService<IBus>().Publish(fact, publish =>
        {
            publish.MessageId = messageId ?? Guid.CreateVersion7();
            publish.Headers.Set(Wire.UnitHeader, unit.Id.ToString());
        });

    /// <summary>Waits until a message has been consumed by one of the service's reactions.</summary>
    public Task HasConsumed(Guid messageId, string reaction) => Eventually.Holds(async () =>
    {
        if (await AsOwner<long>($"select count(*) from platform.inbox where message_id = '{messageId}' and queue = '{Service}-{reaction}'") is 0)
            throw new TimeoutException($"{reaction} has not consumed the message in time.");
    });

    /// <summary>Looks into the service's own tables, in the unit, as its own role.</summary>
    public async Task<T> In<T>(TestUnit unit, Func<TDb, Task<T>> look)
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<UnitContext>().Enter(unit.Id);
        return await look(scope.ServiceProvider.GetRequiredService<TDb>());
    }

    /// <summary>Asks the database as its owner, past row security: for what a test must see of several units.</summary>
    public async Task<T?> AsOwner<T>(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Owner);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    /// <summary>
    /// Every table of the service that has a row with one of these words in it, in whatever column, bytes included; without regard to case
    /// and to row security. For what must have left no trace.
    /// </summary>
    public async Task<IReadOnlyList<string>> TracesOf(params string[] words)
    {
        await using var source = NpgsqlDataSource.Create(Owner);
        var tables = new List<string>();
        await using (var list = source.CreateCommand("""
            select format('%I.%I', schemaname, tablename) from pg_tables where schemaname not in ('pg_catalog', 'information_schema') order by 1
            """))
        await using (var reader = await list.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                tables.Add(reader.GetString(0));
        }
        string[] patterns = [.. words.SelectMany(word => new[] { word, Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(word)) }).Select(word => $"%{word}%")];
        var found = new List<string>();
        foreach (var table in tables)
        {
            await using var look = source.CreateCommand($"select count(*) from {table} as held where held::text ilike any ($1)");
            look.Parameters.Add(new NpgsqlParameter { Value = patterns });
            if (await look.ExecuteScalarAsync() is long rows and > 0)
                found.Add(table);
        }
        return found;
    }

    /// <summary>
    /// The same service once more, on the same database and queues, as a process of its own that can be killed; by the machine's clock. Who starts it ends it.
    /// </summary>
    public async Task<Process> StartReplica()
    {
        var program = typeof(TDb).Assembly.Location;
        var info = new ProcessStartInfo("dotnet", [program]) { WorkingDirectory = Path.GetDirectoryName(program)!, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Settings())
            info.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        info.Environment["ASPNETCORE_ENVIRONMENT"] = "Testing";
        info.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        var process = Process.Start(info)!;
        // Read, so that it never waits for somebody to; it says where it listens once it does.
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.Contains("Now listening on", StringComparison.Ordinal) == true)
                listening.TrySetResult();
        };
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException("The replica has ended before it listened."));
        process.EnableRaisingEvents = true;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await listening.Task.WaitAsync(TimeSpan.FromSeconds(60));
        return process;
    }

    /// <summary>What it is told, by the names a deployment uses.</summary>
    protected virtual Dictionary<string, string> Settings() => new()
    {
        [$"ConnectionStrings:{Service}"] = Owner,
        ["ConnectionStrings:messaging"] = Broker.ToString(),
        ["ConnectionStrings:redis"] = Servers.Running.Redis,
        ["Database:User"] = Role,
        ["Database:Password"] = "test",
        ["Passport:Jwks"] = _office.Jwks(),
        ["Logging:LogLevel:Default"] = "Warning",
        ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Information",
    };

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Testing");
        builder.UseContentRoot(AppContext.BaseDirectory);
        foreach (var (name, value) in Settings())
            builder.UseSetting(name, value);
        builder.ConfigureServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock)));
    }

    private async Task DeleteQueuesOfEarlierRuns()
    {
        await using var connection = await new ConnectionFactory { Uri = Broker }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        foreach (var reaction in typeof(TDb).Assembly.GetTypes().Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(MassTransit.IConsumer))))
            await channel.QueueDeleteAsync($"{Service}-{Wire.Kebab(reaction.Name)}");
        await channel.QueueDeleteAsync($"{Service}-undeliverable");
    }
}
