using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Feedback.Programmes;

internal static class ProgrammeMapping
{
    public static void MapProgrammes(this ModelBuilder model)
    {
        model.Entity<KnownProgramme>(programme =>
        {
            programme.ToTenantTable("programmes", p => p.Id);
            programme.HasIndex(TenantTables.UnitId, nameof(KnownProgramme.Slug)).HasDatabaseName("ix_programmes_slug");
            programme.Property(p => p.Measures).HasJson();
            programme.Property(p => p.Gates).HasJson();
        });
        model.Entity<ProgrammeKey>(key => key.ToTenantTable("programme_keys", k => k.ProgrammeId));
        model.Entity<Participant>(participant =>
        {
            participant.ToTenantTable("participants", p => p.Id);
            participant.Property(p => p.Side).HasConversion<string>();
            participant.HasIndex(TenantTables.UnitId, nameof(Participant.PersonId), nameof(Participant.ProgrammeId)).HasDatabaseName("ix_participants_person");
        });
    }
}
