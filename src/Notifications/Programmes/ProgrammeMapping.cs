using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mentoring.Notifications.Programmes;

public sealed class ProgrammeMapping : IEntityTypeConfiguration<Programme>
{
    public void Configure(EntityTypeBuilder<Programme> builder) => builder.ToTenantTable("programmes", p => p.Id);
}

public sealed class ParticipantMapping : IEntityTypeConfiguration<Participant>
{
    public void Configure(EntityTypeBuilder<Participant> builder)
    {
        builder.ToTenantTable("participants", p => p.Id);
        builder.HasIndex(TenantTables.UnitId, nameof(Participant.ProgrammeId), nameof(Participant.PersonId)).HasDatabaseName("ix_participants_programme");
        builder.HasIndex(TenantTables.UnitId, nameof(Participant.PersonId)).HasDatabaseName("ix_participants_person");
    }
}
