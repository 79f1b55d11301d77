using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mentoring.Tenancy;

/// <summary>
/// A service's own database. <see cref="Source"/> connects as the service's role and knows no unit: for the <c>platform</c> schema
/// (Messaging, memberships) and for health only; tenant tables show it nothing.
/// </summary>
public sealed class TenantDatabase(string name, IConfiguration configuration) : IAsyncDisposable
{
    private NpgsqlDataSource? _source;
    private readonly Lock _creating = new();

    public string Name { get; } = name;

    public NpgsqlDataSource Source
    {
        get
        {
            lock (_creating)
                return _source ??= NpgsqlDataSource.Create(ConnectionString());
        }
    }

    /// <summary>As handed out by the host, with the owner's rights: only the migration step uses it.</summary>
    public string OwnerConnectionString => configuration.GetConnectionString(Name)
        ?? throw new InvalidOperationException($"ConnectionStrings:{Name} is not set.");

    public string Role => configuration["Database:User"] ?? throw new InvalidOperationException("Database:User is not set.");

    public string Password => configuration["Database:Password"] ?? throw new InvalidOperationException("Database:Password is not set.");

    public ValueTask DisposeAsync() => _source?.DisposeAsync() ?? ValueTask.CompletedTask;

    private string ConnectionString()
    {
        if (EF.IsDesignTime)
            return "Host=localhost";
        var builder = new NpgsqlConnectionStringBuilder(OwnerConnectionString) { Username = Role, Password = Password };
        // The unit is a session setting: a pool that does not reset would hand one unit's session to another.
        if (builder.NoResetOnClose)
            throw new InvalidOperationException("'No Reset On Close' would carry a unit from one request to the next.");
        builder.ApplicationName ??= Name;
        if (builder.MaxPoolSize == 100)
            builder.MaxPoolSize = 40;
        // A service has few statements and runs them all day: the server need not parse and plan each anew.
        if (builder.MaxAutoPrepare == 0)
            builder.MaxAutoPrepare = 50;
        return builder.ConnectionString;
    }
}

public static class TenantDatabases
{
    /// <summary>
    /// Registers <typeparamref name="TDb"/> on <c>ConnectionStrings:{name}</c> with user and password from <c>Database:User</c> and
    /// <c>Database:Password</c>. The service does not start when that role could reach past row-level security.
    /// </summary>
    public static WebApplicationBuilder AddTenantDb<TDb>(this WebApplicationBuilder builder, string name)
        where TDb : DbContext, ITenantDb
    {
        builder.Services.AddSingleton(new TenantDatabase(name, builder.Configuration));
        builder.Services.AddScoped<UnitContext>();
        builder.Services.AddScoped<EnterUnitOnOpen>();
        builder.Services.AddDbContext<TDb>((services, options) => options
            .UseNpgsql(services.GetRequiredService<TenantDatabase>().Source)
            .AddInterceptors(services.GetRequiredService<EnterUnitOnOpen>(), SaveWithoutSavepoint.Instance));
        builder.Services.AddScoped<DbContext>(services => services.GetRequiredService<TDb>());
        builder.Services.AddHostedService<RefuseTooMightyRole>();
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealth>("database");
        return builder;
    }

    /// <summary>Sets the unit on each connection as it is opened; the pool resets it on return.</summary>
    private sealed class EnterUnitOnOpen(UnitContext unit) : DbConnectionInterceptor
    {
        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = Command(connection);
            command.ExecuteNonQuery();
        }

        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using var command = Command(connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        private NpgsqlCommand Command(DbConnection connection) => new("select set_config('app.unit_id', $1, false)", (NpgsqlConnection)connection)
        {
            Parameters = { new NpgsqlParameter { Value = unit.UnitId.ToString() } },
        };
    }
    /// <summary>
    /// Inside a transaction EF Core sets a savepoint around each save, and when the connection is lost while it is released, it says nothing:
    /// what comes next would run outside the transaction. Nobody here goes on after a save that failed, so there is none, which is two round
    /// trips less as well.
    /// </summary>
    private sealed class SaveWithoutSavepoint : SaveChangesInterceptor
    {
        public static readonly SaveWithoutSavepoint Instance = new();

        public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
        {
            eventData.Context!.Database.AutoSavepointsEnabled = false;
            return result;
        }

        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(SavingChanges(eventData, result));
    }
}
