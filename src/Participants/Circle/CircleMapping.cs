using Mentoring.Participants.People;
using Mentoring.Participants.Programmes;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mentoring.Participants.Circle;

internal sealed class CircleMapping
    : IEntityTypeConfiguration<CircleMember>, IEntityTypeConfiguration<Alumnus>, IEntityTypeConfiguration<CircleMeeting>, IEntityTypeConfiguration<Accompaniment>
{
    public const string AskedBefore = "ux_accompaniments_open";

    public void Configure(EntityTypeBuilder<CircleMember> member)
    {
        member.ToTenantTable("circle_members", m => new { m.ProgrammeId, m.PersonId });
        Belong(member, nameof(CircleMember.ProgrammeId), nameof(CircleMember.PersonId));
    }

    public void Configure(EntityTypeBuilder<Alumnus> alumnus)
    {
        alumnus.ToTenantTable("alumni", a => new { a.ProgrammeId, a.PersonId });
        Belong(alumnus, nameof(Alumnus.ProgrammeId), nameof(Alumnus.PersonId));
    }

    public void Configure(EntityTypeBuilder<CircleMeeting> meeting)
    {
        meeting.ToTenantTable("circle_meetings", m => m.Id);
        meeting.Property(m => m.Version).IsConcurrencyToken();
        meeting.Property(m => m.Agenda).HasColumnType("text[]");
        meeting.Ignore(m => m.EndsAt);
        meeting.HasOne<Programme>().WithMany().HasForeignKey(TenantTables.UnitId, nameof(CircleMeeting.ProgrammeId)).OnDelete(DeleteBehavior.Cascade);
        meeting.HasIndex(TenantTables.UnitId, nameof(CircleMeeting.ProgrammeId), nameof(CircleMeeting.StartsAt)).HasDatabaseName("ix_circle_meetings_start");
    }

    public void Configure(EntityTypeBuilder<Accompaniment> accompaniment)
    {
        accompaniment.ToTenantTable("accompaniments", a => a.Id);
        accompaniment.Property(a => a.Version).IsConcurrencyToken();
        accompaniment.Property(a => a.State).HasConversion(new KebabConverter<AccompanimentState>());
        Belong(accompaniment, nameof(Accompaniment.ProgrammeId), nameof(Accompaniment.MentorId));
        accompaniment.HasIndex(TenantTables.UnitId, nameof(Accompaniment.ProgrammeId), nameof(Accompaniment.MentorId))
            .IsUnique().HasFilter("state <> 'ended'").HasDatabaseName(AskedBefore);
    }

    private static void Belong<T>(EntityTypeBuilder<T> entity, string programmeId, string personId)
        where T : class
    {
        entity.HasOne<Programme>().WithMany().HasForeignKey(TenantTables.UnitId, programmeId).OnDelete(DeleteBehavior.Cascade);
        entity.HasOne<Person>().WithMany().HasForeignKey(TenantTables.UnitId, personId).OnDelete(DeleteBehavior.Cascade);
    }
}
