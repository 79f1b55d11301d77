using Mentoring.Messaging;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mentoring.Notifications.Deliveries;

public sealed class DeliveryMapping : IEntityTypeConfiguration<Delivery>
{
    public void Configure(EntityTypeBuilder<Delivery> builder)
    {
        builder.ToTenantTable("deliveries", d => d.Id);
        builder.Property(d => d.State).HasConversion<string>();
        builder.HasOne(d => d.Item).WithMany().HasForeignKey(TenantTables.UnitId, nameof(Delivery.ItemId)).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(TenantTables.UnitId, nameof(Delivery.PersonId)).HasDatabaseName("ix_deliveries_person");
        builder.HasIndex(TenantTables.UnitId, nameof(Delivery.State), nameof(Delivery.Id)).HasDatabaseName("ix_deliveries_state");
    }
}

public sealed class DeliveryJobMapping : IEntityTypeConfiguration<DeliveryJob>
{
    public void Configure(EntityTypeBuilder<DeliveryJob> builder)
    {
        builder.ToTable("delivery_jobs", MessagingTables.Schema);
        builder.HasKey(j => j.DeliveryId);
        builder.HasIndex(j => j.DueAt).HasDatabaseName("ix_delivery_jobs_due_at");
    }
}
