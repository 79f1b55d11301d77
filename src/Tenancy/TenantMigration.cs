using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace Mentoring.Tenancy;

/// <summary>
/// The step before a service starts (<c>RUN=migrate</c>): creates the service's role, migrates, forces row-level security on every table
/// that belongs to units and grants the role what it needs. Runs as the owner; may run again at any time.
/// </summary>
public static class TenantMigration
{
    private const string ForceRowSecurity = """
        do $$
        declare t regclass;
        begin
            for t in
                select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
                join pg_attribute a on a.attrelid = c.oid and a.attname = 'unit_id' and not a.attisdropped
                where c.relkind in ('r', 'p') and c.relpersistence = 'p' and n.nspname not in ('platform', 'pg_catalog', 'information_schema')
            loop
                execute format('alter table %s enable row level security', t);
                execute format('alter table %s force row level security', t);
                if not exists (select from pg_policy where polrelid = t and polname = 'unit') then
                    execute format('create policy unit on %s using (unit_id = nullif(current_setting(''app.unit_id'', true), '''')::uuid)'
                        ' with check (unit_id = nullif(current_setting(''app.unit_id'', true), '''')::uuid)', t);
                end if;
            end loop;
        end $$;
        """;

    /// <param name="ownerConnectionString">Connects as the database's owner or a superuser.</param>
    /// <param name="role">The service's role; created when missing, its password set.</param>
    /// <param name="password">The role's password.</param>
    /// <param name="ct">Stops between statements.</param>
    public static async Task Run<TDb>(string ownerConnectionString, string role, string password, CancellationToken ct = default)
        where TDb : DbContext, ITenantDb
    {
        var options = new DbContextOptionsBuilder<TDb>()
            .UseNpgsql(ownerConnectionString, npgsql => npgsql.EnableRetryOnFailure(10))
            .Options;
        await using var db = (TDb)(Activator.CreateInstance(typeof(TDb), options, new UnitContext())
            ?? throw new InvalidOperationException($"{typeof(TDb).Name} takes options and a unit."));
        await NoteReplaced(db, ct);
        await db.Database.MigrateAsync(ct);

        await using var source = NpgsqlDataSource.Create(ownerConnectionString);
        await using var connection = await source.OpenConnectionAsync(ct);
        await Execute(connection, CreateRole(connection, role, password), ct);
        await Execute(connection, ForceRowSecurity, ct);
        await Execute(connection, Grants(role, InsertOnlyTables(db)), ct);
    }

    private static async Task NoteReplaced(DbContext db, CancellationToken ct)
    {
        var applied = (await db.Database.GetAppliedMigrationsAsync(ct)).ToHashSet();
        foreach (var (id, migration) in db.GetService<IMigrationsAssembly>().Migrations)
        {
            var replaced = migration.GetCustomAttribute<ReplacesAttribute>()?.Migrations ?? [];
            var missing = replaced.Where(earlier => !applied.Contains(earlier)).ToList();
            if (applied.Contains(id) || missing.Count == replaced.Count)
                continue;
            if (missing.Count > 0)
                throw new InvalidOperationException(
                    $"{id} replaces migrations of which this database lacks {string.Join(", ", missing)}: migrate with the release that has them first.");
            await db.Database.ExecuteSqlRawAsync(
                db.GetService<IHistoryRepository>().GetInsertScript(new HistoryRow(id, ProductInfo.GetVersion())), ct);
        }
    }

    private static IEnumerable<string> InsertOnlyTables(DbContext db) => db.Model.GetEntityTypes()
        .Where(entity => entity.FindAnnotation(TenantTables.InsertOnlyAnnotation) is not null)
        .Select(entity => entity.GetSchemaQualifiedTableName() ?? throw new InvalidOperationException("An insert-only entity without a table."));

    private static string CreateRole(NpgsqlConnection connection, string role, string password) => $$"""
        do $$
        begin
            if not exists (select from pg_roles where rolname = {{Literal(role)}}) then
                create role {{Quote(role)}} login;
            end if;
        exception when duplicate_object or unique_violation then null; -- another service's step was faster
        end $$;
        alter role {{Quote(role)}} login nosuperuser nobypassrls nocreatedb nocreaterole password {{Literal(password)}};
        grant connect, temporary on database {{Quote(connection.Database)}} to {{Quote(role)}};
        """;

    // Names cannot be parameters of these statements; they are quoted as PostgreSQL quotes them.
    private static string Grants(string role, IEnumerable<string> insertOnly)
    {
        var to = Quote(role);
        var revokes = string.Join('\n', insertOnly.Select(table => $"revoke update, delete, truncate on {table} from {to};"));
        return $"""
            create schema if not exists platform;
            grant usage on schema public, platform to {to};
            grant select, insert, update, delete on all tables in schema public, platform to {to};
            grant usage, select on all sequences in schema public, platform to {to};
            revoke all on table "__EFMigrationsHistory" from {to};
            {revokes}
            """;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static string Quote(string identifier) => '"' + identifier.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';

    private static string Literal(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
