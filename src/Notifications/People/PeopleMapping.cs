using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mentoring.Notifications.People;

public sealed class PersonMapping : IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<Person> builder) => builder.ToTenantTable("people", p => p.Id);
}

public sealed class MemberMapping : IEntityTypeConfiguration<Member>
{
    public void Configure(EntityTypeBuilder<Member> builder) => builder.ToTenantTable("members", m => m.PersonId);
}

public sealed class ProgrammeRoleHeldMapping : IEntityTypeConfiguration<ProgrammeRoleHeld>
{
    public void Configure(EntityTypeBuilder<ProgrammeRoleHeld> builder)
    {
        builder.ToTenantTable("programme_roles", r => new { r.ProgrammeId, r.Role, r.PersonId });
        builder.HasIndex(TenantTables.UnitId, nameof(ProgrammeRoleHeld.PersonId)).HasDatabaseName("ix_programme_roles_person");
    }
}
