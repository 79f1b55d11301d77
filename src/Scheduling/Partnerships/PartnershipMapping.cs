using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Scheduling.Partnerships;

internal static class PartnershipMapping
{
    public static void MapPartnerships(this ModelBuilder model)
    {
        model.Entity<Partnership>(pair =>
        {
            pair.ToTenantTable("partnerships", p => p.Id);
            pair.Property(p => p.Topics).HasJson();
            pair.Property(p => p.TopicsBack).HasJson();
            pair.Property(p => p.Charter).HasJson(StoredCharter.Read);
            pair.Property(p => p.Series).HasJson();
            pair.Property(p => p.Term).HasDefaultValue(1);
            pair.Property(p => p.Version).IsConcurrencyToken();
            pair.HasIndex(TenantTables.UnitId, nameof(Partnership.MentorId)).HasDatabaseName("ix_partnerships_mentor");
            pair.HasIndex(TenantTables.UnitId, nameof(Partnership.MenteeId)).HasDatabaseName("ix_partnerships_mentee");
            pair.HasIndex(TenantTables.UnitId, nameof(Partnership.ProgrammeId)).HasDatabaseName("ix_partnerships_programme");
        });
        model.Entity<EarlierCharter>(earlier =>
        {
            earlier.ToTenantTable("earlier_charters", e => new { e.PartnershipId, e.Version });
            earlier.Property(e => e.Charter).HasJson();
            earlier.HasOne<Partnership>().WithMany().HasForeignKey(TenantTables.UnitId, nameof(EarlierCharter.PartnershipId));
        });
        model.Entity<ContinuationAnswer>(answer =>
        {
            answer.ToTenantTable("continuation_answers", a => new { a.PartnershipId, a.PersonId });
            answer.HasOne<Partnership>().WithMany().HasForeignKey(TenantTables.UnitId, nameof(ContinuationAnswer.PartnershipId));
        });
        model.Entity<Preparation>(done => done.ToTenantTable("preparations", d => new { d.ProgrammeId, d.PersonId, d.Side }));
    }
}
