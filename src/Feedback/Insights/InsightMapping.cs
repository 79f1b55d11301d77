using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Insights;

internal static class InsightMapping
{
    public static void MapInsights(this ModelBuilder model)
    {
        model.Entity<Insight>(insight =>
        {
            insight.ToTenantTable("insights", i => i.Id);
            insight.Property(i => i.Version).IsConcurrencyToken();
            insight.Property(i => i.Answer).HasConversion<string>();
            insight.Property(i => i.Effect).HasConversion<string>();
            insight.Ignore(i => i.IsShown);
            insight.Ignore(i => i.InTime);
            insight.HasIndex(TenantTables.UnitId, nameof(Insight.ProgrammeId)).HasDatabaseName("ix_insights_programme");
            insight.HasIndex(TenantTables.UnitId, nameof(Insight.OwnerId)).HasDatabaseName("ix_insights_owner");
            insight.HasIndex(TenantTables.UnitId, nameof(Insight.CodeHash)).IsUnique().HasDatabaseName("ux_insights_code");
        });
        model.Entity<AnonymousRaiser>(raiser => raiser.ToTenantTable("anonymous_raisers", r => new { r.ProgrammeId, r.Pseudonym }));
    }
}
