using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mentoring.Tenancy;

/// <summary>
/// Row-level security binds neither superusers nor roles with BYPASSRLS, nor (unless forced) owners. A service that connects as one of
/// them would work, and show every unit to every other; so it refuses to start. It also refuses when a tenant table is unprotected.
/// </summary>
internal sealed class RefuseTooMightyRole(TenantDatabase database, ILogger<RefuseTooMightyRole> log) : IHostedService
{
    private const string TooMighty = """
        select concat_ws(', ',
            (select 'is a superuser' from pg_roles where rolname = current_user and rolsuper),
            (select 'has BYPASSRLS' from pg_roles where rolname = current_user and rolbypassrls),
            (select 'owns ' || string_agg(c.oid::regclass::text, ' ') from pg_class c join pg_roles r on r.oid = c.relowner
             where r.rolname = current_user and c.relkind in ('r', 'p')
               and c.relpersistence = 'p' having count(*) > 0),
            (select 'finds row security not forced on ' || string_agg(c.oid::regclass::text, ' ')
             from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'unit_id' and not a.attisdropped
             join pg_namespace n on n.oid = c.relnamespace
             where c.relkind in ('r', 'p') and n.nspname <> 'platform' and c.relpersistence = 'p'
               and not (c.relrowsecurity and c.relforcerowsecurity) having count(*) > 0))
        """;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var found = await Ask(cancellationToken);
        if (found is not "")
            throw new InvalidOperationException($"Refusing to start: the role '{database.Role}' {found}.");
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<string> Ask(CancellationToken ct)
    {
        // Hosts may start a service before its database: wait for it, but not for a database that was never migrated.
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var command = database.Source.CreateCommand(TooMighty);
                return await command.ExecuteScalarAsync(ct) as string ?? "";
            }
            catch (NpgsqlException e) when (attempt < 60 && (e.IsTransient || e is PostgresException { SqlState: "57P03" or "3D000" or "28P01" }))
            {
                log.LogWarning("Waiting for database '{Database}': {Reason}", database.Name, e.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), ct);
            }
        }
    }
}
