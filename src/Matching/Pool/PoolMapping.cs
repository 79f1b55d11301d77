using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Matching.Pool;

internal static class PoolMapping
{
    public static void MapPool(this ModelBuilder model)
    {
        model.Entity<KnownProgramme>(programme =>
        {
            programme.ToTenantTable("programmes", p => p.Id);
            programme.Property(p => p.Settings).HasJson();
            programme.HasIndex(TenantTables.UnitId, nameof(KnownProgramme.Slug)).IsUnique().HasDatabaseName("ux_programmes_slug");
        });
        model.Entity<Person>(person => person.ToTenantTable("people", p => p.Id));
        model.Entity<ReportingLine>(line => line.ToTenantTable("reporting_lines", l => l.PersonId));
        model.Entity<Participant>(participant =>
        {
            participant.ToTenantTable("participants", p => p.Id);
            participant.Property(p => p.Side).HasConversion<string>();
            participant.Property(p => p.Snapshot).HasJson();
            participant.HasIndex(TenantTables.UnitId, nameof(Participant.ProgrammeId)).HasDatabaseName("ix_participants_programme");
            participant.HasIndex(TenantTables.UnitId, nameof(Participant.PersonId)).HasDatabaseName("ix_participants_person");
        });
    }
}
