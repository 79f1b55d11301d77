using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mentoring.Participants.Units;

/// <summary>In the schema without row security: a unit is found before anybody is in it.</summary>
public sealed class UnitMapping : IEntityTypeConfiguration<Unit>
{
    public void Configure(EntityTypeBuilder<Unit> unit)
    {
        unit.ToTable("units", MessagingTables.Schema).HasKey(u => u.Id);
        unit.Property(u => u.Id).ValueGeneratedNever();
        unit.Property(u => u.Slug);
        unit.Property(u => u.Name);
        unit.Property(u => u.TimeZone);
        unit.Property(u => u.CreatedAt);
        unit.HasIndex(u => u.Slug).IsUnique().HasDatabaseName("ux_units_slug");
        unit.OwnsMany(u => u.TrustedDomains, domain =>
        {
            domain.ToTable("trusted_domains", MessagingTables.Schema);
            domain.WithOwner().HasForeignKey("UnitId");
            domain.HasKey("UnitId", nameof(TrustedDomain.Issuer), nameof(TrustedDomain.Domain));
            domain.HasIndex(d => new { d.Issuer, d.Domain }).HasDatabaseName("ix_trusted_domains_issuer_domain");
        });
        unit.Navigation(u => u.TrustedDomains).HasField("_trustedDomains").UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}
