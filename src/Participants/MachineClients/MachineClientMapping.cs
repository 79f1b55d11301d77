using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mentoring.Participants.MachineClients;

public sealed class MachineClientMapping : IEntityTypeConfiguration<MachineClient>
{
    internal const string UniqueName = "ux_machine_clients_name";

    public void Configure(EntityTypeBuilder<MachineClient> client)
    {
        client.ToTenantTable("machine_clients", c => c.Id);
        client.Property(c => c.Id).ValueGeneratedNever();
        client.Property(c => c.Roles).HasColumnType("text[]");
        client.Property(c => c.Version).IsConcurrencyToken();
        // Also how a token is found: a unit has a handful that have not ended.
        client.HasIndex(TenantTables.UnitId, nameof(MachineClient.Name)).IsUnique().HasFilter("ended_at is null").HasDatabaseName(UniqueName);
    }
}
