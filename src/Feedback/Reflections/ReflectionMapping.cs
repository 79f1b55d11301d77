using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Reflections;

internal static class ReflectionMapping
{
    public static void MapReflections(this ModelBuilder model) => model.Entity<Reflection>(reflection =>
    {
        reflection.ToTenantTable("reflections", r => r.Id);
        reflection.Property(r => r.Pulse).HasJson();
        reflection.HasIndex(TenantTables.UnitId, nameof(Reflection.AuthorId)).HasDatabaseName("ix_reflections_author");
    });
}
