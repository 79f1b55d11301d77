using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mentoring.Participants.Imports;

/// <summary>
/// What a unit's own files call the columns of one kind of import, so that an export need not be edited by hand each time. It never lets a
/// protected column in: such a name is refused here as it is in a file.
/// </summary>
public sealed class HeaderMapping
{
    private HeaderMapping()
    {
    }

    public ImportKind Kind { get; private init; }

    public IReadOnlyList<MappedColumn> Columns { get; private set; } = [];

    /// <summary>0 as long as nothing was ever kept.</summary>
    public long Version { get; private set; }

    public static HeaderMapping Empty(ImportKind kind) => new() { Kind = kind };

    public void Replace(IReadOnlyList<MappedColumn> columns)
    {
        Columns = columns;
        Version++;
    }
}

/// <param name="Source">The name in the unit's files. Upper and lower case, blanks, hyphens and underscores make no difference.</param>
/// <param name="Column">Ours; null for a column that is left out unread.</param>
public sealed record MappedColumn(string Source, string? Column);

public sealed class HeaderMappingMapping : IEntityTypeConfiguration<HeaderMapping>
{
    public void Configure(EntityTypeBuilder<HeaderMapping> mapping)
    {
        mapping.ToTenantTable("header_mappings", m => m.Kind);
        mapping.Property(m => m.Columns).AsJson();
        mapping.Property(m => m.Version).IsConcurrencyToken();
    }
}
