using Mentoring.Scheduling.Partnerships;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Momentum;

internal static class MomentumMapping
{
    public static void MapMomentum(this ModelBuilder model)
    {
        model.Entity<PairMomentum>(momentum =>
        {
            momentum.ToTenantTable("momentum", m => m.PartnershipId);
            momentum.Property(m => m.Reasons).HasJson();
            momentum.Property(m => m.Version).IsConcurrencyToken();
            momentum.HasOne<Partnership>().WithOne().HasForeignKey<PairMomentum>(TenantTables.UnitId, nameof(PairMomentum.PartnershipId));
        });
        model.Entity<MomentumTransition>(transition =>
        {
            transition.ToTenantTable("momentum_transitions", t => new { t.PartnershipId, t.Version });
            transition.Property(t => t.Reasons).HasJson();
            transition.HasOne<Partnership>().WithMany().HasForeignKey(TenantTables.UnitId, nameof(MomentumTransition.PartnershipId));
        });
    }
}
