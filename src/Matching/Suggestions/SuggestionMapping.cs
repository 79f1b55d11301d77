using Mentoring.Matching.Pool;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Suggestions;

internal static class SuggestionMapping
{
    public static void MapSuggestions(this ModelBuilder model) => model.Entity<Wish>(wish =>
    {
        wish.ToTenantTable("wishes", w => new { w.ProgrammeId, w.Side, w.PersonId, w.Rank });
        wish.Property(w => w.Side).HasConversion<string>();
        wish.HasIndex(TenantTables.UnitId, nameof(Wish.PersonId)).HasDatabaseName("ix_wishes_person");
        wish.HasIndex(TenantTables.UnitId, nameof(Wish.OtherId)).HasDatabaseName("ix_wishes_other");
        wish.HasOne<KnownProgramme>().WithMany().HasForeignKey(TenantTables.UnitId, nameof(Wish.ProgrammeId));
    });
}
