using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mentoring.Participants.People;

public sealed class PersonMapping : IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<Person> person)
    {
        person.ToTenantTable("people", p => p.Id);
        person.Property(p => p.Id).ValueGeneratedNever();
        person.Ignore(p => p.Name);
        person.Property(p => p.Languages).HasColumnType("text[]");
        person.Property(p => p.Chain).HasColumnType("uuid[]");
        person.Property(p => p.FamilyFirst).UseCollation("C");
        person.Property(p => p.GivenFirst).UseCollation("C");
        person.Property(p => p.Email).UseCollation("C");
        person.Property(p => p.Version).IsConcurrencyToken();
        // No foreign key: see the decisions. Whoever writes lines holds the ReportingLineLock.
        person.HasIndex(TenantTables.UnitId, nameof(Person.ManagerId)).HasDatabaseName("ix_people_manager_id");

        // Whoever has left keeps their key and address, so that a rehire under the same ones is possible.
        person.HasIndex(TenantTables.UnitId, nameof(Person.ExternalId)).IsUnique().HasFilter("not gone").HasDatabaseName("ux_people_external_id");
        person.HasIndex(TenantTables.UnitId, nameof(Person.Email)).IsUnique().HasFilter("not gone").HasDatabaseName("ux_people_email");
        person.HasIndex(TenantTables.UnitId, nameof(Person.FamilyFirst), nameof(Person.Id)).HasDatabaseName("ix_people_family_first");
        person.HasIndex(TenantTables.UnitId, nameof(Person.GivenFirst)).HasDatabaseName("ix_people_given_first");
    }
}
