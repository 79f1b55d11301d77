using Mentoring.Messaging;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mentoring.Participants.Imports;

public sealed class ImportMapping :
    IEntityTypeConfiguration<Import>,
    IEntityTypeConfiguration<ImportChunk>,
    IEntityTypeConfiguration<ImportError>,
    IEntityTypeConfiguration<WaitingImport>
{
    public void Configure(EntityTypeBuilder<Import> import)
    {
        import.ToTenantTable("imports", i => i.Id);
        import.Property(i => i.Id).ValueGeneratedNever();
        import.Property(i => i.Columns).HasColumnType("text[]");
    }

    public void Configure(EntityTypeBuilder<ImportChunk> chunk)
    {
        chunk.ToTenantTable("import_chunks", c => new { c.ImportId, c.Number });
        // No reference to the import: the pieces are stored before it, as its size is known after them; one transaction holds both.
    }

    public void Configure(EntityTypeBuilder<ImportError> error)
    {
        error.ToTenantTable("import_errors", e => new { e.ImportId, e.Number });
        error.HasOne<Import>().WithMany().HasForeignKey(TenantTables.UnitId, nameof(ImportError.ImportId)).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<WaitingImport> waiting)
    {
        waiting.ToTable("waiting_imports", MessagingTables.Schema).HasKey(w => w.ImportId);
        waiting.Property(w => w.ImportId).ValueGeneratedNever();
        waiting.HasIndex(w => w.QueuedAt).HasDatabaseName("ix_waiting_imports_queued_at");
    }
}
