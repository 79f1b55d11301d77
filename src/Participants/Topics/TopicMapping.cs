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
        topic.Property(t => t.Focus);
        topic.Property(t => t.Description);
        topic.Property(t => t.Broader);
        topic.Property(t => t.Alternatives).HasColumnType("text[]");
        topic.Property(t => t.Source);
        topic.Property(t => t.Search).UseCollation("C");
        topic.HasIndex(TenantTables.UnitId, nameof(Topic.Search)).HasDatabaseName("ix_topics_search");
    }
}
