using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mentoring.Notifications.Inbox;

public sealed class InboxItemMapping : IEntityTypeConfiguration<InboxItem>
{
    public void Configure(EntityTypeBuilder<InboxItem> builder)
    {
        builder.ToTenantTable("inbox_items", i => i.Id);
        builder.Property(i => i.Notice).HasColumnType("jsonb");
        builder.HasIndex(TenantTables.UnitId, nameof(InboxItem.PersonId), nameof(InboxItem.Number)).IsUnique().HasDatabaseName("ux_inbox_items_number");
        builder.HasIndex(TenantTables.UnitId, nameof(InboxItem.PersonId), nameof(InboxItem.Kind), nameof(InboxItem.AboutId), nameof(InboxItem.Version))
            .IsUnique().HasDatabaseName("ux_inbox_items_told_once");
    }
}

public sealed class InboxCounterMapping : IEntityTypeConfiguration<InboxCounter>
{
    public void Configure(EntityTypeBuilder<InboxCounter> builder) => builder.ToTenantTable("inbox_counters", c => c.PersonId);
}
