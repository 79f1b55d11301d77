using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Mentoring.Tenancy;

/// <summary>
/// One statement a table where a plain save takes one a row: for the few places that write thousands. COPY would be the usual way; PostgreSQL
/// does not let it write to tables with row-level security.
/// </summary>
public static class BulkSave
{
    /// <summary>
    /// Writes all that was added since the last save, tables before those that refer to them, and then forgets every entity it knew, so that
    /// the next thousands start from nothing. Inside a transaction of the caller's; what waits for the rows is woken by its next plain save.
    /// </summary>
    /// <exception cref="InvalidOperationException">Something is to be changed or deleted as well: that takes a plain save.</exception>
    /// <exception cref="PostgresException">The database refused a row.</exception>
    public static Task SaveAdded(this DbContext db, CancellationToken ct) => db.TakeAdded()(ct);

    /// <summary>
    /// As <see cref="SaveAdded"/>, in two: what is returned writes and needs no more of the context than its connection, so that meanwhile the
    /// next entities can be made and added. Until it has ended nothing may be asked of the database.
    /// </summary>
    /// <inheritdoc cref="SaveAdded"/>
    public static Func<CancellationToken, Task> TakeAdded(this DbContext db)
    {
        var entries = Changes(db);
        if (entries.Any(entry => entry.State is not EntityState.Added))
            throw new InvalidOperationException("Only additions are saved in bulk.");
        var added = entries.GroupBy(entry => entry.Metadata).ToDictionary(table => table.Key, table => table.ToList());
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var batch = new NpgsqlBatch(connection, (NpgsqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction());
        foreach (var table in InOrder(added.Keys))
            batch.BatchCommands.Add(Insert(table, InOrderOfKeys(table, added[table])));
        db.ChangeTracker.Clear();
        return async ct =>
        {
            await using var all = batch;
            if (batch.BatchCommands.Count == 0)
                return;
            await db.Database.OpenConnectionAsync(ct);
            try
            {
                await batch.ExecuteNonQueryAsync(ct);
            }
            finally
            {
                await db.Database.CloseConnectionAsync();
            }
        };
    }

    /// <summary>What was added cannot have changed since it was read, so that only the few others are looked into: comparing thousands takes as long as writing them.</summary>
    private static List<EntityEntry> Changes(DbContext db)
    {
        var looksByItself = db.ChangeTracker.AutoDetectChangesEnabled;
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            List<EntityEntry> entries = [.. db.ChangeTracker.Entries()];
            foreach (var entry in entries.Where(entry => entry.State is EntityState.Unchanged))
                entry.DetectChanges();
            return entries.FindAll(entry => entry.State is not EntityState.Unchanged);
        }
        finally
        {
            db.ChangeTracker.AutoDetectChangesEnabled = looksByItself;
        }
    }

    private static List<IEntityType> InOrder(IEnumerable<IEntityType> tables)
    {
        var ordered = new List<IEntityType>();
        var open = tables.ToHashSet();
        foreach (var table in open.OrderBy(table => table.Name, StringComparer.Ordinal).ToList())
            Take(table);
        return ordered;

        void Take(IEntityType table)
        {
            if (!open.Remove(table))
                return;
            foreach (var reference in table.GetForeignKeys())
                Take(reference.PrincipalEntityType);
            ordered.Add(table);
        }
    }

    /// <summary>
    /// As a plain save does: whoever writes rows that exclude one another then does so in the same order, and waits instead of standing in
    /// each other's way for good.
    /// </summary>
    private static List<EntityEntry> InOrderOfKeys(IEntityType table, List<EntityEntry> rows)
    {
        IEnumerable<EntityEntry> ordered = rows;
        // The last column first: each sort keeps what the one before has done.
        foreach (var property in table.FindPrimaryKey()!.Properties.Where(property => !rows[0].Property(property).IsTemporary).Reverse())
            ordered = ordered.OrderBy(Reading(property));
        return [.. ordered];
    }

