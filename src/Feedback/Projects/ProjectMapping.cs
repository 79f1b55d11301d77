using Mentoring.Feedback.Pairs;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Projects;

internal static class ProjectMapping
{
    public static void MapProjects(this ModelBuilder model) => model.Entity<Project>(project =>
    {
        project.ToTenantTable("projects", p => p.Id);
        project.Property(p => p.Version).IsConcurrencyToken();
        project.Property(p => p.SaidBy).HasConversion<string>();
        project.Ignore(p => p.State);
        // Whoever is erased takes the pair along, and the pair its projects: also one that is being named at that moment.
        project.HasOne<Pair>().WithMany().HasForeignKey(TenantTables.UnitId, nameof(Project.PairId)).OnDelete(DeleteBehavior.Cascade);
        project.HasIndex(TenantTables.UnitId, nameof(Project.PairId)).IsUnique().HasFilter("delivered_on is null").HasDatabaseName("ux_projects_open");
        project.HasIndex(TenantTables.UnitId, nameof(Project.ProgrammeId)).HasDatabaseName("ix_projects_programme");
    });
}
