using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mentoring.Participants.Guests;

internal sealed class GuestMapping : IEntityTypeConfiguration<GuestOffer>, IEntityTypeConfiguration<HostedGuest>
{
    public const string OfferedBefore = "ux_guest_offers_open";

    public void Configure(EntityTypeBuilder<GuestOffer> offer)
    {
        offer.ToTenantTable("guest_offers", o => o.Id);
        offer.Property(o => o.Version).IsConcurrencyToken();
        offer.Property(o => o.State).HasConversion(new KebabConverter<GuestState>());
        offer.Property(o => o.Shared).AsJson();
        offer.HasIndex(TenantTables.UnitId, nameof(GuestOffer.PersonId), nameof(GuestOffer.HostUnitId))
            .IsUnique().HasFilter("state <> 'ended'").HasDatabaseName(OfferedBefore);
    }

    public void Configure(EntityTypeBuilder<HostedGuest> guest)
    {
        guest.ToTenantTable("hosted_guests", g => g.Id);
        guest.Property(g => g.Version).IsConcurrencyToken();
        guest.Property(g => g.State).HasConversion(new KebabConverter<GuestState>());
        guest.Property(g => g.Offer).AsJson();
    }
}