    private static NpgsqlBatchCommand Insert(IEntityType table, List<EntityEntry> rows)
    {
        // What the database numbers by itself is left to it.
        var columns = table.GetProperties().Where(property => !rows[0].Property(property).IsTemporary).ToList();
        var at = StoreObjectIdentifier.Table(table.GetTableName()!, table.GetSchema());
        var (names, values, sources) = (new List<string>(), new List<string>(), new List<string>());
        var command = new NpgsqlBatchCommand();
        foreach (var (i, column) in columns.Index())
        {
            var (type, ofRows) = (column.GetColumnType(at), Values(column, rows));
            names.Add($"\"{column.GetColumnName(at)}\"");
            // What all rows have in common is sent once. Never the first: it stands for the rows.
            if (i > 0 && AllAlike(ofRows))
            {
                values.Add($"${i + 1}::{type}");
                command.Parameters.Add(new NpgsqlParameter { Value = ofRows[0] ?? DBNull.Value });
            }
            else
            {
                sources.Add($"${i + 1}");
                values.Add($"c{sources.Count}::{type}");
                command.Parameters.Add(new NpgsqlParameter { Value = Typed(column, ofRows) });
            }
        }
        var aliases = string.Join(", ", sources.Select((_, i) => $"c{i + 1}"));
        // Nothing in it but the model's own names.
        command.CommandText =
            $"insert into {Quoted(at)} ({string.Join(", ", names)}) select {string.Join(", ", values)} from unnest({string.Join(", ", sources)}) as row ({aliases})";
        return command;
    }

    private static string Quoted(StoreObjectIdentifier table) => table.Schema is null ? $"\"{table.Name}\"" : $"\"{table.Schema}\".\"{table.Name}\"";

    /// <summary>As the database gets them, one for each row.</summary>
    private static object?[] Values(IProperty column, List<EntityEntry> rows)
    {
        var read = Reading(column);
        Func<object?, object?> convert = TypeOf(column) switch
        {
            var type when type == typeof(NpgsqlRange<DateTime>[]) => value => AsText((NpgsqlRange<DateTime>[]?)value),
            { IsArray: true } => throw new InvalidOperationException($"{column} holds several values; these cannot be saved in bulk."),
            _ when column.GetTypeMapping().Converter is { } converter => converter.ConvertToProvider,
            _ => value => value,
        };
        return [.. rows.Select(row => convert(read(row)))];
    }

    /// <summary>Of numbers that are equal two may still be written differently, as 1.0 and 1.00.</summary>
    private static bool AllAlike(object?[] values) => values[0] is not (decimal or double or float) && Array.TrueForAll(values, value => Equals(value, values[0]));

    private static Array Typed(IProperty column, object?[] values)
    {
        var type = TypeOf(column);
        if (type.IsArray)
            type = typeof(string);
        else if (column.IsNullable && type.IsValueType && Nullable.GetUnderlyingType(type) is null)
            type = typeof(Nullable<>).MakeGenericType(type);
        var typed = Array.CreateInstance(type, values.Length);
        Array.Copy(values, typed, values.Length);
        return typed;
    }

    private static Type TypeOf(IProperty column) => column.GetTypeMapping().Converter?.ProviderClrType ?? column.ClrType;

    /// <summary>As the database reads it: an array of a row's own would be taken apart with those of all the others.</summary>
    private static string? AsText(NpgsqlRange<DateTime>[]? ranges) => ranges is null ? null : $"{{{string.Join(',', ranges.Select(AsText))}}}";

    private static string AsText(NpgsqlRange<DateTime> range) =>
        range is { LowerBoundIsInclusive: true, UpperBoundIsInclusive: false, UpperBoundInfinite: false, LowerBound.Kind: DateTimeKind.Utc, UpperBound.Kind: DateTimeKind.Utc }
            ? string.Create(CultureInfo.InvariantCulture, $"[{range.LowerBound:O},{range.UpperBound:O})")
            : throw new InvalidOperationException("Only ranges of UTC with their start and without their end are saved in bulk.");

    /// <summary>Off the object itself, save what stands beside it.</summary>
    private static Func<EntityEntry, object?> Reading(IProperty column)
    {
        if (column.IsShadowProperty() || column.IsIndexerProperty())
            return row => row.Property(column).CurrentValue;
        var getter = column.GetGetter();
        return row => getter.GetClrValue(row.Entity);
    }
}
