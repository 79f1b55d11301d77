using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mentoring.Participants.Enrolment;

internal sealed class ParticipantMapping : IEntityTypeConfiguration<Participant>
{
    public const string AlreadyEnrolled = "ux_participants_once";

    public void Configure(EntityTypeBuilder<Participant> participant)
    {
        participant.ToTenantTable("participants", p => p.Id);
        participant.Property<uint>("xmin").IsRowVersion();
        participant.Property(p => p.State).HasConversion(new KebabConverter<ParticipantState>());
        participant.Property(p => p.Sharing).AsJson();
        participant.Property(p => p.Snapshot).AsJson();
        participant.Property(p => p.Proofs).AsJson();
        participant.HasOne<Programmes.Programme>().WithMany().HasForeignKey(TenantTables.UnitId, nameof(Participant.ProgrammeId)).OnDelete(DeleteBehavior.Restrict);
        participant.HasIndex(TenantTables.UnitId, nameof(Participant.ProgrammeId), nameof(Participant.PersonId), nameof(Participant.Side))
            .IsUnique().HasFilter("state <> 'withdrawn'").HasDatabaseName(AlreadyEnrolled);
        participant.HasIndex(TenantTables.UnitId, nameof(Participant.PersonId));
    }
}

internal sealed class ConsentMapping : IEntityTypeConfiguration<Consent>
{
    public void Configure(EntityTypeBuilder<Consent> consent)
    {
        consent.ToTenantTable("consents", c => c.Id);
        consent.Property(c => c.Snapshot).AsJson();
        consent.Property(c => c.ShownTo).AsJson();
        consent.HasIndex(TenantTables.UnitId, nameof(Consent.PersonId));
    }
}
