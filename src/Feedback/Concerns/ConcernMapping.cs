using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Concerns;

internal static class ConcernMapping
{
    public static void MapConcerns(this ModelBuilder model) => model.Entity<Concern>(concern =>
    {
        concern.ToTenantTable("concerns", c => c.Id);
        concern.HasIndex(TenantTables.UnitId, nameof(Concern.CodeHash)).IsUnique().HasDatabaseName("ux_concerns_code");
    });
}
