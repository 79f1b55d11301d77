using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mentoring.Participants.Audit;

internal sealed class AuditMapping : IEntityTypeConfiguration<AuditEntry>, IEntityTypeConfiguration<AuditAlias>
{
    public void Configure(EntityTypeBuilder<AuditEntry> entry)
    {
        entry.ToTenantTable("audit_entries", e => e.Sequence).InsertOnly();
        entry.Property(e => e.Sequence).ValueGeneratedNever();
        entry.HasIndex(TenantTables.UnitId, nameof(AuditEntry.ActionId)).IsUnique().HasDatabaseName("ux_audit_entries_action");
    }

    public void Configure(EntityTypeBuilder<AuditAlias> alias)
    {
        alias.ToTenantTable("audit_aliases", a => a.PersonId);
        alias.HasIndex(TenantTables.UnitId, nameof(AuditAlias.Alias)).IsUnique().HasDatabaseName("ux_audit_aliases_alias");
    }
}
