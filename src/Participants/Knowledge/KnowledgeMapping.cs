using Mentoring.Participants.People;
using Mentoring.Participants.Topics;
using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mentoring.Participants.Knowledge;

public sealed class KnowledgeMapping : IEntityTypeConfiguration<KnownTopic>, IEntityTypeConfiguration<Profile>
{
    public void Configure(EntityTypeBuilder<KnownTopic> known)
    {
        known.ToTenantTable("known_topics", k => new { k.PersonId, k.Kind, k.Topic });
        known.Property(k => k.PersonId).ValueGeneratedNever();
        known.Property(k => k.Topic).UseCollation("C");
        known.HasOne<Person>().WithMany().HasForeignKey(TenantTables.UnitId, nameof(KnownTopic.PersonId)).OnDelete(DeleteBehavior.Cascade);
        known.HasOne<Topic>().WithMany().HasForeignKey(TenantTables.UnitId, nameof(KnownTopic.Topic)).OnDelete(DeleteBehavior.Restrict);
        known.HasIndex(TenantTables.UnitId, nameof(KnownTopic.Topic), nameof(KnownTopic.Kind)).HasDatabaseName("ix_known_topics_topic");
    }

    public void Configure(EntityTypeBuilder<Profile> profile)
    {
        profile.ToTenantTable("profiles", p => p.PersonId);
        profile.Property(p => p.PersonId).ValueGeneratedNever();
        profile.Property(p => p.Interests).HasColumnType("text[]");
        profile.Property(p => p.WorkingStyle).HasColumnType("text[]").HasDefaultValueSql("'{}'");
        profile.Property(p => p.LivedExperience).HasColumnType("text[]").HasDefaultValueSql("'{}'");
        profile.Property(p => p.Channels).HasColumnType("text[]");
        profile.Property(p => p.Version).IsConcurrencyToken();
        profile.HasOne<Person>().WithMany().HasForeignKey(TenantTables.UnitId, nameof(Profile.PersonId)).OnDelete(DeleteBehavior.Cascade);
    }
}
