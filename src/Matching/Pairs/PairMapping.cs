using Mentoring.Matching.Pool;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Pairs;

internal static class PairMapping
{
    public static void MapPairs(this ModelBuilder model) => model.Entity<Pair>(pair =>
    {
        pair.ToTenantTable("pairs", p => p.Id);
        pair.Property(p => p.Topics).HasJson();
        pair.Property(p => p.TopicsBack).HasJson();
        pair.Property(p => p.Version).IsConcurrencyToken();
        pair.HasIndex(TenantTables.UnitId, nameof(Pair.ProgrammeId), nameof(Pair.MentorId), nameof(Pair.MenteeId))
            .IsUnique().HasFilter("ended_at is null").HasDatabaseName("ux_pairs_two_people");
        pair.HasIndex(TenantTables.UnitId, nameof(Pair.MentorId)).HasDatabaseName("ix_pairs_mentor");
        pair.HasIndex(TenantTables.UnitId, nameof(Pair.MenteeId)).HasDatabaseName("ix_pairs_mentee");
        pair.HasOne<KnownProgramme>().WithMany().HasForeignKey(TenantTables.UnitId, nameof(Pair.ProgrammeId));
    });
}
