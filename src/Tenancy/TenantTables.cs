using System.Linq.Expressions;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.ValueGeneration;

namespace Mentoring.Tenancy;

/// <summary>A database whose tables belong to units.</summary>
public interface ITenantDb
{
    UnitContext Unit { get; }
}

/// <summary>How a tenant table is mapped.</summary>
public static class TenantTables
{
    /// <summary>Where the unit stands on every entity of a tenant table: a shadow property, so that aggregates know nothing of it.</summary>
    public const string UnitId = "UnitId";

    internal const string InsertOnlyAnnotation = "Tenancy:InsertOnly";

    /// <summary>
    /// Maps to a table whose primary key starts with the unit. The unit is set on Add from the scope; row-level security is forced on
    /// the table by the migration step.
    /// </summary>
    public static EntityTypeBuilder<T> ToTenantTable<T>(this EntityTypeBuilder<T> entity, string table, Expression<Func<T, object?>> key)
        where T : class
    {
        entity.ToTable(table);
        entity.Property<Guid>(UnitId).HasValueGenerator<UnitIdGenerator>().ValueGeneratedOnAdd();
        string[] names = key.Body switch
        {
            NewExpression several => [.. several.Members!.Select(member => member.Name)],
            UnaryExpression { Operand: MemberExpression one } => [one.Member.Name],
            MemberExpression one => [one.Member.Name],
            _ => throw new ArgumentException("A key is a property or an anonymous object of properties.", nameof(key)),
        };
        entity.HasKey([UnitId, .. names]);
        return entity;
    }

    /// <summary>The service's role may insert and read, never change or remove: for what must stay as it was written.</summary>
    public static EntityTypeBuilder<T> InsertOnly<T>(this EntityTypeBuilder<T> entity)
        where T : class
    {
        entity.HasAnnotation(InsertOnlyAnnotation, true);
        return entity;
    }

    /// <summary>Names columns, keys and indexes as PostgreSQL does. Call last in <c>OnModelCreating</c>.</summary>
    public static void UseSnakeCase(this ModelBuilder model)
    {
        foreach (var entity in model.Model.GetEntityTypes().Where(entity => !entity.IsMappedToJson()))
        {
            var table = entity.GetTableName();
            if (table is null)
                continue;
            var at = StoreObjectIdentifier.Table(table, entity.GetSchema());
            foreach (var property in entity.GetProperties())
                property.SetColumnName(Snake(property.GetColumnName(at) ?? property.Name));
            foreach (var key in entity.GetKeys())
                key.SetName(Snake(key.GetName() ?? ""));
            foreach (var reference in entity.GetForeignKeys())
                reference.SetConstraintName(Snake(reference.GetConstraintName() ?? ""));
            foreach (var index in entity.GetIndexes())
                index.SetDatabaseName(Snake(index.GetDatabaseName() ?? ""));
        }
    }

    private static string Snake(string name)
    {
        var snake = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0 && name[i - 1] != '_' && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]))))
                snake.Append('_');
            snake.Append(char.ToLowerInvariant(name[i]));
        }
        return snake.ToString();
    }

    private sealed class UnitIdGenerator : ValueGenerator<Guid>
    {
        public override bool GeneratesTemporaryValues => false;

        // Every row of a scope has the same one. Without this a unit that is also part of a foreign key counts as yet to be known and is
        // left out of the insert.
        public override bool GeneratesStableValues => true;

        public override Guid Next(EntityEntry entry) => ((ITenantDb)entry.Context).Unit.UnitId;
    }
}
