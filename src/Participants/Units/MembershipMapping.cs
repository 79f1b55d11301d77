using Mentoring.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mentoring.Participants.Units;

/// <summary>
/// In the schema without row security: the gateway asks for the memberships of a sign-on in all units. No personal data is here; names and
/// addresses are read from each unit's own people.
/// </summary>
public sealed class MembershipMapping : IEntityTypeConfiguration<Membership>
{
    public void Configure(EntityTypeBuilder<Membership> membership)
    {
        membership.ToTable("memberships", MessagingTables.Schema).HasKey(m => m.Id);
        membership.Property(m => m.Id).ValueGeneratedNever();
        membership.Property(m => m.UnitId);
        membership.Property(m => m.PersonId);
        membership.Property(m => m.HomeUnitId);
        membership.Property(m => m.Version).IsConcurrencyToken();
        membership.Property(m => m.Ended);
        membership.Property(m => m.GivenRoles).HasColumnType("text[]");
        membership.Ignore(m => m.Roles);
        membership.Ignore(m => m.IsGuest);
        membership.Ignore(m => m.HoldsARole);
        membership.HasIndex(m => new { m.UnitId, m.PersonId }).IsUnique().HasDatabaseName("ux_memberships_person");
        membership.HasOne<Unit>().WithMany().HasForeignKey(m => m.UnitId).OnDelete(DeleteBehavior.Restrict);
        membership.OwnsMany(m => m.SignOns, link =>
        {
            link.ToTable("sign_ons", MessagingTables.Schema);
            link.WithOwner().HasForeignKey("MembershipId");
            link.HasKey(l => new { l.Issuer, l.Subject, l.UnitId });
        });
        membership.OwnsMany(m => m.ProgrammeRoles, held =>
        {
            held.ToTable("programme_roles", MessagingTables.Schema);
            held.WithOwner().HasForeignKey("MembershipId");
            held.HasKey("MembershipId", nameof(RoleInProgramme.ProgrammeId), nameof(RoleInProgramme.Role));
            held.HasIndex(h => h.ProgrammeId).HasDatabaseName("ix_programme_roles_programme_id");
        });
        membership.Navigation(m => m.SignOns).HasField("_signOns").UsePropertyAccessMode(PropertyAccessMode.Field);
        membership.Navigation(m => m.ProgrammeRoles).HasField("_programmeRoles").UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}
