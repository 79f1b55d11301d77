using Mentoring.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mentoring.Participants.Topics;

public sealed class TopicMapping : IEntityTypeConfiguration<Topic>
{
    public void Configure(EntityTypeBuilder<Topic> topic)
    {
        topic.ToTenantTable("topics", t => t.Slug);
        topic.Property(t => t.Slug).UseCollation("C");
        topic.Property(t => t.Label);
        topic.Property(t => t.Labels).AsJson().HasDefaultValueSql("'{}'");
        topic.Property(t => t.Focus);
        topic.Property(t => t.Description);
        topic.Property(t => t.Broader).UseCollation("C");
        topic.Property(t => t.Alternatives).HasColumnType("text[]");
        topic.Property(t => t.Source);
        topic.Property(t => t.MergedInto).UseCollation("C");
        // No index on the words: row security lets only leak-proof operators near one, and a unit's topics are soon read through.
        topic.Property(t => t.Search).UseCollation("C");
        topic.HasIndex(TenantTables.UnitId, nameof(Topic.Broader)).HasDatabaseName("ix_topics_broader");
        topic.HasIndex(TenantTables.UnitId, nameof(Topic.MergedInto)).HasDatabaseName("ix_topics_merged_into");
    }
}
